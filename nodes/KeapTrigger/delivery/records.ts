import type { IDataObject } from 'n8n-workflow';

import { orders } from '../../shared/records/commerce/orders';
import { HOOK_OBJECTS } from '../../shared/records/hookObjects';
import type { RecordKind } from '../../shared/records/kind/record';
import type { BundledRead } from '../../shared/catalogue/operation/types';
import type { KeapQuery } from '../../shared/transport';
import { isTagging } from './delivery';

/** Where the records of a kind of object are read: many by one filter where Keap can, else one by one. */
export interface Source {
	readonly path: string;
	/** The filter that takes ids, and the name of the list in the answer. */
	readonly filter?: string;
	readonly records?: string;
	/** How many ids the filter takes, where it is not the 100 that Keap documents. */
	readonly max?: number;
	readonly query?: KeapQuery;
	/** Where one is read by itself, where its list is asked for many. */
	readonly one?: BundledRead['one'];
}

const sourceOf = ({ path, records, lookup, fields }: RecordKind): Source => ({
	path,
	...(lookup !== undefined && { filter: lookup.filter, records, max: lookup.max, one: lookup.one }),
	...(fields !== undefined && { query: { fields } }),
});

export const SOURCES: Readonly<Record<string, Source>> = {
	...Object.fromEntries(Object.entries(HOOK_OBJECTS).map(([object, kind]) => [object, sourceOf(kind)])),
	// Keap reads no invoice by itself: its record is the order that it bills.
	invoice: { path: orders.path, filter: 'invoice_id', records: orders.records, max: 1 },
	// The id of a payment's event is that of a v1 transaction.
	'invoice.payment': { path: '/crm/rest/v1/transactions' },
};

/** A record to read: the kind of object as events call it, and its id. */
export interface Wanted {
	readonly object: string;
	readonly id: string;
}

/** What to read for an item: nothing for what is deleted, and for objects that can't be read by id. */
export function recordOf(item: IDataObject): Wanted | undefined {
	const eventKey = String(item.event_key);
	const [object = '', action] = isTagging(eventKey)
		? ['contact', 'edit']
		: [eventKey.slice(0, eventKey.lastIndexOf('.')), eventKey.slice(eventKey.lastIndexOf('.') + 1)];
	const id = isTagging(eventKey) ? item.contact_id : item.id;
	const isReadable = object in SOURCES && action !== 'delete' && action !== 'redact';
	return isReadable && (typeof id === 'string' || typeof id === 'number') && /^\d{1,19}$/.test(String(id))
		? { object, id: String(id) }
		: undefined;
}

/** A record's name in the maps of `readRecords`. */
export const nameOf = ({ object, id }: Wanted): string => `${object} ${id}`;
