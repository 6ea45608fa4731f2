import { badRequest, notFound } from '../../errors';
import type { Exchange, Handler } from '../../types';
import { shown } from '../generic';
import { checkReference } from '../references';
import { bodyOf, crud, type Fields, type Kind, recordOf } from './crud';
import { toMinor } from './money';
import { categories, plans, products } from './places';
import { checkGiven, checkLeast, checkNotBlank, checkPercent } from './rules';

/** What a criterion of each type has; all of it is needed. */
const OF_TYPE: Readonly<Record<string, readonly string[]>> = {
	DATE_RANGE: ['range_start_time', 'range_end_time'],
	PROMO_CODE: ['code'],
	PRODUCT: ['product_id', 'product_quantity_min', 'product_quantity_max'],
	SUBSCRIPTION_PLAN: ['plan_id', 'subscription_quantity'],
	ORDER_TOTAL: ['total_amount', 'operator'],
};

/** How the five kinds of discount differ. */
interface Differences {
	/** The folder, and the beginning of the ids of its operations. */
	readonly path: string;
	readonly name: string;
	/** What comes beyond the types' own rules. */
	readonly check?: (fields: Fields, exchange: Exchange) => void;
	/** Changed criteria are named by their ids; or, for product categories, given anew with their types. */
	readonly criteriaAnew?: boolean;
	readonly view?: (fields: Fields) => Fields;
}

function checkCriterion(fields: Fields, { state }: Exchange): Fields {
	checkGiven(fields, 'type');
	const own = OF_TYPE[String(fields.type)] ?? [];
	checkGiven(fields, ...own);
	const alien = Object.keys(fields).find((name) => !['type', 'criteria_id', ...own].includes(name));
	if (alien !== undefined) throw badRequest(`${alien} does not belong to a criterion of the type ${String(fields.type)}`, alien);
	checkNotBlank(fields, 'code');
	checkReference(fields, 'product_id', products(state));
	checkReference(fields, 'plan_id', plans(state));
	checkLeast(fields, 1, 'product_quantity_min', 'product_quantity_max', 'subscription_quantity');
	checkLeast(fields, 0, 'total_amount');
	if (fields.total_amount !== undefined) toMinor(state, Number(fields.total_amount), 'total_amount');
	return fields;
}

type Criterion = Fields & { criteria_id: string };

const criteriaOf = (discount: Fields): Criterion[] => (discount.criteria ?? []) as Criterion[];

const newCriterion = (fields: Fields, exchange: Exchange): Criterion => ({
	...checkCriterion(fields, exchange),
	criteria_id: exchange.state.collection('/crm/rest/v2/discounts/criteria').add({}).id,
});

/** Changes the criteria that are named; there is no other way to reach one. */
function changedCriteria(given: readonly Criterion[], known: readonly Criterion[], exchange: Exchange): Criterion[] {
	const unknown = given.find(({ criteria_id: id }) => known.every((one) => one.criteria_id !== id));
	if (unknown) throw badRequest(`criteria_id: ${unknown.criteria_id} does not exist`, 'criteria_id');
	return known.map((one) => {
		const change = given.find(({ criteria_id: id }) => id === one.criteria_id);
		return change ? (checkCriterion({ ...one, ...change }, exchange) as Criterion) : one;
	});
}

function checkValue({ discount_type: type, discount_value: value }: Fields, { state }: Exchange): void {
	if (value === undefined) return;
	if (type === 'PERCENT') checkPercent({ discount_value: value }, 'discount_value');
	else {
		checkLeast({ discount_value: value }, 0, 'discount_value');
		toMinor(state, Number(value), 'discount_value');
	}
}

const kindOf = ({ path, name, check, criteriaAnew, view }: Differences): Kind => ({
	what: `${name} discount`,
	param: 'discount_id',
	store: ({ state }) => state.collection(`/crm/rest/v2/discounts/${path}`),
	check: (fields, exchange, before) => {
		checkNotBlank(fields, 'name');
		check?.(fields, exchange);
		checkValue({ ...before, ...fields }, exchange);
		const given = fields.criteria as Criterion[] | undefined;
		if (given === undefined) return before ? fields : { ...fields, criteria: [] };
		const isNew = before === undefined || criteriaAnew === true;
		const criteria = isNew ? given.map((one) => newCriterion(one, exchange)) : changedCriteria(given, criteriaOf(before), exchange);
		return { ...fields, criteria };
	},
	...(view && { view }),
});

const addCriterion =
	(kind: Kind): Handler =>
	(exchange) => {
		const discount = recordOf(kind, exchange);
		const criterion = newCriterion(bodyOf(exchange), exchange);
		kind.store(exchange).set(discount.id, { ...discount, criteria: [...criteriaOf(discount), criterion] });
		return { status: 201, body: shown(criterion, exchange.operation.response?.schema) };
	};

const removeCriterion =
	(kind: Kind): Handler =>
	(exchange) => {
		const discount = recordOf(kind, exchange);
		const id = exchange.params.criteria_id ?? '';
		const left = criteriaOf(discount).filter((one) => one.criteria_id !== id);
		if (left.length === criteriaOf(discount).length) throw notFound('criterion', id);
		kind.store(exchange).set(discount.id, { ...discount, criteria: left });
		return { status: 204 };
	};

const KINDS: readonly Differences[] = [
	{ path: 'shipping', name: 'Shipping' },
	{ path: 'products', name: 'Product', check: (fields, { state }) => checkReference(fields, 'product_id', products(state)) },
	{
		path: 'productCategories',
		name: 'Category',
		criteriaAnew: true,
		check: (fields, { state }) => {
			checkPercent(fields, 'discount_percent');
			const ids = fields.product_category_ids as string[] | undefined;
			if (ids?.length === 0) throw badRequest('product_category_ids must not be empty', 'product_category_ids');
			for (const id of ids ?? []) checkReference({ product_category_ids: id }, 'product_category_ids', categories(state));
		},
		view: ({ product_category_ids: ids, ...discount }) => ({ ...discount, product_categories: ids }),
	},
	{ path: 'orderTotals', name: 'OrderTotal' },
	{
		path: 'freeTrials',
		name: 'FreeTrial',
		check: (fields, { state }) => {
			checkReference(fields, 'subscription_plan_id', plans(state));
			checkLeast(fields, 0, 'free_trial_days');
		},
	},
];

export const DISCOUNT_HANDLERS: Readonly<Record<string, Handler>> = Object.assign(
	{},
	...KINDS.map((differences): Record<string, Handler> => {
		const kind = kindOf(differences);
		const { name } = differences;
		if (differences.path === 'productCategories')
			Object.assign(kind, { readers: { product_category_id: (discount: Fields) => (discount.product_category_ids ?? []) as string[] } });
		return {
			...crud(kind, {
				list: `list${name}Discounts`,
				create: `create${name}Discount`,
				get: `get${name}Discount`,
				update: `update${name}Discount`,
				remove: `delete${name}Discount`,
			}),
			[`v2/create${name}DiscountCriteria`]: addCriterion(kind),
			[`v2/delete${name}DiscountCriteria`]: removeCriterion(kind),
		};
	}),
) as Record<string, Handler>;
