import type { PolledList } from '../shared/polling/list/polledList';
import { notes } from '../shared/records/activity/notes';
import { appointments } from '../shared/records/activity/appointments';
import { tasks } from '../shared/records/activity/tasks';
import { orders } from '../shared/records/commerce/orders';
import { subscriptions } from '../shared/records/commerce/subscriptions';
import { affiliates } from '../shared/records/marketing/affiliates';
import { referrals } from '../shared/records/marketing/referrals';
import { payments } from '../shared/records/orders/payments';
import { companies } from '../shared/records/people/companies';
import { contacts } from '../shared/records/people/contacts';
import type { RecordKind } from '../shared/records/kind/record';
import { opportunities } from '../shared/records/sales/opportunities';
import { stageMoves } from '../shared/records/sales/stageMoves';

type Source = Pick<PolledList, 'path' | 'records' | 'query' | 'created'>;

/** The whole records of a list, without how to look for what is new. */
function listOf({ path, records, fields, fieldsOfList = fields, created }: RecordKind): Source {
	return {
		path,
		records,
		...(fieldsOfList !== undefined && { query: { fields: fieldsOfList } }),
		...(created !== undefined && { created }),
	};
}

/** New records: Keap numbers them as they are made. */
const numbered = (kind: RecordKind, number: string): PolledList => ({
	...listOf(kind),
	reading: 'byNumber',
	kind: 'number',
	position: 'id',
	number,
});

/**
 * Changed records of a list that can be ordered by the time of change, and can't be filtered by it in a way that Keap documents.
 *
 * @param number the filter field for the number
 */
const newestFirst = (kind: RecordKind, order: string, position: string, number: string): PolledList => ({
	...listOf(kind),
	reading: 'newestFirst',
	kind: 'time',
	position,
	order,
	number,
});

/** Records that are new, by what they are. */
export const created = {
	contacts: numbered(contacts, 'contact_id'),
	companies: numbered(companies, 'company_id'),
	orders: numbered(orders, 'id'),
	tasks: numbered(tasks, 'id'),
	notes: numbered(notes, 'id'),
	subscriptions: numbered(subscriptions, 'id'),
	/** By number alone: the time of a payment is what people write down, and may lie before payments that are known already. */
	payments: { ...numbered(payments, 'id'), created: undefined },
	affiliates: numbered(affiliates, 'id'),
	/** Keap can't be asked for referrals above a number. */
	referrals: { ...listOf(referrals), reading: 'newestFirst', kind: 'number', position: 'id', order: 'id' },
	/** Version 2 lists transactions without IDs; version 1 knows when they were, and has no order. */
	transactions: {
		path: '/crm/rest/v1/transactions',
		records: 'transactions',
		reading: 'inNoOrder',
		kind: 'time',
		position: 'transaction_date',
		since: 'since',
	},
	opportunities: { ...newestFirst(opportunities, 'created_time', 'created_time', 'opportunity_id'), numberOrder: 'created_time' },
	/** Moves are records of their own, which are made and never change. */
	stageMoves: {
		...listOf(stageMoves),
		reading: 'newestFirst',
		kind: 'number',
		position: 'id',
		order: 'id',
	},
	/** Keap's only list of appointments has no order, no filter by creation, and does not say when one was made. */
	appointments: { ...listOf(appointments), reading: 'inNoOrder', kind: 'number', position: 'id' },
} as const satisfies Record<string, PolledList>;

/** Records that changed, by what they are. New ones are among them where Keap gives them a time of change from the beginning. */
export const changed = {
	contacts: {
		...listOf(contacts),
		reading: 'ascending',
		kind: 'time',
		position: 'update_time',
		order: 'update_time',
		since: 'start_update_time',
		number: 'contact_id',
	},
	/** Companies can't be ordered by the time of their change: what the filter lets through is read by number. */
	companies: {
		...listOf(companies),
		reading: 'byNumber',
		kind: 'time',
		position: 'update_time',
		since: 'since_time',
		number: 'company_id',
	},
	orders: {
		...listOf(orders),
		reading: 'ascending',
		kind: 'time',
		position: 'modification_time',
		order: 'modification_time',
		since: 'modified_since_time',
		number: 'id',
	},
	opportunities: { ...newestFirst(opportunities, 'update_time', 'last_updated_time', 'opportunity_id'), numberOrder: 'created_time' },
	tasks: newestFirst(tasks, 'update_time', 'modification_time', 'id'),
	notes: newestFirst(notes, 'update_time', 'update_time', 'id'),
	subscriptions: newestFirst(subscriptions, 'modification_time', 'modification_time', 'id'),
} as const satisfies Record<string, PolledList>;

/** Contacts by when they got a tag. */
export const tagged: PolledList = {
	path: '/crm/rest/v2/tags/{tag_id}/contacts',
	records: 'contacts',
	reading: 'ascending',
	kind: 'time',
	position: 'applied_time',
	order: 'applied_time',
	since: 'since_applied_time',
	apart: { until: 'until_applied_time', order: 'email' },
};
