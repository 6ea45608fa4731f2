import type { IDataObject } from 'n8n-workflow';

import type { Call, Operation, Work } from '../../../../../shared/catalogue/operation/types';
import { tasks } from '../../../../../shared/records/activity/tasks';
import { notes } from '../../../../../shared/records/activity/notes';
import { orders } from '../../../../../shared/records/commerce/orders';
import type { RecordKind } from '../../../../../shared/records/kind/record';
import { contacts } from '../../../../../shared/records/people/contacts';
import { opportunities } from '../../../../../shared/records/sales/opportunities';
import { listOf } from '../../../../../shared/runtime/listOf';
import { row } from '../../../../../shared/rows/row';
import { isCancelled, keapRequest, type KeapQuery } from '../../../../../shared/transport';

/** The newest of each kind, as people look at them. */
const MOST = 5;
const MOST_TASKS = 20;
/** Longer texts are cut: the record itself has them whole. */
const LONGEST_TEXT = 500;

/** What belongs to a contact: a list of Keap's, and what of each record is worth reading. */
interface Part {
	readonly name: string;
	readonly kind: Pick<RecordKind, 'records' | 'simplify'>;
	readonly path: string;
	readonly query: (id: string) => KeapQuery;
	readonly shows: readonly string[];
}

const PARTS: readonly Part[] = [
	{
		name: 'open_tasks',
		kind: tasks,
		path: tasks.path,
		query: (id) => ({ filter: `contact_id==${id};is_completed==false`, order_by: 'due_time asc', page_size: MOST_TASKS }),
		shows: ['id', 'title', 'type', 'priority', 'due_time', 'description', 'assigned_to_user_id', 'assigned_to_user_name'],
	},
	{
		name: 'last_notes',
		kind: notes,
		path: '/crm/rest/v2/contacts/{contact_id}/notes',
		query: () => ({ order_by: 'create_time desc', page_size: MOST }),
		shows: ['id', 'create_time', 'title', 'type', 'text', 'user_name'],
	},
	{
		name: 'opportunities',
		kind: opportunities,
		path: opportunities.path,
		query: (id) => ({ filter: `contact_id==${id}`, order_by: 'update_time desc', page_size: MOST }),
		shows: ['id', 'opportunity_title', 'stage_name', 'projected_revenue_low', 'projected_revenue_high', 'next_action_time', 'user_name'],
	},
	{
		name: 'last_orders',
		kind: orders,
		path: orders.path,
		query: (id) => ({ filter: `contact_id==${id}`, order_by: 'order_time desc', page_size: MOST }),
		shows: ['id', 'order_time', 'title', 'status', 'currency_code', 'total', 'total_due'],
	},
];

/** Fields of a record that hold something, long texts cut. */
function compact(record: IDataObject, names: readonly string[] = Object.keys(record)): IDataObject {
	const filled = names.flatMap((name): Array<[string, IDataObject[string]]> => {
		const value = record[name];
		if (value === null || value === undefined || value === '' || isEmpty(value)) return [];
		return [[name, typeof value === 'string' && value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value]];
	});
	return Object.fromEntries(filled);
}

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

async function read({ context, signal }: Work, { item, pathParams }: Call, part: Part): Promise<IDataObject[]> {
	const { records, simplify } = part.kind;
	const id = pathParams.contact_id ?? '';
	const { body } = await keapRequest<IDataObject>(context, {
		method: 'GET',
		path: part.path,
		...(part.path.includes('{contact_id}') && { pathParams: { contact_id: id } }),
		query: part.query(id),
		item,
		signal,
		expects: { list: records },
	});
	const shaped = listOf(body[records]).map(async (record) => (simplify === undefined ? record : await simplify.shape(record, context)));
	return (await Promise.all(shaped)).map((record) => compact(record, part.shows));
}

/** A contact with what belongs to it, in five calls. A part that Keap does not give leaves the others as they are. */
async function getOverview(work: Work, call: Call): Promise<IDataObject> {
	const { simplify } = contacts;
	const { body: contact } = await keapRequest<IDataObject>(work.context, {
		method: 'GET',
		path: contacts.onePath,
		pathParams: call.pathParams,
		query: { fields: simplify?.fields ?? contacts.fields },
		item: call.item,
		signal: work.signal,
		expects: { record: ['id'] },
	});
	const parts = await Promise.allSettled(PARTS.map(async (part) => await read(work, call, part)));
	const failed = parts.flatMap((part, index) =>
		part.status === 'rejected' ? [[PARTS[index]?.name ?? '', part.reason as Error] as const] : [],
	);
	const cancelled = failed.find(([, error]) => isCancelled(error));
	if (cancelled !== undefined) throw cancelled[1];
	const shaped = simplify === undefined ? contact : await simplify.shape(contact, work.context);
	return {
		contact: compact(shaped),
		...Object.fromEntries(parts.map((part, index) => [PARTS[index]?.name ?? '', part.status === 'fulfilled' ? part.value : null])),
		...(failed.length > 0 && { not_read: Object.fromEntries(failed.map(([name, { message }]) => [name, message])) }),
	};
}

export const overviewRow: Operation = row('getOverview', 'Get Overview', 'GET /crm/rest/v2/contacts/{contact_id}', {
	action: 'Get an overview of a contact',
	description: 'Retrieve a contact with its tags, open tasks, last notes, opportunities and last orders',
	costs: ['5', '5,000'],
	fields: [contacts.inPath()],
	perform: getOverview,
});
