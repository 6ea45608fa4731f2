import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allOperations } from './contract/operations';
import { handlerOf } from './handlers';
import { bench } from './support';

const keap = bench();

const cents = (amount: number) => expect.objectContaining({ amount, currency_code: 'USD' }) as unknown;

test('every operation that the package must offer has a handler here', () => {
	const wanted = readFileSync(join(__dirname, '../contract/coverage.txt'), 'utf8').trim().split('\n');
	const missing = wanted.filter((line) => {
		const [method, path] = line.split(' ');
		const operation = allOperations().find((one) => one.method === method && one.path === path);
		try {
			return operation === undefined || typeof handlerOf(operation) !== 'function';
		} catch {
			return true;
		}
	});
	expect(missing).toEqual([]);
});

interface Case {
	what: string;
	path: string;
	body: Record<string, unknown>;
	/** What the answer to the creation holds besides. */
	made: Record<string, unknown>;
	/** A change with its mask, and what the answer holds then. */
	change?: Record<string, unknown>;
	mask?: string | false;
	changed?: Record<string, unknown>;
	/** Whether one can be read alone, deleted, and listed. */
	without?: ReadonlyArray<'get' | 'delete' | 'list' | 'update'>;
	/** Bodies that are refused, and by which word. */
	refused?: ReadonlyArray<[body: Record<string, unknown>, says: string]>;
}

const CLUB = { product: '4', month: '1' };
const MONEY = { discount_type: 'AMOUNT', discount_value: 5.5 };
const PROMO = { type: 'PROMO_CODE', code: 'RYE' };

