import { printable } from '../runtime/printable';
import { namesNextPage, totalOf } from './message/nextPage';

export { recordsOf } from './message/records';

/** A v2 page token or a v1 offset. */
export type Position = string | number;

/**
 * Where the next page begins.
 *
 * @returns `undefined` after the last page; for v1 an offset that does not advance comes back as it is
 * @throws UnknownPosition when there is a next page in a form or under a name that is not known, or when Keap counts more records
 */
export function nextPage(version: 'v1' | 'v2', body: unknown, read: PageRead): Position | undefined {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return undefined;
	if (version === 'v2') return tokenIn(body, TOKEN, read.before === undefined ? undefined : read.before + read.got);
	const next = nextOffset(body, read);
	if (next === undefined) checkEnd(body, 'next' in body && typeof body.next === 'string' ? ['next'] : []);
	return next;
}

/** One page of a list. */
export interface PageRead {
	/** Where it began. */
	readonly position?: Position;
	/** How many records the pages before it had, where that is known. */
	readonly before?: number;
	/** How many records it had, and how many were asked for. */
	readonly got: number;
	readonly asked: number;
}

/** The name that all lists of version 2 have for where they go on. */
const TOKEN = ['next_page_token'] as const;

/**
 * The token of the next page, out of the answer that has the page before it.
 *
 * @param names the fields it may stand in, the first that is filled
 * @param read how many records were read with this page, where that is known
 * @returns `undefined` after the last page
 * @throws UnknownPosition as `nextPage` does
 */
export function tokenIn(body: object, names: readonly string[] = TOKEN, read?: number): Position | undefined {
	const fields = body as Readonly<Record<string, unknown>>;
	const token = names.map((name) => tokenOf(fields[name])).find((one) => one !== undefined);
	if (token === undefined) checkEnd(body, names, read);
	return token;
}

/** What says that it is the last page must not say anything else as well. @throws UnknownPosition */
function checkEnd(body: object, names: readonly string[], read?: number): void {
	const other = namesNextPage(body, names);
	if (other !== undefined)
		throw new UnknownPosition(`Keap names the next page in a field that is not known for it (${printable(other).slice(0, 60)})`);
	const total = totalOf(body);
	if (read !== undefined && total !== undefined && total > read)
		throw new UnknownPosition(`Keap counts ${total} records, gave ${read} of them, and names no next page`);
}

function nextOffset(body: object, read: PageRead): number | undefined {
	const { got, asked } = read;
	const offset = Number(read.position ?? 0);
	const count = countOf(body);
	const next = 'next' in body && typeof body.next === 'string' ? body.next : '';
	// A part of the list in which there is nothing to be seen is not its end while Keap counts records behind it.
	if (got === 0) return count !== undefined && offset + asked < count ? offset + asked : undefined;
	const allCounted = count !== undefined && offset + got >= count;
	// Without a next page and without a count, a page that is full may not be the last.
	if (next === '') return allCounted || (count === undefined && got < asked) ? undefined : offset + got;
	// v1 names a next page even after the last one.
	if (got < asked && allCounted) return undefined;
	const named = /[?&]offset=(\d+)/.exec(next)?.[1];
	// One that lies further on would leave records out.
	if (named === undefined || Number(named) > offset + asked) return offset + got;
	return Math.max(Number(named), offset);
}

/** How many records a list of version 1 has, as it says itself. */
export function countOf(body: unknown): number | undefined {
	const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : undefined;
	if (typeof count === 'string' && /^\d+$/.test(count)) return Number(count);
	return typeof count === 'number' ? count : undefined;
}

/** A next page that is there, and that can't be asked for. */
export class UnknownPosition extends Error {
	constructor(what = 'Keap names the next page in a form that is not known') {
		super(what);
	}
}

/**
 * A page token as it has to be sent. Some lists (tags, the contacts of a tag) give the next page's whole address in its place:
 * the token is taken out of it, and the address is never called.
 *
 * @returns `undefined` on the last page
 * @throws UnknownPosition for what is neither a token nor none
 */
export function tokenOf(given: unknown): Position | undefined {
	if (typeof given === 'number') return given;
	if (given === undefined || given === null || given === false || given === '') return undefined;
	if (typeof given !== 'string') throw new UnknownPosition();
	if (!/^(https?:\/\/|[/?])/i.test(given)) return given;
	const query = given.slice(given.indexOf('?') + 1).replace(/#.*$/s, '');
	return given.includes('?') ? (new URLSearchParams(query).get('page_token') ?? given) : given;
}
