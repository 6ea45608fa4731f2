import { badRequest, notFound } from '../../errors';
import type { RecordStore } from '../../store/recordStore';
import type { SandboxState } from '../../store/state';
import { without } from '../../without';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { shown } from '../generic';
import { bodyOf, crud, type Fields, type Kind, recordOf } from '../commerce/crud';
import { toMajor, toMinor } from '../commerce/money';
import { plans, products } from '../commerce/places';
import { checkGiven, checkLeast, checkNotBlank, checkPercent } from '../commerce/rules';
import { checkReference } from '../references';

export const programs = (state: SandboxState): RecordStore => state.collection('/crm/rest/v2/affiliates/commissionPrograms');

/** Made and changed it answers in short; read it answers in full, and there the priority is a text. */
const PROGRAM: Kind = {
	what: 'commission program',
	param: 'commission_program_id',
	store: ({ state }) => programs(state),
	readers: {
		affiliate_id: ({ affiliate_ids: ids }) => (ids ?? []) as string[],
		date_created: ({ create_time: time }) => [time],
	},
	check: (fields, _exchange, before) => {
		checkNotBlank(fields, 'name');
		return before ? fields : { affiliate_ids: [], ...fields };
	},
};

const inFull = (program: KeapRecord): KeapRecord => ({ ...program, priority: String(program.priority) });
const READ: Kind = { ...PROGRAM, view: inFull, listView: inFull };

const LEVELS = ['level_1', 'level_2', 'unused'];
type Commission = Fields;

/** Amounts and percentages come as texts, and go as numbers. */
function numbersIn(fields: Fields, state: SandboxState): Fields {
	const entries = Object.entries(fields).map(([name, value]): [string, unknown] => {
		if (LEVELS.includes(name)) return [name, numbersIn(value as Fields, state)];
		const isAmount = /amount/.test(name);
		if (!isAmount && !/percent/.test(name)) return [name, value];
		if (!/^\d+(\.\d+)?$/.test(String(value)))
			throw badRequest(`${name} must be a number of 0 or more as text, not "${String(value)}"`, name);
		if (isAmount) toMinor(state, Number(value), name);
		else checkPercent({ [name]: Number(value) }, name);
		return [name, Number(value)];
	});
	return Object.fromEntries(entries);
}

/** The default commission, one for each product, and one for each plan. */
interface Place {
	readonly list: 'product_commissions' | 'subscription_commissions';
	/** What identifies one. */
	readonly key: 'product_id' | 'subscription_id';
	readonly more: (fields: Fields, state: SandboxState) => Fields;
}

const PRODUCTS: Place = {
	list: 'product_commissions',
	key: 'product_id',
	more: ({ product_id: id }, state) => {
		checkReference({ product_id: id }, 'product_id', products(state));
		const product = products(state).get(String(id));
		return { product_name: product?.name, product_price: toMajor(state, Number(product?.price)) };
	},
};

const SUBSCRIPTIONS: Place = {
	list: 'subscription_commissions',
	key: 'subscription_id',
	more: ({ subscription_id: id }, state) => {
		checkReference({ subscription_id: id }, 'subscription_id', plans(state));
		const plan = plans(state).get(String(id));
		return { name: products(state).get(String(plan?.product_id))?.name, plan_price: toMajor(state, Number(plan?.plan_price)) };
	},
};

const commissionsIn = (program: KeapRecord, { list }: Place): Commission[] => (program[list] ?? []) as Commission[];

function save(program: KeapRecord, change: Fields, exchange: Exchange) {
	const next: KeapRecord = { ...program, ...change };
	programs(exchange.state).set(program.id, next);
	return {
		status: exchange.operation.status?.[0] ?? 200,
		body: shown(inFull(next), exchange.operation.response?.schema),
	};
}

/** What is written of a commission, over what there is. */
function written(exchange: Exchange, before: Fields = {}): Fields {
	const mask = exchange.query.update_mask?.split(',');
	const given = Object.fromEntries(Object.entries(bodyOf(exchange)).filter(([name]) => mask?.includes(name) ?? true));
	return { ...before, ...numbersIn(given, exchange.state) };
}

const writeDefault: Handler = (exchange) => {
	const program = recordOf(PROGRAM, exchange);
	const isNew = exchange.operation.method === 'POST';
	return save(program, { default_commission: written(exchange, isNew ? {} : (program.default_commission as Fields)) }, exchange);
};