const CASES: readonly Case[] = [
	{
		what: 'product',
		path: '/products',
		body: { name: 'Baguette', price: 275, short_description: 'Thin', inventory: { inventory_count: 7, inventory_limit: 2 } },
		made: { price: cents(275), active: true, inventory: { inventory_count: 7, inventory_limit: 2 }, options: [], subscription_plans: [] },
		change: { price: 300, inventory_limit: 3 },
		changed: { price: cents(300), inventory: { inventory_count: 7, inventory_limit: 3 }, name: 'Baguette' },
		refused: [
			[{ name: 'X', price: 1 }, 'short_description is required'],
			[{ name: ' ', price: 1, short_description: 'x' }, 'name must not be blank'],
			[{ name: 'X', price: 2.5, short_description: 'x' }, 'price must be an integer'],
			[{ name: 'X', price: -1, short_description: 'x' }, 'price must be'],
		],
	},
	{
		what: 'plan',
		path: `/products/${CLUB.product}/subscriptions`,
		body: { cycle_type: 'WEEKLY', plan_price: 350 },
		made: { cycle_type: 'WEEKLY', plan_price: cents(350), frequency: 1, total_cycles: 0, active: true },
		change: { cycle_type: 'DAILY', plan_price: 400, active: false },
		mask: 'active',
		changed: { active: false, plan_price: cents(350), cycle_type: 'WEEKLY' },
		refused: [
			[{ cycle_type: 'MONTHLY', plan_price: 12.5 }, 'plan_price must be a whole number'],
			[{ plan_price: 5 }, 'cycle_type is required'],
			[{ cycle_type: 'MONTHLY', plan_price: 5, frequency: 0 }, 'frequency must be'],
		],
	},
	{
		what: 'product option',
		path: '/products/1/options',
		body: { option_type: 'TEXT', option_label: 'Engraving', text_rules: { maximum_characters: 12 } },
		made: { option_type: 'TEXT', required: false, text_rules: { maximum_characters: 12 } },
		change: { maximum_characters: 20 },
		changed: { text_rules: { maximum_characters: 20 }, option_label: 'Engraving' },
		refused: [
			[{ option_label: 'X' }, 'option_type is required'],
			[{ option_type: 'TEXT', list_items: [{ item_label: 'S' }] }, 'list_items belong to an option of the type LIST'],
		],
	},
	{
		what: 'product category',
		path: '/productCategories',
		body: { name: 'Cakes', parent_category_id: '1' },
		made: { parent_category_id: '1' },
		change: { name: 'Pies' },
		changed: { name: 'Pies', parent_category_id: '1' },
		refused: [[{ name: 'X', parent_category_id: '99' }, 'parent_category_id: 99 does not exist']],
	},
	{
		what: 'product interest bundle',
		path: '/productInterestBundles',
		body: { name: 'Wedding', description: 'Cake and bread' },
		made: { product_interests: [], subscription_plan_interests: [] },
		change: { description: 'All of it' },
		changed: { name: 'Wedding', description: 'All of it' },
		refused: [[{ name: 'X' }, 'description is required']],
	},
	{
		what: 'shipping discount',
		path: '/discounts/shipping',
		body: { name: 'Free shipping', ...MONEY, criteria: [PROMO] },
		made: { ...MONEY, criteria: [{ ...PROMO, criteria_id: '1' }] },
		change: { discount_type: 'PERCENT', discount_value: 100 },
		changed: { discount_type: 'PERCENT', discount_value: 100 },
		refused: [
			[{ name: 'X', discount_type: 'PERCENT', discount_value: 101 }, 'discount_value must be 0 to 100'],
			[{ name: 'X', ...MONEY, apply_to_commissions: true }, 'apply_to_commissions is not a known field'],
			[{ name: 'X', ...MONEY, criteria: [{ type: 'PROMO_CODE' }] }, 'code is required'],
			[{ name: 'X', ...MONEY, criteria: [{ ...PROMO, product_id: '1' }] }, 'product_id does not belong to a criterion'],
		],
	},
	{
		what: 'product discount',
		path: '/discounts/products',
		body: { name: 'Rye week', ...MONEY, product_id: '1' },
		made: { product_id: '1', criteria: [] },
		change: { product_id: '2' },
		changed: { product_id: '2' },
		refused: [[{ name: 'X', ...MONEY, product_id: '99' }, 'product_id: 99 does not exist']],
	},
	{
		what: 'category discount',
		path: '/discounts/productCategories',
		body: { name: 'Bread', apply_to_commissions: true, discount_percent: 12.5, product_category_ids: ['1'], criteria: [PROMO] },
		made: { discount_percent: 12.5, product_categories: ['1'] },
		change: { criteria: [{ type: 'PROMO_CODE', code: 'NEW' }] },
		changed: { criteria: [{ type: 'PROMO_CODE', code: 'NEW', criteria_id: '2' }] },
		refused: [
			[{ name: 'X', apply_to_commissions: true, discount_percent: 101, product_category_ids: ['1'] }, 'discount_percent must be 0 to 100'],
			[{ name: 'X', apply_to_commissions: true, discount_percent: 1, product_category_ids: ['99'] }, '99 does not exist'],
			[{ name: 'X', discount_percent: 1, product_category_ids: ['1'] }, 'apply_to_commissions is required'],
		],
	},
	{
		what: 'order total discount',
		path: '/discounts/orderTotals',
		body: {
			name: 'Big orders',
			...MONEY,
			discount_strategy: 'NET',
			criteria: [{ type: 'ORDER_TOTAL', total_amount: 100, operator: 'GREATER_THAN' }],
		},
		made: { discount_strategy: 'NET', criteria: [{ type: 'ORDER_TOTAL', total_amount: 100, operator: 'GREATER_THAN', criteria_id: '1' }] },
		change: { criteria: [{ criteria_id: '1', total_amount: 150 }] },
		changed: { criteria: [{ type: 'ORDER_TOTAL', total_amount: 150, operator: 'GREATER_THAN', criteria_id: '1' }] },
		refused: [[{ name: 'X', ...MONEY, criteria: [{ type: 'ORDER_TOTAL', total_amount: 5 }] }, 'operator is required']],
	},
	{
		what: 'free trial discount',
		path: '/discounts/freeTrials',
		body: { name: 'A month free', subscription_plan_id: CLUB.month, free_trial_days: 30 },
		made: { subscription_plan_id: '1', free_trial_days: 30 },
		change: { free_trial_days: 14 },
		changed: { free_trial_days: 14 },
		refused: [[{ name: 'X', subscription_plan_id: '99' }, 'subscription_plan_id: 99 does not exist']],
	},
	{
		what: 'affiliate',
		path: '/affiliates',
		body: { code: 'ada1', contact_id: '1', name: 'Ada', password: 'secret' },
		made: { code: 'ada1', status: 'INACTIVE', contact_id: '1' },
		change: { code: 'ad' },
		changed: { code: 'ad', name: 'Ada' },
		refused: [
			[{ code: 'ada', contact_id: '1' }, 'code must'],
			[{ code: '1ada', contact_id: '1' }, 'code must'],
			[{ code: 'a da', contact_id: '1' }, 'code must'],
			[{ code: 'ada1', contact_id: '999' }, 'contact_id: 999 does not exist'],
		],
	},
	{
		what: 'redirect link',
		path: '/affiliates/redirects',
		body: { name: 'Home', code: 'home', website_address: 'https://bakery.example', program_ids: ['1'] },
		made: { program_ids: ['1'] },
		change: { name: 'Home', code: 'home', website_address: 'https://bakery.example/new' },
		mask: false,
		changed: { website_address: 'https://bakery.example/new' },
		refused: [[{ name: 'X', code: 'x' }, 'website_address is required']],
	},
	{
		what: 'commission program',
		path: '/affiliates/commissionPrograms',
		body: { name: 'Bakers', priority: 3 },
		made: { priority: 3 },
		change: { priority: 4 },
		changed: { priority: 4 },
		refused: [[{ name: 'X' }, 'priority is required']],
	},
	{
		what: 'resource of a program',
		path: '/affiliates/commissionPrograms/resources',
		body: { title: 'Banner', type: 'BANNER', commission_program_ids: ['1'] },
		made: { commission_programs: [{ commission_program_id: '1' }] },
		change: { title: 'Large banner' },
		changed: { title: 'Large banner', type: 'BANNER' },
		without: ['get', 'list'],
		refused: [[{ title: 'X', type: 'PAGE', commission_program_ids: ['99'] }, '99 does not exist']],
	},
	{
		what: 'referral',
		path: '/referrals',
		body: { contact_id: '2', source: 'Fair' },
		made: { contact_id: '2', referral_type: 'MANUAL' },
		without: ['get', 'delete', 'update'],
		refused: [[{ contact_id: '2', referral_partner_id: '99' }, 'referral_partner_id: 99 does not exist']],
	},
	{
		what: 'lead source',
		path: '/leadSources',
		body: { name: 'Podcast', medium: 'Audio' },
		made: { status: 'ACTIVE' },
		change: { medium: 'Radio' },
		changed: { name: 'Podcast', medium: 'Radio' },
		refused: [[{ name: 'X', lead_source_category_id: '99' }, '99 does not exist']],
	},
	{
		what: 'lead source expense',
		path: '/leadSources/801/expenses',
		body: { title: 'Stand', amount: 22550 },
		made: { amount: cents(22550), lead_source_id: '801' },
		change: { amount: 100 },
		changed: { amount: cents(100), title: 'Stand' },
		refused: [
			[{ title: 'X', amount: 2.5 }, 'amount must be an integer'],
			[{ title: 'X', amount: -1 }, 'amount must be'],
		],
	},
	{
		what: 'lead source recurring expense',
		path: '/leadSources/801/recurringExpenses',
		body: { title: 'Ads', amount: 10000, start_time: '2026-01-01T00:00:00Z' },
		made: { amount: cents(10000), lead_source_id: '801' },
		change: { title: 'Adverts' },
		changed: { title: 'Adverts', amount: cents(10000) },
		refused: [[{ amount: 1, start_time: '2026-02-01T00:00:00Z', end_time: '2026-01-01T00:00:00Z' }, 'end_time must not be before']],
	},
	{
		what: 'lead source category',
		path: '/leadSourceCategories',
		body: { name: 'Fairs' },
		made: { name: 'Fairs' },
		change: { name: 'Shows' },
		changed: { name: 'Shows' },
		refused: [[{ name: ' ' }, 'name must not be blank']],
	},
	{
		what: 'order item',
		path: '/orders/1/items',
		body: { product_id: '1', quantity: 3 },
		made: {
			item_type: 'PRODUCT',
			name: 'Rye bread',
			quantity: 3,
			price_per_unit: cents(450),
			product: expect.objectContaining({ id: '1' }) as unknown,
		},
		change: { price_per_unit: 4.25 },
		changed: { price_per_unit: cents(425), quantity: 3 },
		without: ['list'],
		refused: [
			[{ product_id: '1' }, 'quantity is required'],
			[{ product_id: '1', quantity: 0 }, 'quantity must be'],
			[{ product_id: '1', quantity: 1.5 }, 'quantity must be an integer'],
			[{ quantity: 1 }, 'product_id is required'],
			[{ product_id: '99', quantity: 1 }, 'product_id: 99 does not exist'],
			[{ item_type: 'SHIPPING', name: 'Post', quantity: 1 }, 'price_per_unit is required'],
			[{ item_type: 'SUBSCRIPTION', product_id: '4', quantity: 1 }, 'subscription_plan_id is required'],
			[{ item_type: 'SUBSCRIPTION', product_id: '1', subscription_plan_id: '1', quantity: 1 }, '1 is no plan of product 1'],
			[{ product_id: '1', quantity: 1, price_per_unit: 4.255 }, 'price_per_unit has more decimals than USD has'],
			[{ product_id: '1', quantity: 1, name: ' ' }, 'name must not be blank'],
		],
	},
];

