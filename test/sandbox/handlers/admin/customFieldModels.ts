import { ApiError, badRequest } from '../../errors';
import type { RecordStore } from '../../store/recordStore';
import type { SandboxState } from '../../store/state';
import { allOperations } from '../../contract/operations';
import { without } from '../../without';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { answerOne, bodyOf, type Fields, get, type Kind, remove, update } from '../commerce/crud';
import { checkGiven, checkNotBlank } from '../commerce/rules';
import { CHOICES } from '../customFieldRules';
import { modelOf } from '../recordModels';
import { checkReference, modelStore } from '../references';

const V2 = '/crm/rest/v2';

/** The folder of each kind, and what Keap calls its records. Tasks, notes and appointments share one set. */
const KINDS: Readonly<Record<string, string>> = {
	affiliates: 'REFERRAL_PARTNER',
	companies: 'COMPANY',
	contacts: 'CONTACT',
	notes: 'TASK_NOTE_APPOINTMENT',
	opportunities: 'OPPORTUNITY',
	orders: 'ORDER',
	subscriptions: 'SUBSCRIPTION',
	tasks: 'TASK_NOTE_APPOINTMENT',
};

/** The kind of the path: `/crm/rest/v2/{kind}/model/…`. */
const kindIn = ({ operation }: Pick<Exchange, 'operation'>): string => operation.path.split('/')[4] ?? '';
const folderOf = (kind: string): string => (kind === 'notes' ? 'tasks' : kind);

/** Every set begins with one tab and one group in it, both of this name. */
const FIRST = 'Custom Fields';

function withFirst(store: RecordStore, first: Fields): RecordStore {
	if (store.size === 0) store.add({ id: '1', name: FIRST, order: 1, ...first });
	return store;
}

const tabs = (state: SandboxState, kind: string) => withFirst(state.collection(`${V2}/${folderOf(kind)}/model/customFields/tabs`), {});
const groups = (state: SandboxState, kind: string) =>
	withFirst(state.collection(`${V2}/${folderOf(kind)}/model/customFields/groups`), { tab_id: '1' });

const conflict = (message: string) => new ApiError(409, message);

const TAB: Kind = {
	what: 'custom field tab',
	param: 'tab_id',
	store: (exchange) => tabs(exchange.state, kindIn(exchange)),
	check: (fields, exchange, before) => {
		if (!before) checkGiven(fields, 'name');
		checkNotBlank(fields, 'name');
		return before ? fields : { order: tabs(exchange.state, kindIn(exchange)).size + 1, ...fields };
	},
	view: (tab, exchange) => ({ ...tab, record_type: KINDS[kindIn(exchange as Exchange)] }),
	removed: (tab, exchange) => {
		if (groups(exchange.state, kindIn(exchange)).rows.some(({ tab_id: id }) => id === tab.id))
			throw conflict(`tab ${tab.id} has groups and can't be deleted`);
	},
};

const GROUP: Kind = {
	what: 'custom field group',
	param: 'group_id',
	store: (exchange) => groups(exchange.state, kindIn(exchange)),
	check: (fields, exchange, before) => {
		const kind = kindIn(exchange);
		if (!before) checkGiven(fields, 'name');
		checkNotBlank(fields, 'name');
		checkReference(fields, 'tab_id', tabs(exchange.state, kind));
		const first = tabs(exchange.state, kind).rows.find(({ name }) => name === FIRST);
		return before ? fields : { order: groups(exchange.state, kind).size + 1, tab_id: first?.id, ...fields };
	},
	view: (group, exchange) => ({ ...group, record_type: KINDS[kindIn(exchange as Exchange)] }),
	removed: (group, exchange) => {
		if (modelStore(exchange.state, kindIn(exchange)).rows.some(({ group_id: id }) => id === group.id))
			throw conflict(`group ${group.id} has fields and can't be deleted`);
	},
};

type Option = { id?: string; label?: string };

/** Options without an id are new ones. */
function withIds(options: readonly Option[], known: readonly Option[] = []): Option[] {
	let last = Math.max(0, ...known.map(({ id }) => Number(id)));
	return options.map(({ id, label }) => ({ id: id ?? String((last += 1)), label }));
}

/** A field as answers give it. Its group's name is looked up, for groups are renamed. */
const fieldView = (field: KeapRecord, exchange: Pick<Exchange, 'state' | 'operation'>): Fields => {
	return {
		default_value: '',
		...without(field, 'create_time', 'update_time', 'user_group_id'),
		group_name: groups(exchange.state, kindIn(exchange)).get(String(field.group_id))?.name ?? '',
		record_type: KINDS[kindIn(exchange)],
	};
};

const FIELD: Kind = {
	what: 'custom field',
	param: 'custom_field_id',
	store: (exchange) => modelStore(exchange.state, kindIn(exchange)),
	check: (fields, exchange, before) => {
		checkNotBlank(fields, 'label');
		checkReference(fields, 'group_id', groups(exchange.state, kindIn(exchange)));
		const { options } = fields as { options?: Option[] };
		if (before) return { ...fields, ...(options && { options: withIds(options, (before.options ?? []) as Option[]) }) };
		if (CHOICES[String(fields.field_type)] && !options?.length)
			throw badRequest(`options are required for ${String(fields.field_type)}`, 'options');
		const name = String(fields.label).replace(/\W/g, '');
		return { group_id: '1', ...fields, field_name: name, options: withIds(options ?? []) };
	},
	view: fieldView as NonNullable<Kind['view']>,
	removed: (field, exchange) => forgetValues(field.id, exchange),
};

