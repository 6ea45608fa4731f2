import type { IDataObject } from 'n8n-workflow';

import { chosenRecord } from '../../locators/chosenRecord';
import { defineLocator, type ListSearch } from '../../locators/locator';
import { isRecord, ownOf } from '../../runtime/isRecord';
import { listOf } from '../../runtime/listOf';
import { keapRequest } from '../../transport';
import { discountPath } from './discounts';

const day = (time: unknown): string => (typeof time === 'string' ? time.slice(0, 10) : '?');

const COMPARISONS: Readonly<Record<string, string>> = { LESS_THAN: 'less than', GREATER_THAN: 'more than' };

/** What a criterion asks for, in a few words, by its type. */
const WORDS: Readonly<Record<string, (criterion: IDataObject) => string>> = {
	DATE_RANGE: ({ range_start_time: start, range_end_time: end }) => `Date range: ${day(start)} to ${day(end)}`,
	PROMO_CODE: ({ code }) => `Promo code: ${String(code)}`,
	PRODUCT: ({ product_id: id, product_quantity_min: least, product_quantity_max: most }) =>
		`Product #${String(id)}: ${String(least)} to ${String(most)}`,
	SUBSCRIPTION_PLAN: ({ plan_id: id, subscription_quantity: quantity }) => `Subscription plan #${String(id)}: ${String(quantity)}`,
	ORDER_TOTAL: ({ operator, total_amount: total }) =>
		`Order total: ${ownOf(COMPARISONS, String(operator)) ?? String(operator)} ${String(total)}`,
};

export const criterionLabel = (criterion: IDataObject): string =>
	ownOf(WORDS, String(criterion.type))?.(criterion) ?? `#${String(criterion.criteria_id)}`;

/** The criteria of the discount that is chosen already; none without one. */
const search: ListSearch = async function (filter = '') {
	const path = discountPath(this.getCurrentNodeParameter('discountKind'));
	const discount = chosenRecord(this, 'discountId');
	if (path === undefined || discount === undefined) return { results: [] };
	const { body } = await keapRequest(this, { method: 'GET', path: `${path}/${discount}`, expects: { record: ['id'] } });
	const found = listOf(isRecord(body) ? body.criteria : []).map((one) => ({ name: criterionLabel(one), value: String(one.criteria_id) }));
	return { results: found.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

/** A condition of a discount. */
export const discountCriteria = defineLocator('searchDiscountCriteria', search);
