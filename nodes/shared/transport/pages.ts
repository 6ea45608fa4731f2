import type { IDataObject } from 'n8n-workflow';

/** A v2 page token or a v1 offset. */
export type Position = string | number;

/** What a list answer may carry beside its records. */
const BESIDES = new Set(['next_page_token', 'count', 'next', 'previous', 'page_size', 'total', 'sync_token']);

/**
 * Finds the records in a list answer.
 *
 * @param name the list's name; without it the answer's only array is taken
 * @returns the records, or in words why there are none to be found
 */
export function findRecords(body: unknown, name?: string): IDataObject[] | string {
	if (body === null) return [];
	if (Array.isArray(body)) return body.map(asRecord);
	if (typeof body !== 'object') return 'Keap answered with a single value where a list was expected';
	const entries = Object.entries(body);
	if (name !== undefined) {
		const list = entries.find(([key]) => key === name)?.[1] ?? [];
		return Array.isArray(list) ? list.map(asRecord) : `"${name}" in Keap's answer is not a list`;
	}
	const lists = entries.filter(([, value]) => Array.isArray(value));
	const [only] = lists;
	if (lists.length === 1 && only && Array.isArray(only[1])) return only[1].map(asRecord);
	if (lists.length > 1) {
		return `Keap's answer has more than one list (${lists.map(([key]) => key).join(', ')}): name the one that is wanted`;
	}
	const others = entries.filter(([key, value]) => !BESIDES.has(key) && value !== null).map(([key]) => key);
	return others.length === 0 ? [] : `Keap's answer has no list in it, only: ${others.slice(0, 10).join(', ')}`;
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
		const token = 'next_page_token' in body ? body.next_page_token : undefined;
		return typeof token === 'number' || (typeof token === 'string' && token !== '') ? token : undefined;
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

function asRecord(value: unknown): IDataObject {
	// JSON has nothing that IDataObject has not: an object of JSON is one.
	if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as IDataObject;
	return { value: value as IDataObject[string] };
}
