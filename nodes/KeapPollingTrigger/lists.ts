import type { PolledList } from '../shared/polling/polledList';
import { allCompanyFields } from '../Keap/resources/company/simplify';
import { allContactFields } from '../Keap/resources/contact/simplify';
import { optionalFields as optionalOpportunityFields } from '../Keap/resources/opportunity/fields';

const V2 = '/crm/rest/v2';

/** The lists as they are, without how to look for what is new. */
const contacts = { path: `${V2}/contacts`, records: 'contacts', query: { fields: allContactFields }, created: 'create_time' };
const companies = { path: `${V2}/companies`, records: 'companies', query: { fields: allCompanyFields }, created: 'create_time' };
const orders = { path: `${V2}/orders`, records: 'orders', created: 'creation_time' };
const opportunities = {
	path: `${V2}/opportunities`,
	records: 'opportunities',
	query: { fields: optionalOpportunityFields },
	created: 'created_time',
};
const tasks = { path: `${V2}/tasks`, records: 'tasks', query: { fields: ['custom_fields'] }, created: 'create_time' };
const notes = { path: `${V2}/notes`, records: 'notes', query: { fields: ['custom_fields'] }, created: 'create_time' };
const subscriptions = { path: `${V2}/subscriptions`, records: 'subscriptions' };

type Place = Pick<PolledList, 'path' | 'records' | 'query' | 'created'>;

/** New records: Keap numbers them as they are made, so that no clock is needed. */
const numbered = (list: Place, number: string): PolledList => ({ ...list, reading: 'byNumber', kind: 'number', position: ['id'], number });

/** Changed records of a list that can be ordered by the time of change, and can't be filtered by it in a way that Keap documents. */
const newestFirst = (list: Place, order: string, position: readonly string[]): PolledList => ({
	...list,
	reading: 'newestFirst',
	kind: 'time',
	position,
	order,
});

/** Records that are new, by what they are. */
export const created = {
	contacts: numbered(contacts, 'contact_id'),
	companies: numbered(companies, 'company_id'),
	orders: numbered(orders, 'id'),
	tasks: numbered(tasks, 'id'),
	notes: numbered(notes, 'id'),
	subscriptions: numbered(subscriptions, 'id'),
	opportunities: newestFirst(opportunities, 'created_time', ['created_time']),
	/** Moves are records of their own, which are made and never change. */
	stageMoves: {
		path: `${V2}/opportunities/stageMoves`,
		records: 'stage_moves',
		reading: 'newestFirst',
		kind: 'number',
		position: ['id'],
		order: 'id',
		created: 'create_time',
	},
	/** Keap's only list of appointments knows neither an order nor when one was made. */
	appointments: { path: '/crm/rest/v1/appointments', records: 'appointments', reading: 'whole', kind: 'number', position: ['id'] },
} as const satisfies Record<string, PolledList>;

/** Records that changed, new ones among them, by what they are. */
export const changed = {
	contacts: {
		...contacts,
		reading: 'ascending',
		kind: 'time',
		position: ['update_time', 'create_time'],
		order: 'update_time',
		since: 'start_update_time',
	},
	/** Companies can't be ordered by the time of their change: what the filter lets through is read whole. */
	companies: {
		...companies,
		reading: 'byNumber',
		kind: 'time',
		position: ['update_time', 'create_time'],
		since: 'since_time',
		number: 'company_id',
	},
	orders: {
		...orders,
		reading: 'ascending',
		kind: 'time',
		position: ['modification_time', 'creation_time'],
		order: 'modification_time',
		since: 'modified_since_time',
	},
	opportunities: newestFirst(opportunities, 'update_time', ['last_updated_time', 'created_time']),
	tasks: newestFirst(tasks, 'update_time', ['modification_time', 'create_time']),
	notes: newestFirst(notes, 'update_time', ['update_time', 'create_time']),
	subscriptions: newestFirst(subscriptions, 'modification_time', ['modification_time']),
} as const satisfies Record<string, PolledList>;

/** Contacts by when they got a tag. */
export const tagged: PolledList = {
	path: `${V2}/tags/{tag_id}/contacts`,
	records: 'contacts',
	reading: 'ascending',
	kind: 'time',
	position: ['applied_time'],
	order: 'applied_time',
	since: 'since_applied_time',
};
