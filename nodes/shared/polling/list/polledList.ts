import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import type { KeapContext, KeapQuery } from '../../transport';
import type { Change, PositionKind } from '../checkpoint/checkpoint';

/**
 * How a list is read for what is new in it:
 * `ascending`: by a time that it can be filtered and ordered by;
 * `byNumber`: in the order of the records' numbers, which can be filtered too;
 * `newestFirst`: from the newest down to the watermark, for lists that can be ordered and not filtered;
 * `inNoOrder`: the whole list each time, for lists that can't be ordered; from the watermark on where they can be filtered.
 */
export type Reading = 'ascending' | 'byNumber' | 'newestFirst' | 'inNoOrder';

/** A list of Keap in which a trigger looks for what is new. */
export interface PolledList {
	readonly path: string;
	/** The list's name in Keap's answer. */
	readonly records: string;
	readonly query?: KeapQuery;
	readonly reading: Reading;
	/** What a change's position is. */
	readonly kind: PositionKind;
	/** The field that holds the position; Keap's name. Records without it are left to the list of new records. */
	readonly position: string;
	/** What `order_by` takes for it. */
	readonly order?: string;
	/** The filter field for "at this time or later"; for a list in no order, the query parameter. */
	readonly since?: string;
	/** The filter field for the number, which takes `>` and `<`; without it, a record that Keap can't write out is read around from both ends. */
	readonly number?: string;
	/** What `order_by` takes for the order of the numbers, or something close to it; `id` unless given. */
	readonly numberOrder?: string;
	/** For lists without `number`: the filter field for "at this time or before", and another order, in which records of one time stand apart. */
	readonly apart?: { readonly until: string; readonly order: string };
	/** The field that says when a record was created, for starts in the past, and to separate updates from creations. */
	readonly created?: string;
}

/** A list together with what the user chose of it. */
export interface Watched {
	readonly list: PolledList;
	readonly pathParams?: Readonly<Record<string, string>>;
	/** A filter in Keap's words that all records must pass. Where a list begins does not depend on it: what is there already is not new. */
	readonly filter?: string | undefined;
	/** Leaves out records that are not what the user waits for. */
	readonly counts?: (record: IDataObject) => boolean;
	/** Whether a record is so old that those below it in a list that is read from the newest down can't count. */
	readonly isTooOld?: (record: IDataObject) => boolean;
}

/** Records a call where the filter leaves out what is old, and where many changes are waiting. */
export const LARGE_PAGE = 1_000;
/** Records a call where there is no filter: most of them are known already. */
export const SMALL_PAGE = 100;

/** A moment in Keap's form as epoch milliseconds; undefined if there is none. */
export function timeOf(record: IDataObject, field: string): number | undefined {
	const time = Date.parse(typeof record[field] === 'string' ? record[field] : '');
	return Number.isNaN(time) ? undefined : time;
}

/** A record as a change; undefined if it has no position in this list. */
export function changeOf({ kind, position }: PolledList, record: IDataObject): Change<IDataObject> | undefined {
	const number = idOf(record);
	const at = kind === 'time' ? timeOf(record, position) : number;
	return at === undefined || number === undefined ? undefined : { id: String(number), position: at, record };
}

/** The number of a record; undefined if it has none. */
export function idOf({ id }: IDataObject): number | undefined {
	const number = typeof id === 'number' || (typeof id === 'string' && id !== '') ? Number(id) : NaN;
	return Number.isSafeInteger(number) ? number : undefined;
}

/** The error for an answer from which nothing can be concluded. */
export const unreadable = (context: KeapContext, { path }: PolledList, what: string): NodeOperationError =>
	new NodeOperationError(context.getNode(), what, {
		description: `Keap was asked for ${path}. Nothing was delivered and nothing was passed over; the next poll asks again.`,
	});
