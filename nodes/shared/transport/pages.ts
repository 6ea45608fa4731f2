import type { IDataObject } from 'n8n-workflow';

/** A v2 page token or a v1 offset. */
export type Position = string | number;

/**
 * Finds the records in a list answer. What has no list in it is not an empty one.
 *
 * @param name the list's name; without it the answer's only array is taken, or the answer itself where it is one
 * @returns the records, or in words why there are none to be found
 */
export function findRecords(body: unknown, name?: string): IDataObject[] | string {
	if (Array.isArray(body)) {
		return name === undefined ? recordsIn(body, 'a list') : `Keap's answer is a list by itself where a list called "${name}" was due`;
	}
	if (typeof body !== 'object' || body === null) return 'Keap answered without a list where one was due';
	const entries = Object.entries(body);
	const named = entries.find(([key]) => key === name)?.[1] as unknown;
	if (Array.isArray(named)) return recordsIn(named, `"${name}"`);
	if (named !== undefined) return `"${name}" in Keap's answer is not a list`;
	const lists = entries.filter(([, value]) => Array.isArray(value));
	const [only] = lists;
	if (name === undefined && lists.length === 1 && only) return recordsIn(only[1] as unknown[], `"${only[0]}"`);
	if (name === undefined && lists.length > 1) {
		return `Keap's answer has more than one list (${lists.map(([key]) => key).join(', ')}): name the one that is wanted`;
	}
	const others = entries.map(([key]) => key);
	return `Keap's answer has no list ${name === undefined ? '' : `"${name}" `}in it${others.length === 0 ? '' : `, only: ${others.slice(0, 10).join(', ')}`}`;
}

function recordsIn(list: readonly unknown[], shown: string): IDataObject[] | string {
	return list.includes(null) ? `Keap's answer has an empty place (null) in ${shown}` : list.map(asRecord);
}

/**
 * Where the next page begins.
 *
 * @param read where this page began, how many records it had and how many were asked for
 * @returns `undefined` after the last page; for v1 an offset that does not advance comes back as it is
 */
export function nextPage(
	version: 'v1' | 'v2',
	body: unknown,
	read: { position?: Position; got: number; asked: number },
): Position | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	if (version === 'v2') {
		return 'next_page_token' in body ? tokenOf(body.next_page_token) : undefined;
	}
	const { got, asked } = read;
	const offset = Number(read.position ?? 0);
	const count = 'count' in body && typeof body.count === 'number' ? body.count : undefined;
	const next = 'next' in body && typeof body.next === 'string' ? body.next : '';
	// v1 names a next page even after the last one.
	if (got === 0) return undefined;
	const allCounted = count !== undefined && offset + got >= count;
	if (next === '') return count === undefined || allCounted ? undefined : offset + got;
	if (got < asked && allCounted) return undefined;
	const named = /[?&]offset=(\d+)/.exec(next)?.[1];
	if (named === undefined) return offset + got;
	return Math.max(Number(named), offset);
}

/**
 * A page token as it has to be sent. Some lists (tags, the contacts of a tag) give the next page's whole address in its place:
 * the token is taken out of it, and the address is never called.
 *
 * @returns `undefined` on the last page
 */
export function tokenOf(given: unknown): Position | undefined {
	if (typeof given === 'number') return given;
	if (typeof given !== 'string' || given === '') return undefined;
	if (!/^(https?:\/\/|[/?])/i.test(given)) return given;
	const query = given.slice(given.indexOf('?') + 1).replace(/#.*$/s, '');
	return given.includes('?') ? (new URLSearchParams(query).get('page_token') ?? given) : given;
}

function asRecord(value: unknown): IDataObject {
	// JSON has nothing that IDataObject has not: an object of JSON is one.
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as IDataObject;
	return { value: value as IDataObject[string] };
}
