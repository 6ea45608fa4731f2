import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { entries } from '../../../nodes/shared/catalogue/fields/entries';
import * as fields from '../../../nodes/shared/catalogue/fields/fields';
import { money } from '../../../nodes/shared/catalogue/money/moneyField';
import type { Operation } from '../../../nodes/shared/catalogue/operation/types';
import { runCatalogue } from '../../../nodes/shared/catalogue/router';
import { startSandbox, type Sandbox } from '../../sandbox';
import { executeContext } from '../../support/context';
import { NO_LIMITS } from '../../support/keap';

const CURRENCIES = ['USD', 'JPY', 'KWD', ''];
const keys = Object.fromEntries([...CURRENCIES, 'broken', 'once'].map((name) => [`key-of-${name}`, 'full' as const]));

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox({ keys, limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
});
beforeEach(() => sandbox.reset());
afterAll(async () => await sandbox.close());

const PATH = '/crm/rest/v2/leadSources/801/expenses';
const row = (more: Partial<Operation>): Operation => ({
	value: 'do',
	name: 'Do',
	action: 'Do it',
	description: 'Do it',
	method: 'POST',
	path: PATH,
	fields: [],
	...more,
});

const create = row({ fields: [money('amount', 'Amount', { form: 'minor', required: true })] });
const list = row({
	method: 'GET',
	fields: [fields.text('title', 'Title', { in: 'filter' }), money('amount', 'Amount', { in: 'filter', form: 'minor' })],
	answer: 'records',
	records: 'lead_source_expenses',
});
const order = row({
	path: '/crm/rest/v2/orders',
	fields: [
		entries('items', 'Items', {
			key: 'order_items',
			singular: 'Item',
			members: [
				fields.number('quantity', 'Quantity'),
				fields.text('product', 'Product', { key: 'product_id', default: '1' }),
				money('price', 'Price', { key: 'price_per_unit', form: 'major' }),
			],
		}),
	],
	body: { contact_id: '1', order_title: 'Bread', order_time: '2026-01-01T00:00:00Z', order_type: 'ONLINE' },
});

async function run(operation: Operation, items: IDataObject[], key: string, goOn = false): Promise<INodeExecutionData[]> {
	const members: Partial<IExecuteFunctions> = {
		getInputData: () => items.map((json) => ({ json })),
		getNodeParameter: ((name: string, item: number, fallback?: unknown) =>
			({ resource: 'r', operation: 'do', returnAll: true, ...items[item] })[name] ?? fallback) as IExecuteFunctions['getNodeParameter'],
		continueOnFail: () => goOn,
		getTimezone: () => 'UTC',
	};
	const context = executeContext({ credentials: { ...NO_LIMITS, apiKey: `key-of-${key}`, baseUrl: sandbox.url } });
	const [output = []] = await runCatalogue(Object.assign(context, members), [{ value: 'r', name: 'R', operations: [operation] }]);
	return output;
}

const account = (currency: string) => {
	sandbox.state.businessProfile = { ...sandbox.state.businessProfile, currency_code: currency };
};
const sent = (path: string) => sandbox.calls.filter((call) => call.path === path).map(({ body }) => body as IDataObject);
const asked = () => sandbox.calls.filter(({ path }) => path.endsWith('/businessProfile')).length;

test.each([
	['USD', '12.50', 1250],
	['JPY', '1250', 1250],
	['KWD', '12.505', 12505],
])('an amount goes out in the smallest unit of the account: %s %s is %d', async (currency, amount, minor) => {
	account(currency);
	await run(create, [{ amount }], currency);
	expect(sent(PATH)).toEqual([{ amount: minor }]);
});

test('the currency is asked for once, however many items there are, and not for what is the same in every currency', async () => {
	await run(
		create,
		Array.from({ length: 20 }, (_, index) => ({ amount: `${index}.99` })),
		'once',
	);
	expect([asked(), sent(PATH).length]).toEqual([1, 20]);
	await run(create, [{ amount: '1.01' }], 'once');
	expect(asked()).toBe(1);
	sandbox.reset();
	await run(order, [{ items: { entries: [{ quantity: 1, product: '1', price: '15' }] } }], 'JPY');
	expect([asked(), sent('/crm/rest/v2/orders')]).toEqual([
		0,
		[expect.objectContaining({ order_items: [{ quantity: 1, product_id: '1', price_per_unit: 15 }] })],
	]);
});

test('an amount in a filter is written in the same unit, beside other conditions', async () => {
	await run(list, [{ title: 'Stand', amount: '22.50' }], 'USD');
	expect(sandbox.calls.at(-1)?.query.filter).toBe('title==Stand;amount==2250');
});

test('too many decimals stop the item before it is sent, by the name of its parameter and entry', async () => {
	const items = {
		entries: [
			{ quantity: 1, product: '1', price: '15.5' },
			{ quantity: 1, product: '1', price: '1.005' },
		],
	};
	await expect(run(order, [{ items }], 'USD')).rejects.toMatchObject({
		message: 'Price (entry 2) has more decimals than USD has: 1.005',
		description: expect.stringContaining('at most 2') as string,
		context: { itemIndex: 0 },
	});
	expect(sent('/crm/rest/v2/orders')).toEqual([]);
});

test('with continue on fail the others go on', async () => {
	const output = await run(create, [{ amount: '1.5' }, { amount: '1.555' }, { amount: '2' }], 'USD', true);
	expect(sent(PATH)).toEqual([{ amount: 150 }, { amount: 200 }]);
	expect(output.map(({ json, pairedItem }) => [json.error, pairedItem])).toEqual([
		[undefined, { item: 0 }],
		['Amount has more decimals than USD has: 1.555', { item: 1 }],
		[undefined, { item: 2 }],
	]);
});

test('without continue nothing is sent when one item has too many decimals', async () => {
	await expect(run(create, [{ amount: '1.5' }, { amount: '1.555' }], 'USD')).rejects.toThrow('more decimals');
	expect(sent(PATH)).toEqual([]);
});

test('an account without a currency is reported, once', async () => {
	account('');
	const output = await run(create, [{ amount: '1.5' }, { amount: '2.5' }], '', true);
	expect(output.map(({ json }) => json.error)).toEqual(['The Keap account has no currency', 'The Keap account has no currency']);
	expect([asked(), sent(PATH)]).toEqual([1, []]);
});

test('a currency that cannot be read stops what depends on it', async () => {
	sandbox.fault({ path: /businessProfile/, times: Infinity }, { kind: 'status', status: 403 });
	await expect(run(create, [{ amount: '1.5' }], 'broken')).rejects.toMatchObject({ httpCode: '403' });
	expect(sent(PATH)).toEqual([]);
	sandbox.clearFaults();
});
