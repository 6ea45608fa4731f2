import type { IDataObject } from 'n8n-workflow';

import { picked } from '../../catalogue/simplify';
import { searchCachedList } from '../../locators/cachedList';
import { chosenRecord } from '../../locators/chosenRecord';
import type { ListSearch } from '../../locators/locator';
import { inner, ownOf } from '../../runtime/isRecord';
import { listOf } from '../../runtime/listOf';
import { defineRecord } from '../kind/record';
import { products } from './products';

const CYCLES: Readonly<Record<string, string>> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };

/**
 * `Bread of the month: $12.00 every month`; of that, what Keap gives. A plan has other names for the same things in its product
 * than under its own path.
 */
function label(plan: IDataObject): string {
	const { id, subscription_plan_name: name, active } = plan;
	const cycle = ownOf(CYCLES, String(plan.cycle_type ?? plan.billing_cycle));
	const every = Number(plan.frequency ?? plan.billing_frequency ?? 1);
	const { formatted_amount: price } = inner(plan.plan_price);
	const terms = [price, cycle === undefined ? undefined : `every ${every === 1 ? cycle : `${every} ${cycle}s`}`];
	const text = [name, terms.filter((term) => term !== undefined).join(' ')].filter((part) => typeof part === 'string' && part !== '');
	return `${text.length === 0 ? `#${String(id)}` : text.join(': ')}${active === false ? ' (inactive)' : ''}`;
}

/** The plans in a product, which do not name it: under the product's name. */
const plansIn = ({ name, subscription_plans: plans }: IDataObject): IDataObject[] =>
	listOf(plans).map((plan) => ({ ...plan, subscription_plan_name: name }));

const records = 'subscriptions';

const ofAllProducts: ListSearch = searchCachedList({
	path: products.path,
	records: products.records,
	name: `${products.path} plans`,
	inside: plansIn,
	label,
});

/** The plans of the product that stands beside the parameter, or of the form's; those of all products where none is chosen. */
const search: ListSearch = async function (filter = '') {
	const product = chosenRecord(this, '&productId') ?? chosenRecord(this, 'productId');
	if (product === undefined) return await ofAllProducts.call(this, filter);
	return await searchCachedList({ path: `${products.path}/${product}/subscriptions`, records, label }).call(this, filter);
};

export const subscriptionPlans = defineRecord({
	one: 'subscription plan',
	path: '/crm/rest/v2/products/{product_id}/subscriptions',
	records,
	order: [
		['id', 'ID'],
		['product_id', 'Product ID'],
	],
	label,
	findBy: { by: 'search', search },
	amounts: {},
	shape: (plan) =>
		picked(plan, [
			'id',
			'subscription_plan_name',
			'plan_price',
			'currency_code',
			'cycle_type',
			'frequency',
			'total_cycles',
			'active',
			'display_order_index',
		]),
});
