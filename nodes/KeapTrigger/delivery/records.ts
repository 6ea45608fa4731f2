import type { IDataObject } from 'n8n-workflow';

import { allContactFields } from '../../Keap/resources/contact/simplify';
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
}

const CONTACTS: Source = { path: '/crm/rest/v2/contacts', filter: 'ids', records: 'contacts', query: { fields: allContactFields } };

export const SOURCES: Readonly<Record<string, Source>> = {
	affiliate: { path: '/crm/rest/v2/affiliates' },
	appointment: { path: '/crm/rest/v1/appointments' },
	company: { path: '/crm/rest/v2/companies' },
	contact: CONTACTS,
	contactGroup: { path: '/crm/rest/v2/tags', filter: 'tag_ids', records: 'tags' },
	// Keap reads no invoice by itself: its record is the order that it bills.
	invoice: { path: '/crm/rest/v2/orders', filter: 'invoice_id', records: 'orders', max: 1 },
	// The id of a payment's event is that of a v1 transaction.
	'invoice.payment': { path: '/crm/rest/v1/transactions' },
	leadsource: { path: '/crm/rest/v2/leadSources' },
	note: { path: '/crm/rest/v2/notes', filter: 'ids', records: 'notes' },
	opportunity: {
		path: '/crm/rest/v2/opportunities',
		filter: 'ids',
		records: 'opportunities',
		query: {
			fields: [
				'created_by',
				'custom_fields',
				'last_updated_by',
				'monthly_revenue',
				'objection',
				'order_revenue',
				'stage_entrance_time',
				'status',
				'status_id',
			],
		},
	},
	order: { path: '/crm/rest/v2/orders', filter: 'ids', records: 'orders' },
	product: { path: '/crm/rest/v2/products', filter: 'product_ids', records: 'products' },
	subscription: { path: '/crm/rest/v2/subscriptions', filter: 'ids', records: 'subscriptions' },
	task: { path: '/crm/rest/v2/tasks', filter: 'task_ids', records: 'tasks' },
	user: { path: '/crm/rest/v2/users', filter: 'user_ids', records: 'users' },
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
