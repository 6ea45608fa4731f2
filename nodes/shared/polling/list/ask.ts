import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import type { Position } from '../../transport/pages';
import { idOf, timeOf, type PolledList } from './polledList';

export interface Page {
	readonly records: IDataObject[];
	/** Where the next page begins; undefined after the last. */
	readonly next: Position | undefined;
	/** The time in the answer's `Date` header, epoch milliseconds; undefined without one. */
	readonly date: number | undefined;
}

/**
 * One call for one page of a list; undefined when calls or time are used up.
 *
 * @param probes whether a failure is an answer in itself, for which Keap is not asked twice
 */
export type Ask = (query: KeapQuery, size: number, position?: Position, probes?: boolean) => Promise<Page | undefined>;

/** Conditions that must all hold, as one filter; undefined without any. */
export function allOf(...conditions: ReadonlyArray<string | undefined>): string | undefined {
	const given = conditions.filter((condition) => condition !== undefined && condition !== '');
	return given.length === 0 ? undefined : given.join(';');
}

/** How two records stand in a list that is ordered so; none without a place in the order. */
export function placeIn(list: PolledList, query: KeapQuery): (record: IDataObject) => number | undefined {
	const [field, direction] = String(query.order_by ?? 'id asc').split(' ');
	const sign = direction === 'desc' ? -1 : 1;
	return (record) => {
		const place = field === 'id' ? idOf(record) : timeOf(record, list.position);
		return place === undefined ? undefined : sign * place;
	};
}

/** The same order from its other end. */
export function reversed({ order_by: order, ...query }: KeapQuery): KeapQuery {
	const [field, direction] = String(order ?? 'id asc').split(' ');
	return { ...query, order_by: `${field} ${direction === 'desc' ? 'asc' : 'desc'}` };
}
