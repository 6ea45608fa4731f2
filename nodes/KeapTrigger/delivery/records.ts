import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { allContactFields } from '../../Keap/resources/contact/simplify';
import { httpCodeOf, keapGetAll, type KeapQuery, keapRequest } from '../../shared/transport';
import { isTagging } from './delivery';

/** Where the records of a kind of object are read: many by one filter where Keap can, else one by one. */
interface Source {
	readonly path: string;
	/** The filter that takes many ids, and the name of the list in the answer. */
	readonly filter?: string;
	readonly records?: string;
	readonly query?: KeapQuery;
}

const CONTACTS: Source = { path: '/crm/rest/v2/contacts', filter: 'ids', records: 'contacts', query: { fields: allContactFields } };

const SOURCES: Readonly<Record<string, Source>> = {
	affiliate: { path: '/crm/rest/v2/affiliates' },
	appointment: { path: '/crm/rest/v1/appointments' },
	company: { path: '/crm/rest/v2/companies' },
	contact: CONTACTS,
	contactGroup: { path: '/crm/rest/v2/tags', filter: 'tag_ids', records: 'tags' },
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

/** Keap documents 100 ids. */
const MOST_IDS = 100;
/** Single reads under way at once; the throttle decides when each goes. */
const AT_ONCE = 20;

/** What to read for an item: nothing for what is deleted, and for objects that can't be read by id. */
export function recordOf(item: IDataObject): { object: string; id: string } | undefined {
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

/** A record's name in the map of `readRecords`. */
export const nameOf = ({ object, id }: { object: string; id: string }): string => `${object} ${id}`;

/**
 * Reads records of several kinds, each once, in as few calls as Keap allows: a hundred in one for most kinds.
 *
 * @returns the records by `nameOf`; those that are gone are not in it
 * @throws what `keapRequest` throws: then nothing is passed on, and the execution can be run again
 */
export async function readRecords(
	context: IExecuteFunctions,
	wanted: ReadonlyArray<{ object: string; id: string }>,
): Promise<Map<string, IDataObject>> {
	const found = new Map<string, IDataObject>();
	const kinds = new Map<string, Set<string>>();
	for (const { object, id } of wanted) kinds.set(object, (kinds.get(object) ?? new Set()).add(id));
	for (const [object, ids] of kinds) {
		const source = SOURCES[object];
		if (source === undefined) continue;
		const read = source.filter === undefined ? readOneByOne : readTogether;
		for (const record of await read(context, source, [...ids])) found.set(nameOf({ object, id: String(record.id) }), record);
	}
	return found;
}

async function readTogether(
	context: IExecuteFunctions,
	{ path, filter = 'ids', records, query }: Source,
	ids: readonly string[],
): Promise<IDataObject[]> {
	const groups = groupsOf(ids, MOST_IDS);
	const read = groups.map(
		async (group) =>
			await keapGetAll(
				context,
				{ method: 'GET', path, query: { ...query, filter: `${filter}==${group.join(',')}` } },
				{ records, pageSize: MOST_IDS },
			),
	);
	return (await Promise.all(read)).flat();
}

async function readOneByOne(context: IExecuteFunctions, { path, query }: Source, ids: readonly string[]): Promise<IDataObject[]> {
	const found: IDataObject[] = [];
	for (const group of groupsOf(ids, AT_ONCE)) {
		const read = group.map(async (id) => await readOne(context, `${path}/{id}`, id, query));
		found.push(...(await Promise.all(read)).flat());
	}
	return found;
}

async function readOne(context: IExecuteFunctions, path: string, id: string, query: KeapQuery | undefined): Promise<IDataObject[]> {
	const [read] = await Promise.allSettled([keapRequest<IDataObject | null>(context, { method: 'GET', path, pathParams: { id }, query })]);
	if (read.status === 'rejected') {
		if (httpCodeOf(read.reason) === 404) return [];
		throw read.reason;
	}
	const { body } = read.value;
	return body === null ? [] : [{ ...body, id: body.id ?? id }];
}

const groupsOf = (ids: readonly string[], size: number): string[][] =>
	Array.from({ length: Math.ceil(ids.length / size) }, (_none, index) => ids.slice(index * size, (index + 1) * size));