const ORDER = { contact_id: '1', order_title: 'Bread', order_time: '2026-01-01T00:00:00Z', order_type: 'ONLINE' };

describe.each(CASES)('a $what', ({ path, body, made, change, mask, changed, without = [], refused = [] }) => {
	beforeEach(async () => void (await keap.ok('POST', '/orders', ORDER)));

	const maskOf = () => (mask === false ? '' : `update_mask=${mask ?? Object.keys(change ?? {}).join()}`);

	test('is made, read, changed and deleted', async () => {
		const created = await keap.ok('POST', path, body);
		expect(created).toMatchObject(made);
		expect(created).not.toHaveProperty('password');
		const one = `${path}/${String(created.id)}`;
		if (!without.includes('get')) expect(await keap.ok('GET', one)).toMatchObject({ id: created.id });
		if (!without.includes('list')) {
			const [list = []] = Object.values(await keap.ok('GET', path)).filter(Array.isArray) as Array<Array<{ id: string }>>;
			expect(list.map(({ id }) => id)).toContain(created.id);
		}
		if (!without.includes('update')) expect(await keap.ok('PATCH', one, change, 200, maskOf())).toMatchObject(changed ?? {});
		if (without.includes('delete')) return;
		await keap.ok('DELETE', one);
		expect(await keap.refusal(without.includes('get') ? 'DELETE' : 'GET', one)).toMatch(/^404/);
	});

	test.each(refused)('is refused: %j', async (wrong, says) => {
		expect(await keap.refusal('POST', path, wrong)).toContain(says);
	});

	test('keeps what the mask does not name', async () => {
		if (without.includes('update') || mask === false || without.includes('get')) return;
		const { id } = await keap.ok('POST', path, body);
		const before = await keap.ok('GET', `${path}/${String(id)}`);
		const key = Object.keys(change ?? {})[0] ?? '';
		const other = Object.keys(body).find((name) => name !== key && name in before && typeof before[name] === 'string') ?? key;
		await keap.ok('PATCH', `${path}/${String(id)}`, change, 200, `update_mask=${mask ?? key}`);
		expect((await keap.ok('GET', `${path}/${String(id)}`))[other]).toEqual(other === key ? expect.anything() : before[other]);
	});
});
