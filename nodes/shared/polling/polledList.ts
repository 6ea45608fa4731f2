import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { type KeapContext, type KeapQuery, keapRequest } from '../transport';
import { findRecords, nextPage, type Position } from '../transport/pages';
import type { Change, PositionKind } from './place';

/**
 * How a list is read for what is new in it:
 * `ascending` by a time that it can be filtered and ordered by; `byNumber` in the order of the records' numbers, which can be
 * filtered too; `newestFirst` down to the place, for lists that can only be ordered; `whole` for lists that can't even that.
 */
export type Reading = 'ascending' | 'byNumber' | 'newestFirst' | 'whole';

/** A list of Keap in which a trigger looks for what is new. */
export interface PolledList {
	readonly path: string;
	/** The list's name in Keap's answer. */
	readonly records: string;
	readonly query?: KeapQuery;
	readonly reading: Reading;
	/** What a change's position is. */
	readonly kind: PositionKind;
	/** Fields that hold the position, the first that is there; Keap's names. */
	readonly position: readonly string[];
	/** What `order_by` takes for it. */
	readonly order?: string;
	/** The filter field for "at this time or later". */
	readonly since?: string;
	/** The filter field for the number, which takes `>`. */
	readonly number?: string;
	/** When a record was created, for starts in the past and to tell updates from creations. */
	readonly created?: string;
}

/** A list together with what the user chose of it. */
export interface Watched {
	readonly list: PolledList;
	readonly pathParams?: Record<string, string>;
	/** Leaves out records that are not what the user waits for. */
	readonly counts?: (record: IDataObject) => boolean;
}

export interface Page {
	readonly records: IDataObject[];
	/** Where the next page begins; undefined after the last. */
	readonly next: Position | undefined;
	/** Keap's clock, epoch milliseconds; undefined if its answer doesn't tell. */
	readonly clock: number | undefined;
}

/**
 * One page of the list: one call.
 *
 * @param query filter and order
 * @throws NodeOperationError when the answer has no such list in it; everything that `keapRequest` throws
 */
export async function readPage(
	context: KeapContext,
	{ list, pathParams }: Watched,
	query: KeapQuery,
	size: number,
	position?: Position,
): Promise<Page> {
	const version = list.path.startsWith('/crm/rest/v1/') ? 'v1' : 'v2';
	const paging = version === 'v1' ? { limit: size, offset: position ?? 0 } : { page_size: size, page_token: position };
	const { body, headers } = await keapRequest(context, {
		method: 'GET',
		path: list.path,
		pathParams,
		query: { ...list.query, ...query, ...paging },
		// Taken for an empty list, anything else would move the place over whatever is really there.
		expects: { list: list.records },
	});
	const records = findRecords(body, list.records);
	if (typeof records === 'string') throw unreadable(context, list, records);
	const next = nextPage(version, body, { position, got: records.length, asked: size });
	if (next !== undefined && next === position) throw endless(context, list);
	const clock = Date.parse(headers.date ?? '');
	return { records, next, clock: Number.isNaN(clock) ? undefined : clock };
}

const unreadable = (context: KeapContext, { path }: PolledList, what: string): NodeOperationError =>
	new NodeOperationError(context.getNode(), what, {
		description: `Keap was asked for ${path}. Nothing was delivered; the next poll asks again.`,
	});

/** The error for pages that come again and again. */
export const endless = (context: KeapContext, list: PolledList): NodeOperationError =>
	unreadable(context, list, 'Keap sends the same page position again: the list would never end');

/** A moment in Keap's form as epoch milliseconds; undefined if there is none. */
export function timeOf(record: IDataObject, fields: readonly string[]): number | undefined {
	const text = fields.map((name) => record[name]).find((value) => typeof value === 'string' && value !== '');
	const time = Date.parse(String(text));
	return Number.isNaN(time) ? undefined : time;
}

/** The position of a record in the list; undefined if it doesn't tell. */
export function positionOf({ kind, position }: PolledList, record: IDataObject): number | undefined {
	if (kind === 'time') return timeOf(record, position);
	const number = Number(record.id);
	return Number.isSafeInteger(number) ? number : undefined;
}

/**
 * A record as a change.
 *
 * @throws NodeOperationError when the record has no position: without it nothing could be delivered exactly once
 */
export function changeOf(context: KeapContext, { list }: Watched, record: IDataObject): Change<IDataObject> {
	const at = positionOf(list, record);
	if (at === undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`Keap lists a record without ${list.kind === 'time' ? list.position.join(' or ') : 'a whole number as its ID'}`,
			{
				description: `Record ${String(record.id)} of ${list.path}. Without it nobody can tell what is new; use the Keap Trigger instead, or choose another event.`,
			},
		);
	}
	return { id: String(record.id), at, record };
}