const assign =
	(place: Place): Handler =>
	(exchange) => {
		const program = recordOf(PROGRAM, exchange);
		const fields = written(exchange);
		checkGiven(fields, place.key);
		const others = commissionsIn(program, place).filter((one) => one[place.key] !== fields[place.key]);
		return save(program, { [place.list]: [...others, { ...fields, ...place.more(fields, exchange.state) }] }, exchange);
	};

const change =
	(place: Place): Handler =>
	(exchange) => {
		const program = recordOf(PROGRAM, exchange);
		const { [place.key]: id } = bodyOf(exchange);
		checkGiven(bodyOf(exchange), place.key);
		const before = commissionsIn(program, place).find((one) => one[place.key] === id);
		if (!before) throw notFound('commission', String(id));
		const next = { ...written(exchange, before), [place.key]: id };
		const list = commissionsIn(program, place).map((one) => (one === before ? next : one));
		return save(program, { [place.list]: list }, exchange);
	};

/** Taken out by the product; for a plan, by the product and the plan. */
const takeOut =
	(place: Place, param: string, ...needed: string[]): Handler =>
	(exchange) => {
		const program = recordOf({ ...PROGRAM, param: 'commission_id' }, exchange);
		const fields = bodyOf(exchange);
		checkGiven(fields, ...needed);
		const left = commissionsIn(program, place).filter((one) => one[place.key] !== fields[param]);
		if (left.length === commissionsIn(program, place).length) throw notFound('commission', String(fields[param]));
		programs(exchange.state).set(program.id, { ...program, [place.list]: left });
		return { status: 200 };
	};

const RESOURCE: Kind = {
	what: 'resource',
	param: 'resource_id',
	store: ({ state }) => state.collection('/crm/rest/v2/affiliates/commissionPrograms/resources'),
	belongs: ({ commission_program_ids: ids }, { params }) =>
		params.commission_program_id === undefined || (ids as string[]).includes(params.commission_program_id),
	check: (fields, { state }) => {
		checkNotBlank(fields, 'title');
		checkLeast(fields, 1, 'page_width', 'page_height');
		const ids = fields.commission_program_ids as string[] | undefined;
		if (ids?.length === 0) throw badRequest('commission_program_ids must not be empty', 'commission_program_ids');
		for (const id of ids ?? []) checkReference({ commission_program_ids: id }, 'commission_program_ids', programs(state));
		return fields;
	},
	view: ({ commission_program_ids: ids, ...resource }) => ({
		...resource,
		commission_programs: ((ids ?? []) as string[]).map((commission_program_id) => ({ commission_program_id })),
	}),
};

/** No paging: the answer has a token that no parameter takes. */
const listResources: Handler = (exchange) => {
	recordOf(PROGRAM, exchange);
	const rows = RESOURCE.store(exchange).rows.filter((one) => RESOURCE.belongs?.(one, exchange));
	const resources = rows.map((one) => without(RESOURCE.view?.(one, exchange) ?? one, 'create_time', 'update_time'));
	return { status: 200, body: { resources, next_page_token: '' } };
};

export const COMMISSION_PROGRAM_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(PROGRAM, { create: 'addCommissionProgram', update: 'updateCommissionProgram', remove: 'deleteAffiliateCommissionProgram' }),
	...crud(READ, { list: 'listAffiliateCommissionPrograms', get: 'getCommissionProgram' }),
	...crud(RESOURCE, {
		create: 'addCommissionProgramResource',
		update: 'updateCommissionProgramResource',
		remove: 'deleteCommissionProgramResource',
	}),
	'v2/assignProductCommissionProgram': assign(PRODUCTS),
	'v2/assignSubscriptionCommissionProgram': assign(SUBSCRIPTIONS),
	'v2/createDefaultCommissionProgram': writeDefault,
	'v2/listCommissionProgramResources': listResources,
	'v2/removeProductCommissionFromCommissions': takeOut(PRODUCTS, 'product_id', 'product_id'),
	'v2/removeSubscriptionPlanCommissionFromCommissions': takeOut(
		SUBSCRIPTIONS,
		'subscription_plan_id',
		'product_id',
		'subscription_plan_id',
	),
	'v2/updateDefaultCommissionProgram': writeDefault,
	'v2/updateProductCommissionProgram': change(PRODUCTS),
	'v2/updateSubscriptionCommissionProgram': change(SUBSCRIPTIONS),
};
