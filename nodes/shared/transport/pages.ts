export { findRecords } from './message/records';

/** A v2 page token or a v1 offset. */
export type Position = string | number;

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