/** The values of a field go with it. */
function forgetValues(id: string, { state, ...exchange }: Exchange): void {
	const kind = kindIn(exchange);
	const paths = folderOf(kind) === 'tasks' ? [`${V2}/tasks`, `${V2}/notes`, '/crm/rest/v1/appointments'] : [`${V2}/${kind}`];
	for (const path of paths) {
		const store = state.collection(path);
		for (const record of [...store.rows]) {
			const values = (record.custom_fields ?? []) as Array<{ id: string }>;
			if (values.some((value) => value.id === id))
				store.set(record.id, { ...record, custom_fields: values.filter((value) => value.id !== id) });
		}
	}
}

const createField: Handler = (exchange) => {
	const fields = FIELD.check?.(bodyOf(exchange), exchange) ?? {};
	const field = fieldView(FIELD.store(exchange).add({ ...fields, create_time: exchange.now }), exchange);
	// Tasks wrap theirs, and they alone.
	return { status: 201, body: kindIn(exchange) === 'tasks' ? { custom_field: field } : field };
};

const plainView = (kind: Kind, record: KeapRecord, exchange: Exchange): Fields =>
	without(kind.view?.(record, exchange) ?? record, 'create_time', 'update_time');

/** All of them, without pages; groups may be asked for by their tab. */
const listAll =
	(kind: Kind, name: 'tabs' | 'groups'): Handler =>
	(exchange) => {
		const { tab_id: tab } = exchange.query;
		const rows = kind.store(exchange).rows.filter(({ tab_id: id }) => tab === undefined || id === tab);
		return { status: 200, body: { [name]: rows.map((one) => plainView(kind, one, exchange)) } };
	};

const createIn =
	(kind: Kind): Handler =>
	(exchange) =>
		answerOne(kind, kind.store(exchange).add({ ...kind.check?.(bodyOf(exchange), exchange), create_time: exchange.now }), exchange);

/** Which handler each operation below `/{kind}/model` has; their ids follow no rule, their paths do. */
const BELOW: Readonly<Record<string, Handler>> = {
	'POST /customFields': createField,
	'PATCH /customFields/{custom_field_id}': update(FIELD),
	'DELETE /customFields/{custom_field_id}': remove(FIELD),
	'GET /customFields/tabs': listAll(TAB, 'tabs'),
	'POST /customFields/tabs': createIn(TAB),
	'GET /customFields/tabs/{tab_id}': get(TAB),
	'PATCH /customFields/tabs/{tab_id}': update(TAB),
	'DELETE /customFields/tabs/{tab_id}': remove(TAB),
	'GET /customFields/groups': listAll(GROUP, 'groups'),
	'POST /customFields/groups': createIn(GROUP),
	'GET /customFields/groups/{group_id}': get(GROUP),
	'PATCH /customFields/groups/{group_id}': update(GROUP),
	'DELETE /customFields/groups/{group_id}': remove(GROUP),
};

/** Models of kinds that have nothing of their own to say there. */
const PLAIN_MODELS = new Set(['affiliates', 'orders', 'subscriptions']);

const handlersBelow = (): Record<string, Handler> =>
	Object.fromEntries(
		allOperations().flatMap(({ api, id, method, path }) => {
			const [, kind = '', below = ''] = /^\/crm\/rest\/v2\/(\w+)\/model(\/.*)?$/.exec(path) ?? [];
			if (api !== 'v2' || !(kind in KINDS)) return [];
			const handler = below === '' ? (PLAIN_MODELS.has(kind) ? modelOf(kind, ['custom_fields']) : undefined) : BELOW[`${method} ${below}`];
			return handler ? [[`v2/${id}`, handler] as const] : [];
		}),
	);

/** Version 1 writes types in words of its own, and has the options of a choice inside each other. */
const inV1 = (field: KeapRecord) => ({
	id: Number(field.id),
	label: field.label,
	field_name: field.field_name,
	default_value: '',
	options: ((field.options ?? []) as Option[]).map(({ id, label }) => ({ id: String(id), label, options: [] })),
});

const appointmentFields = (state: SandboxState) => modelStore(state, 'tasks');

const appointmentModel: Handler = ({ state }) => ({
	status: 200,
	body: { custom_fields: appointmentFields(state).rows.map(inV1), optional_properties: [] },
});

const createForAppointments: Handler = ({ state, body, now }) => {
	const { label, field_type: type, options = [], group_id: group = 1 } = body as Fields & { options?: Option[] };
	checkNotBlank({ label }, 'label');
	checkReference({ group_id: String(group) }, 'group_id', groups(state, 'tasks'));
	const field = appointmentFields(state).add({
		label,
		field_type: String(type)
			.replace(/(?<=[a-z])(?=[A-Z])/g, '_')
			.toUpperCase(),
		field_name: String(label).replace(/\W/g, ''),
		group_id: String(group),
		options: withIds(options),
		create_time: now,
	});
	return { status: 201, body: inV1(field) };
};

export const CUSTOM_FIELD_HANDLERS: Readonly<Record<string, Handler>> = {
	...handlersBelow(),
	'v1/getAppointmentsModel': appointmentModel,
	'v1/postAppointmentsModelCustomFields': createForAppointments,
};
