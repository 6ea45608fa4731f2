import { badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { answerList } from './lists';

const V2 = '/crm/rest/v2';
export const PIPELINES = `${V2}/pipelines`;
export const STAGES = `${V2}/stages`;
export const DEALS = `${V2}/deals`;
const NOTES = `${V2}/deals/-/notes`;
const CUSTOM_FIELDS = `${V2}/customFields`;

type Fields = Readonly<Record<string, unknown>>;

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Fields;
const idOf = ({ params }: Exchange) => params.id ?? '';

/** The record of a collection. @throws ApiError 404 */
function recordOf(state: SandboxState, collection: string, id: string): KeapRecord {
	const record = state.collection(collection).get(id);
	if (!record) throw notFound(collection.split('/').at(-1)?.replace(/s$/, '') ?? 'record', id);
	return record;
}

/** A record that a body names. @throws ApiError 400 */
function named(state: SandboxState, collection: string, id: unknown, field: string): string {
	if (!state.collection(collection).has(String(id))) throw badRequest(`${field}: ${String(id)} does not exist`, field);
	return String(id);
}

/** Ids of this service are no numbers. */
let made = 0;
const newId = (kind: string) => `${kind}-${(made += 1).toString().padStart(8, '0')}`;

const stagesOf = (state: SandboxState, pipeline: string) => state.collection(STAGES).rows.filter(({ pipeline_id: id }) => id === pipeline);
const dealsIn = (state: SandboxState, stages: readonly KeapRecord[]) =>
	state.collection(DEALS).rows.filter((deal) => stages.some(({ id }) => id === deal.stage_id));
const showPipeline =
	(state: SandboxState) =>
	({ id, name }: KeapRecord) => ({ id, name, stages: stagesOf(state, id) });

/** A list made at this moment: nothing of it is kept for the next page but its order. */
const listOf = (exchange: Exchange, rows: readonly KeapRecord[], show: (record: KeapRecord) => unknown = (record) => record) =>
	answerList(exchange, { rows, version: 'now', path: `${exchange.operation.path} ${Object.values(exchange.params).join()}`, show });

const createPipeline: Handler = (exchange) => {
	const { state } = exchange;
	const { name, stages } = bodyOf(exchange) as { name: string; stages: string[] };
	const pipeline = state.collection(PIPELINES).add({ id: newId('pipeline'), name });
	for (const stage of stages) state.collection(STAGES).add({ id: newId('stage'), name: stage, pipeline_id: pipeline.id });
	return { status: 201, body: showPipeline(state)(pipeline) };
};

/** What a body would change: only what the mask names. */
const masked = ({ query, body }: Exchange): Fields =>
	Object.fromEntries(Object.entries((body ?? {}) as Fields).filter(([name]) => (query.update_mask ?? '').split(',').includes(name)));

const updatePipeline: Handler = (exchange) => {
	const next = { ...recordOf(exchange.state, PIPELINES, idOf(exchange)), ...masked(exchange) };
	exchange.state.collection(PIPELINES).set(next.id, next);
	return { status: 200, body: showPipeline(exchange.state)(next) };
};

/** Deals must go somewhere, unless there are none. */
function moveDeals(state: SandboxState, from: readonly KeapRecord[], to: string | undefined): void {
	const deals = dealsIn(state, from);
	if (deals.length > 0 && to === undefined) throw badRequest(`new_stage_id is needed: there are ${deals.length} deals`, 'new_stage_id');
	for (const deal of deals) state.collection(DEALS).set(deal.id, { ...deal, stage_id: named(state, STAGES, to, 'new_stage_id') });
}

const deletePipeline: Handler = (exchange) => {
	const { state, query } = exchange;
	const { id } = recordOf(state, PIPELINES, idOf(exchange));
	const stages = stagesOf(state, id);
	moveDeals(state, stages, query.new_stage_id);
	for (const stage of stages) state.collection(STAGES).delete(stage.id);
	state.collection(PIPELINES).delete(id);
	return { status: 204 };
};

const summaries: Handler = (exchange) =>
	listOf(exchange, exchange.state.collection(PIPELINES).rows, ({ id, name }) => {
		const count = dealsIn(exchange.state, stagesOf(exchange.state, id)).length;
		return { id: `summary-${id}`, pipeline_id: id, pipeline_name: name, stat_total_deal_count: count, stat_new_deal_count: count };
	});

const outcomes = (exchange: Exchange) =>
	(recordOf(exchange.state, PIPELINES, idOf(exchange)).outcomes ?? [
		{ value: 'WON', label: 'Won' },
		{ value: 'LOST', label: 'Lost' },
	]) as KeapRecord[];

const setOutcomes: Handler = (exchange) => {
	const pipeline = recordOf(exchange.state, PIPELINES, idOf(exchange));
	exchange.state.collection(PIPELINES).set(pipeline.id, { ...pipeline, outcomes: bodyOf(exchange).outcome_labels });
	return { status: 200, body: { outcome_labels: bodyOf(exchange).outcome_labels } };
};

const updateForm: Handler = (exchange) => {
	const pipeline = recordOf(exchange.state, PIPELINES, idOf(exchange));
	const groups = (bodyOf(exchange).groups as Fields[]).map((group, index) => ({ id: String(index + 1), ...group }));
	exchange.state.collection(PIPELINES).set(pipeline.id, { ...pipeline, groups });
	return { status: 200, body: { groups } };
};

const createStage: Handler = (exchange) => {
	const { state } = exchange;
	named(state, PIPELINES, bodyOf(exchange).pipeline_id, 'pipeline_id');
	return { status: 201, body: state.collection(STAGES).add({ id: newId('stage'), ...bodyOf(exchange) }) };
};

const updateStage: Handler = (exchange) => {
	const { state } = exchange;
	const { name, pipeline_id: pipeline } = { ...recordOf(state, STAGES, idOf(exchange)), ...masked(exchange) };
	named(state, PIPELINES, pipeline, 'pipeline_id');
	const next = { id: idOf(exchange), name, pipeline_id: pipeline };
	state.collection(STAGES).set(next.id, next);
	return { status: 200, body: next };
};

const deleteStage: Handler = (exchange) => {
	const { state, query } = exchange;
	const stage = recordOf(state, STAGES, idOf(exchange));
	moveDeals(state, [stage], query.new_stage_id);
	state.collection(STAGES).delete(stage.id);
	return { status: 204 };
};

const createDeal: Handler = (exchange) => {
	const { state, now } = exchange;
	const {
		contacts,
		owners,
		stage,
		owner_id: owner,
		...deal
	} = bodyOf(exchange) as {
		contacts: Array<{ id: string; primary_contact: boolean }>;
		owners: Array<{ id: string }>;
		stage: { id: string };
		owner_id?: string;
	};
	if (contacts.filter(({ primary_contact: primary }) => primary).length !== 1)
		throw badRequest('contacts must have one primary contact', 'contacts');
	for (const { id } of contacts) named(state, `${V2}/contacts`, id, 'contacts');
	for (const id of [...owners.map((one) => one.id), ...(owner === undefined ? [] : [owner])]) named(state, `${V2}/users`, id, 'owners');
	const stageId = named(state, STAGES, stage.id, 'stage');
	const record = {
		id: newId('deal'),
		...deal,
		contact_ids: contacts.map(({ id }) => id),
		owner_ids: owners.map(({ id }) => id),
		stage_id: stageId,
		stage_assignment_time: now,
	};
	return { status: 201, body: state.collection(DEALS).add(record) };
};

const moveByContacts: Handler = (exchange) => {
	const { state } = exchange;
	const {
		contact_ids: ids,
		from_stage: from,
		to_stage: to,
	} = bodyOf(exchange) as { contact_ids: string[]; from_stage: string; to_stage: string };
	named(state, STAGES, from, 'from_stage');
	named(state, STAGES, to, 'to_stage');
	const moving = state
		.collection(DEALS)
		.rows.filter((deal) => deal.stage_id === from && (deal.contact_ids as string[]).some((id) => ids.includes(id)));
	for (const deal of moving) state.collection(DEALS).set(deal.id, { ...deal, stage_id: to });
	return { status: 200, body: { moved_deal_ids: moving.map(({ id }) => id) } };
};

const addNote = ({ state, now }: Exchange, deal: string, note: Fields) =>
	state.collection(NOTES).add({ id: newId('note'), ...note, deal_id: deal, created_time: now, modified_time: now });

const createNotes: Handler = (exchange) => {
	const notes = bodyOf(exchange).create_note_requests as Array<Fields & { deal_id: string }>;
	if (notes.length === 0 || notes.length > 1_000)
		throw badRequest('create_note_requests must have 1 to 1000 notes', 'create_note_requests');
	const one = (note: Fields & { deal_id: string }) => {
		if (exchange.state.collection(DEALS).has(note.deal_id)) return { ...addNote(exchange, note.deal_id, note), create_success: true };
		return { ...note, create_success: false, error_message: `deal ${note.deal_id} does not exist` };
	};
	return { status: 201, body: { create_note_responses: notes.map(one) } };
};

const updateNote: Handler = (exchange) => {
	const note = { ...recordOf(exchange.state, NOTES, exchange.params.note_id ?? ''), ...bodyOf(exchange), modified_time: exchange.now };
	exchange.state.collection(NOTES).set(note.id, note);
	return { status: 200, body: note };
};

const updateCustomField: Handler = (exchange) => {
	const { deleted, ...field } = { ...recordOf(exchange.state, CUSTOM_FIELDS, idOf(exchange)), ...bodyOf(exchange) } as KeapRecord;
	if (deleted === true) exchange.state.collection(CUSTOM_FIELDS).delete(field.id);
	else exchange.state.collection(CUSTOM_FIELDS).set(field.id, field);
	return { status: 200, body: field };
};

/** Knows one expression: enough to see that text and time zone arrive. */
const dateExpressions: Handler = ({ query, now }) => {
	const at = (query.query ?? '').indexOf('tomorrow');
	const dates = [new Date(Date.parse(now) + 86_400_000).toISOString()];
	const result = {
		query: 'tomorrow',
		parse_start: at,
		parse_end: at + 8,
		date_inferred: false,
		time_inferred: true,
		result: { dates, chain: query.time_zone ?? 'UTC' },
		recurring: false,
		recurse_until: { dates: [], chain: '' },
	};
	return { status: 200, body: { results: at < 0 ? [] : [result] } };
};

const gets =
	(collection: string, param = 'id'): Handler =>
	({ state, params }) => ({ status: 200, body: recordOf(state, collection, params[param] ?? '') });
const deletes =
	(collection: string, param = 'id'): Handler =>
	({ state, params }) => {
		state.collection(collection).delete(recordOf(state, collection, params[param] ?? '').id);
		return { status: 204 };
	};
const api = (handlers: Readonly<Record<string, Handler>>) =>
	Object.fromEntries(Object.entries(handlers).map(([id, handler]) => [`v2-pipelines/${id}`, handler]));

export const PIPELINE_HANDLERS: Readonly<Record<string, Handler>> = api({
	countDealsInStage: (exchange) => ({
		status: 200,
		body: dealsIn(exchange.state, [recordOf(exchange.state, STAGES, idOf(exchange))]).length,
	}),
	create: createPipeline,
	create_1: createStage,
	createDeal,
	createNote: (exchange) => ({
		status: 201,
		body: addNote(exchange, recordOf(exchange.state, DEALS, idOf(exchange)).id, bodyOf(exchange)),
	}),
	createNotesBulk: createNotes,
	delete: deletePipeline,
	delete_1: deleteStage,
	deleteDeal: deletes(DEALS),
	deleteNote: deletes(NOTES, 'note_id'),
	get: (exchange) => ({ status: 200, body: showPipeline(exchange.state)(recordOf(exchange.state, PIPELINES, idOf(exchange))) }),
	get_1: gets(STAGES),
	getDeal: gets(DEALS),
	getDealCount: (exchange) => ({
		status: 200,
		body: dealsIn(exchange.state, stagesOf(exchange.state, recordOf(exchange.state, PIPELINES, idOf(exchange)).id)).length,
	}),
	getDisplayForm: (exchange) => ({ status: 200, body: { groups: recordOf(exchange.state, PIPELINES, idOf(exchange)).groups ?? [] } }),
	getNote: gets(NOTES, 'note_id'),
	getOutcomeLabels: (exchange) => listOf(exchange, outcomes(exchange)),
	list: (exchange) => listOf(exchange, exchange.state.collection(PIPELINES).rows, showPipeline(exchange.state)),
	list_1: (exchange) => listOf(exchange, exchange.state.collection(STAGES).rows),
	listDeals: (exchange) =>
		listOf(
			exchange,
			exchange.state.collection(DEALS).rows.filter((deal) => (deal.contact_ids as string[]).includes(exchange.params.contact_id ?? '')),
		),
	listNotes: (exchange) =>
		listOf(
			exchange,
			exchange.state.collection(NOTES).rows.filter(({ deal_id: deal }) => deal === recordOf(exchange.state, DEALS, idOf(exchange)).id),
		),
	listStageDeals: (exchange) => listOf(exchange, dealsIn(exchange.state, [recordOf(exchange.state, STAGES, idOf(exchange))])),
	listStages: (exchange) => listOf(exchange, stagesOf(exchange.state, recordOf(exchange.state, PIPELINES, idOf(exchange)).id)),
	listSummaries: summaries,
	moveDealsForContacts: moveByContacts,
	queryDateExpressions: dateExpressions,
	setOutcomeLabels: setOutcomes,
	update: updatePipeline,
	update_1: updateStage,
	updateCustomField,
	updateDisplayForm: updateForm,
	updateNote,
});
