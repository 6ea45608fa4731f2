import { entries } from '../../../nodes/shared/catalogue/fields/entries';
import * as fields from '../../../nodes/shared/catalogue/fields/fields';
import { inMajorUnits } from '../../../nodes/shared/catalogue/money/majorUnits';
import { money } from '../../../nodes/shared/catalogue/money/moneyField';
import { UNSTATED_UNITS } from '../../../nodes/shared/catalogue/money/units';
import type { Operation } from '../../../nodes/shared/catalogue/operation/types';
import { fieldSchema } from '../../sandbox/contract/schema';
import { allOperations, operationKey, type Schema } from '../../sandbox/contract/operations';
import { factOf } from '../contract/rows';
import { allVariants } from '../nodes';
import { answerProblems, formOf, type MoneyFact, moneyFacts, NOT_IN_FORMS, writingProblems } from './rowMoney';

const operationOf = new Map(allOperations().map((operation) => [operationKey(operation), operation]));

/** The type of a field by its path: `order_items[].price_per_unit`. */
const typeAt = (schema: Schema | undefined, path: string): Schema | undefined =>
	path.split('.').reduce<Schema | undefined>((type, part) => {
		const name = part.replace(/\[\]$/, '');
		const inner = name === '' ? type : fieldSchema(type, name);
		return part.endsWith('[]') && Array.isArray(inner) ? (inner[0] as Schema) : inner;
	}, schema);

const schemaOf = (fact: MoneyFact): Schema | undefined => {
	const { body, response } = operationOf.get(fact.operation) ?? {};
	return fact.in === 'body' ? body?.schema : response?.schema;
};

describe('the facts about money', () => {
	it('are all there, and each names a field that Keap has, of a type that fits', () => {
		expect(moneyFacts).toHaveLength(482);
		const wrong = moneyFacts.filter((fact) => {
			if (fact.in === 'filter')
				return !operationOf.get(fact.operation)?.query.some(({ name, fields: known }) => name === 'filter' && known?.includes(fact.field));
			const type = String(typeAt(schemaOf(fact), fact.field));
			return fact.unit === 'majorText' ? type !== 'string' : !/^(integer|number)/.test(type);
		});
		expect(wrong).toEqual([]);
	});

	it('are only those of whole numbers in the smallest unit, besides the price of a plan', () => {
		const decimals = moneyFacts.filter(
			(fact) => fact.in !== 'filter' && fact.unit === 'minor' && !/^integer/.test(String(typeAt(schemaOf(fact), fact.field))),
		);
		expect(decimals.map(({ operation, field }) => `${operation} ${field}`)).toEqual([
			'v2/createSubscriptionPlans plan_price',
			'v2/updateSubscriptionPlan plan_price',
		]);
	});

	it('name each family without a stated unit', () => {
		const unstated = new Set(moneyFacts.map(({ unit }) => unit).filter((unit) => unit in UNSTATED_UNITS));
		expect([...unstated].sort()).toEqual(Object.keys(UNSTATED_UNITS).sort());
		expect(moneyFacts.filter(({ unit }) => unit === 'interestPrice').map(formOf)).toEqual([
			UNSTATED_UNITS.interestPrice,
			UNSTATED_UNITS.interestPrice,
		]);
	});

	it('leave out of forms only what Keap has', () => {
		const known = new Set(moneyFacts.map(({ operation, field }) => `${operation} ${field}`));
		expect(Object.keys(NOT_IN_FORMS).filter((name) => !known.has(name))).toEqual([]);
	});
});

describe('every row', () => {
	it.each(allVariants)('$label $variant.value writes money in the unit of its operation', ({ operation }) =>
		expect(writingProblems(operation)).toEqual([]),
	);
	it.each(allVariants.filter(({ operation }) => operation.simplify))('$label shows money in the major unit', async ({ operation }) =>
		expect(await answerProblems(operation)).toEqual([]),
	);
});

describe('fields of money', () => {
	it('all belong to operations that a row offers', () => {
		const offered = new Set(
			allVariants.map(({ operation }) => factOf(operation.method, operation.path)).map((fact) => fact && operationKey(fact)),
		);
		expect(moneyFacts.filter(({ operation }) => !offered.has(operation))).toEqual([]);
	});
});

/** The checks above are only worth something if they find what is wrong. */
describe('a row that is wrong', () => {
	const row = (method: Operation['method'], path: string, own: Operation['fields'], more: Partial<Operation> = {}): Operation => ({
		value: 'do',
		name: 'Do',
		action: 'Do it',
		description: 'Do it',
		method,
		path: `/crm/rest/v2${path}`,
		fields: own,
		...more,
	});
	const price = (form: 'minor' | 'major') => money('price', 'Price', { form });
	const item = (form: 'minor' | 'major') =>
		entries('orderItems', 'Items', {
			singular: 'Item',
			members: [money('pricePerUnit', 'Price', { form }), money('costPerUnit', 'Cost', { form: 'major' })],
		});
	const expenses = (form: 'minor' | 'major') =>
		row('GET', '/leadSources/{lead_source_id}/expenses', [money('amount', 'Amount', { in: 'filter', form })], {
			answer: 'records',
			records: 'lead_source_expenses',
		});
	const product = (simplify: Operation['simplify']) =>
		row('GET', '/products', [], { answer: 'records', records: 'products', ...(simplify && { simplify }) });

	it.each<[string, Operation, string[]]>([
		['right: a price in cents', row('POST', '/products', [price('minor')]), []],
		['right: prices of items', row('POST', '/orders', [item('major')]), []],
		['right: a filter in cents', expenses('minor'), []],
		['right: an operation without money', row('GET', '/contacts', [fields.text('price', 'Price')]), []],
		['the wrong unit', row('POST', '/products', [price('major')]), ['price goes to Keap as minor, not as major']],
		[
			'the wrong unit in a list',
			row('POST', '/orders', [item('minor')]),
			['order_items[].price_per_unit goes to Keap as major, not as minor'],
		],
		['the wrong unit in a filter', expenses('major'), ['amount goes to Keap as minor, not as major']],
		['a number', row('POST', '/products', [fields.number('price', 'Price')]), ['price is money: make it a field of `money`']],
		['no field', row('PATCH', '/products/{product_id}', []), ['price in the body of v2/updateProduct has no field']],
		[
			'money where there is none',
			row('POST', '/products', [price('minor'), money('weight', 'Weight', { form: 'major' })]),
			['weight is no money by the facts'],
		],
	])('is found: %s', (_what, operation, problems) => expect(writingProblems(operation)).toEqual(problems));

	it('is found by what it shows', async () => {
		const shape = (record: object) => ({ ...record });
		expect(await answerProblems(product(inMajorUnits({ shape })))).toEqual([]);
		expect(await answerProblems(product({ shape }))).toEqual([
			'price.amount is shown in cents',
			'subscription_plans[].plan_price.amount is shown in cents',
		]);
		const halved = inMajorUnits({ shape }, { price_adjustment: 'minor' });
		expect(await answerProblems(product(halved))).toEqual(['options[].fixed_options[].price_adjustment is shown as a hundredth of itself']);
		expect(await answerProblems(product(undefined))).toEqual([]);
	});
});
