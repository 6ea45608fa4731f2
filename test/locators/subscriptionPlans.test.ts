import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { productOptions } from '../../nodes/shared/records/commerce/productOptions';
import { subscriptionPlans } from '../../nodes/shared/records/commerce/subscriptionPlans';
import { lookups } from './sandboxed';

const keap = lookups();
const OF_CLUB = 'products/4/subscriptions?';
const PLANS = [
	{ name: 'Bread of the month: $12.00 every month', value: '1' },
	{ name: 'Bread of the month: $120.00 every year', value: '2' },
];

/** A form that holds these parameters; `&` begins those that stand beside the one that is looked up. */
const form = (name: string, parameters: Readonly<Record<string, unknown>> = {}): ILoadOptionsFunctions => ({
	...keap.context(name),
	getCurrentNodeParameter: (path: string) => parameters[path] as ReturnType<ILoadOptionsFunctions['getCurrentNodeParameter']>,
});
const locator = (value: string) => ({ __rl: true, mode: 'id', value });
const named = (text: string) => expect.objectContaining({ name: text }) as unknown;
beforeEach(() => {
	keap.sandbox.reset();
	keap.newCalls();
});

describe('the search for subscription plans', () => {
	const search = async (context: ILoadOptionsFunctions, filter?: string) => (await subscriptionPlans.search.call(context, filter)).results;

	it('lists those of all products where none is chosen, in one call', async () => {
		expect(await search(form('browse'))).toEqual(PLANS);
		expect(await search(form('browse'), 'year')).toEqual(PLANS.slice(1));
		expect(keap.newCalls()).toEqual(['products?']);
	});

	it.each(['productId', '&productId'])('lists those of the product in %s', async (parameter) => {
		const found = await search(form(parameter === 'productId' ? 'search' : 'cache', { [parameter]: locator('4') }));
		expect(found.map(({ value }) => value)).toEqual(['1', '2']);
		expect(keap.newCalls()).toEqual([OF_CLUB]);
	});

	it('prefers the product beside it to that of the form', async () => {
		expect(await search(form('many', { '&productId': locator('4'), productId: locator('1') }))).toHaveLength(2);
		expect(await search(form('other', { '&productId': locator('1'), productId: locator('4') }))).toEqual([]);
	});

	it('says how often a plan bills, and that it is switched off', async () => {
		keap.sandbox.state.collection('/crm/rest/v2/subscriptionPlans').add({
			product_id: '4',
			active: false,
			frequency: 3,
			cycle_type: 'WEEKLY',
			plan_price: 950,
		});
		expect(await search(form('order'), '3 weeks')).toEqual([named('Bread of the month: $9.50 every 3 weeks (inactive)')]);
	});
});

describe('the search for product options', () => {
	it('lists those of the chosen product, and asks nothing before one is chosen', async () => {
		const search = async (context: ILoadOptionsFunctions) => (await productOptions.search.call(context)).results;
		expect(await search(form('browse'))).toEqual([]);
		expect(keap.newCalls()).toEqual([]);
		keap.sandbox.state.collection('/crm/rest/v2/productOptions').add({ product_id: '1', option_type: 'LIST', option_label: 'Size' });
		expect(await search(form('browse', { productId: locator('1') }))).toEqual([named('Size')]);
		expect(keap.newCalls()).toEqual(['products/1/options?']);
	});
});
