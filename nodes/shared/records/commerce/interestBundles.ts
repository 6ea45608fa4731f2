import type { IDataObject } from 'n8n-workflow';

import { picked } from '../../catalogue/simplify';
import { chosenRecord } from '../../locators/chosenRecord';
import { nameLabel } from '../../locators/labels';
import { defineLocator, type ListSearch } from '../../locators/locator';
import { inner } from '../../runtime/isRecord';
import { listOf } from '../../runtime/listOf';
import { keapRequest } from '../../transport';
import { defineRecord } from '../kind/record';

export const interestBundles = defineRecord({
	one: 'product interest bundle',
	path: '/crm/rest/v2/productInterestBundles',
	records: 'product_interest_bundles',
	id: 'id',
	parameter: 'interestBundleId',
	order: [['name', 'Name']],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	amounts: {},
	shape: (bundle) => picked(bundle, ['id', 'name', 'description', 'currency_code', 'product_interests', 'subscription_plan_interests']),
});

/** `2 × product 5, $4.50`: an interest names what it is about by its ID alone. */
function interestLabel(kind: string, { id, quantity, price }: IDataObject): string {
	const { formatted_amount: each } = inner(price);
	return `${String(quantity ?? 1)} × ${kind} ${String(id)}${typeof each === 'string' ? `, ${each}` : ''}`;
}

/** The interests of the bundle that is chosen already; none without one. */
const search: ListSearch = async function (filter = '') {
	const bundle = chosenRecord(this, interestBundles.parameter);
	if (bundle === undefined) return { results: [] };
	const { body } = await keapRequest<IDataObject>(this, {
		method: 'GET',
		path: interestBundles.onePath,
		pathParams: { id: bundle },
		expects: { record: ['id'] },
	});
	const found = [
		...listOf(body.product_interests).map((one) => ({ name: interestLabel('product', one), value: String(one.interest_id) })),
		...listOf(body.subscription_plan_interests).map((one) => ({ name: interestLabel('plan', one), value: String(one.interest_id) })),
	];
	return { results: found.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

/** A product or a plan in a bundle, with its quantity and price. */
export const interests = defineLocator('searchInterests', search);
