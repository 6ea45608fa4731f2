import { type IDataObject, NodeApiError, NodeOperationError } from 'n8n-workflow';
import { mayBeOneRecord, ofWholeAnswer, unreadableRecord } from './errors/rowFailure';
import { nextPage, type Position, recordsOf, UnknownPosition } from './pages';
import { PageSize } from './pageSize';
import { keapRequest } from './request';
import { Shrinking } from './shrinking';
import type { KeapContext, KeapRequest, PageOptions } from './message/types';

const PAGE_SIZE = 1_000;

/**
 * Reads a list page by page, v2 (`page_token`) and v1 (`offset`). A page smaller than asked for is normal, and so is an
 * empty one with a token; a list answer that is a bare array is the only page.
 *
 * @returns pages with at least one record, `options.limit` records at most in all
 * @throws NodeOperationError when the answers can't be read to the end: no list in them, or a position that comes again.
 * NodeApiError when a record makes each page fail that it is on, with its place, and when one comes that was not asked for (`options.isAsked`).
 * Everything that `keapRequest` throws
 */
export async function* keapPages(context: KeapContext, request: KeapRequest, options: PageOptions = {}): AsyncGenerator<IDataObject[]> {
	const { limit = Infinity, pageSize = PAGE_SIZE } = options;
	const version = options.version ?? (/^\/crm\/rest\/v1\//.test(request.path) ? 'v1' : 'v2');
	const unreadable = (what: string) =>
		new NodeOperationError(context.getNode(), what, {
			description: `The list was read in part only and is not passed on. Keap was asked for ${request.method} ${request.path}.`,
			itemIndex: request.item,
		});
	const seen = new Set<Position>(version === 'v1' ? [0] : []);
	let position: Position | undefined;
	const sizes = new PageSize(pageSize);
	const read: Read = { count: 0 };
	const shrinking = version === 'v1' ? new Shrinking() : undefined;
	let left = limit;
	while (left > 0) {
		const size = sizes.next(left);
		const paging = version === 'v1' ? { limit: size, offset: position ?? 0 } : { page_size: size, page_token: position };
		const asking = keapRequest(context, { ...request, expects: { list: options.records }, query: { ...request.query, ...paging } });
		const answer = await asking.catch((error: unknown) => {
			// Who looks records up by their ids splits them himself, and learns which one it is.
			if (!mayBeOneRecord(error) || request.method !== 'GET' || options.isAsked !== undefined) throw error;
			if (!sizes.failed(size)) throw atBadRow(context, request, read, error);
		});
		if (answer === undefined) continue;
		const { body } = answer;
		const found = recordsOf(body, options.records);
		if (typeof found === 'string') throw unreadable(found);
		if (options.isAsked !== undefined && !found.every(options.isAsked)) throw filterIgnored(context, request);
		const back = shrinking?.goesBackTo(body, Number(position ?? 0));
		if (back !== undefined) {
			position = back;
			// What lies behind it is read once more.
			seen.clear();
			continue;
		}
		const wanted = (shrinking?.fresh(found) ?? found).slice(0, left);
		left -= wanted.length;
		sizes.answered(size, found.length);
		const before = read.count;
		read.count += wanted.length;
		read.last = wanted.at(-1) ?? read.last;
		if (wanted.length > 0) yield wanted;
		if (left <= 0) return;

		const next = placeBehind(version, body, { position, before, got: found.length, asked: size }, unreadable);
		if (next === undefined) return;
		if (seen.has(next)) {
			throw unreadable(`Keap sends the same page position again (${String(next).slice(0, 60)}): the list would never end`);
		}
		seen.add(next);
		position = next;
	}
}

function placeBehind(
	...[version, body, page, unreadable]: [...Parameters<typeof nextPage>, (what: string) => Error]
): Position | undefined {
	try {
		return nextPage(version, body, page);
	} catch (error) {
		throw error instanceof UnknownPosition ? unreadable(error.message) : error;
	}
}

/** What has been read of a list. */
interface Read {
	count: number;
	last?: IDataObject;
}

/** The error of a page of one record, with its place in the list; unchanged where not one was read: the whole list may be the cause. */
function atBadRow(context: KeapContext, request: KeapRequest, { count, last }: Read, error: unknown): unknown {
	if (count === 0) return error;
	const id = last?.id;
	const after = typeof id === 'string' || typeof id === 'number' ? ` (after the one with the ID ${id})` : '';
	const around = `The list was read in part only and is not passed on. The ${count} records before it can be read: a Limit of ${count} brings them. Or leave it out by a filter.`;
	return unreadableRecord(context, request, `record number ${count + 1} of the list${after}`, around, error);
}

/** An answer with other records than those asked for says nothing of the ones that are not in it. */
function filterIgnored(context: KeapContext, request: KeapRequest): NodeApiError {
	const message = `Keap did not keep to the filter of the request: records came that were not asked for`;
	const description = `Nothing was concluded from it, neither that a record is there nor that it is missing. ${request.method} ${request.path} was answered by Keap, or by a proxy or gateway in front of it: check the Base URL of the Keap credential, or try again later.`;
	return ofWholeAnswer(new NodeApiError(context.getNode(), {}, { message, description, httpCode: '200', itemIndex: request.item }));
}

/**
 * Reads a whole list, or the first `options.limit` records of it.
 *
 * @throws what `keapPages` throws; never a list silently cut short
 */
export async function keapGetAll(context: KeapContext, request: KeapRequest, options: PageOptions = {}): Promise<IDataObject[]> {
	const records: IDataObject[] = [];
	for await (const page of keapPages(context, request, options)) for (const record of page) records.push(record);
	return records;
}
