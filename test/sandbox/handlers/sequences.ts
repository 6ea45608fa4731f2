import { badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { answerList } from './lists';

const V2 = '/crm/rest/v2';
export const AUTOMATIONS = `${V2}/automations`;
export const CAMPAIGNS = `${V2}/campaigns`;
const MOST = 1_000;

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Readonly<Record<string, unknown>>;

/** The record of a collection. @throws ApiError 404 */
function recordOf(state: SandboxState, collection: string, id: string): KeapRecord {
	const record = state.collection(collection).get(id);
	if (!record) throw notFound(collection.split('/').at(-1)?.replace(/s$/, '') ?? 'record', id);
	return record;
}

const inside = (record: KeapRecord, name: string) => (record[name] ?? []) as Array<Record<string, unknown> & { id: string }>;

/** Where the contacts of a sequence are kept. */
export const membersOf = (state: SandboxState, collection: string, id: string, sequence: string) =>
	state.collection(`${collection}/${id}/sequences/${sequence}/contacts`);

/** The contacts that a body names, and those of the path's sequence. @throws ApiError 400, 404 */
function named(exchange: Exchange, collection: string, param: string) {
	const { state, params } = exchange;
	const { contact_ids: ids } = bodyOf(exchange) as { contact_ids: string[] };
	const [id = '', sequence = ''] = [params[param], params.sequence_id];
	const record = recordOf(state, collection, id);
	if (!inside(record, 'sequences').some((one) => one.id === sequence)) throw notFound('sequence', sequence);
	if (ids.length === 0 || ids.length > MOST)
		throw badRequest(`contact_ids must have 1 to ${MOST} ids, it has ${ids.length}`, 'contact_ids');
	if (new Set(ids).size < ids.length) throw badRequest('contact_ids names a contact twice', 'contact_ids');
	return { ids, members: membersOf(state, collection, id, sequence) };
}

const adds =
	(collection: string, param: string, results: string): Handler =>
	(exchange) => {
		const { ids, members } = named(exchange, collection, param);
		const add = (id: string) => {
			if (!exchange.state.contacts.has(id)) return 'CONTACT_DOES_NOT_EXIST';
			if (members.has(id)) return 'ALREADY_IN_SEQUENCE';
			members.set(id, { id });
			return 'SUCCESS';
		};
		return { status: 200, body: { [results]: Object.fromEntries(ids.map((id) => [id, add(id)])) } };
	};

const removes: Handler = (exchange) => {
	const { ids, members } = named(exchange, CAMPAIGNS, 'campaign_id');
	const remove = (id: string) => {
		if (!exchange.state.contacts.has(id)) return 'CONTACT_DOES_NOT_EXIST';
		members.delete(id);
		return 'SUCCESS';
	};
	return { status: 200, body: { remove_from_sequence_results: Object.fromEntries(ids.map((id) => [id, remove(id)])) } };
};

const parts =
	(name: 'goals' | 'sequences'): Handler =>
	({ state, params }) => {
		const id = params.campaign_id ?? '';
		return { status: 200, body: { [name]: inside(recordOf(state, CAMPAIGNS, id), name), campaign_id: id } };
	};

/** A goal is named in one of two ways, never in both. One that no published automation waits for is achieved nowhere. */
const achieveGoal: Handler = (exchange) => {
	const { state } = exchange;
	const { integration, call_name: call, automation_id: automation, goal_id: goal, contact_id: contact } = bodyOf(exchange);
	const byName = integration !== undefined && call !== undefined;
	const byId = automation !== undefined && goal !== undefined;
	if (
		byName === byId ||
		(byName && (automation !== undefined || goal !== undefined)) ||
		(byId && (integration !== undefined || call !== undefined))
	) {
		throw badRequest('either integration and call_name or automation_id and goal_id are needed', 'integration');
	}
	if (!state.contacts.has(String(contact))) throw notFound('contact', String(contact));
	const all = state.collection(AUTOMATIONS).rows.flatMap((record) => inside(record, 'goals').map((one) => ({ record, one })));
	const found = all.filter(({ record, one }) =>
		byName ? one.integration === integration && one.call_name === call : record.id === String(automation) && one.id === String(goal),
	);
	if (byId && found.length === 0) throw notFound('goal', String(goal));
	const results = found.map(({ record, one }) => ({
		success: record.status === 'PUBLISHED',
		message: record.status === 'PUBLISHED' ? 'Goal achieved' : 'The automation is not published',
		automation_id: Number(record.id),
		goal_id: Number(one.id),
		flow_start_results: [],
		flow_stop_results: [],
	}));
	return { status: 200, body: { results } };
};

const SHOWN = ['id', 'title', 'categories', 'status', 'locked', 'active_contacts'];
const READERS = { name: ({ title }: KeapRecord) => [title], categories: ({ categories }: KeapRecord) => categories as string[] };

const automationsOf = (exchange: Exchange, show: (record: KeapRecord) => unknown) => {
	const { rows, version } = exchange.state.collection(AUTOMATIONS);
	return answerList(exchange, { rows, version: String(version), path: exchange.operation.path, readers: READERS, show });
};

const listIds: Handler = (exchange) => {
	const answer = automationsOf(exchange, ({ id }) => id);
	const { items, ...rest } = answer.body as { items: unknown };
	return { ...answer, body: { automation_ids: items, ...rest } };
};

const unpublish = (state: SandboxState, ids: readonly string[]) => {
	for (const record of ids.map((id) => recordOf(state, AUTOMATIONS, id)))
		state.collection(AUTOMATIONS).set(record.id, { ...record, status: 'DRAFT' });
	return { status: 200 };
};

const remove: Handler = ({ state, query }) => {
	const ids = (query.automation_ids ?? '').split(',');
	for (const id of ids) recordOf(state, AUTOMATIONS, id);
	for (const id of ids) state.collection(AUTOMATIONS).delete(id);
	return { status: 204 };
};

const rename: Handler = (exchange) => {
	const record = recordOf(exchange.state, AUTOMATIONS, exchange.params.automation_id ?? '');
	exchange.state.collection(AUTOMATIONS).set(record.id, { ...record, title: bodyOf(exchange).name });
	return { status: 204 };
};

const assignCategories: Handler = (exchange) => {
	const {
		category_ids: categories,
		automation_ids: ids,
		apply_category: put = true,
	} = bodyOf(exchange) as { category_ids: string[]; automation_ids: string[]; apply_category?: boolean };
	const store = exchange.state.collection(AUTOMATIONS);
	for (const id of ids.includes('0') ? [...store.keys()] : ids) {
		const record = recordOf(exchange.state, AUTOMATIONS, id);
		const others = (record.categories as string[]).filter((category) => !categories.includes(category));
		store.set(id, { ...record, categories: put ? [...others, ...categories] : others });
	}
	return { status: 200 };
};

export const SEQUENCE_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/achieveGoal': achieveGoal,
	'v2/addContactsToAutomationSequence': adds(AUTOMATIONS, 'automation_id', 'add_to_automation_sequence_results'),
	'v2/addContactsToCampaignSequence': adds(CAMPAIGNS, 'campaign_id', 'add_to_sequence_results'),
	'v2/bulkAssignmentAutomationsCategories': assignCategories,
	'v2/bulkUnpublishAutomations': ({ state, body }) => unpublish(state, (body as { automation_ids: string[] }).automation_ids),
	'v2/deleteAutomation': remove,
	'v2/getCampaignGoals': parts('goals'),
	'v2/getCampaignSequences': parts('sequences'),
	'v2/listAllAutomationIds': listIds,
	'v2/listAutomations': (exchange) => automationsOf(exchange, (record) => Object.fromEntries(SHOWN.map((name) => [name, record[name]]))),
	'v2/removeContactsFromCampaignSequence': removes,
	'v2/renameAutomationV2': rename,
	'v2/unpublishAutomation': ({ state, params }) => unpublish(state, [params.automation_id ?? '']),
};
