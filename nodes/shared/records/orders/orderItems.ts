import type { IDataObject } from 'n8n-workflow';

import { UNSTATED_UNITS } from '../../catalogue/money/units';
import { picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import { itemsOfOrder } from '../../locators/commerce/itemsOfOrder';
import { defineRecord } from '../kind/record';

/** The plain numbers among the amounts of an item: those of a special, which may be a percentage too. */
export const ITEM_UNITS = { 'special.amount': UNSTATED_UNITS.specialAmount } as const;

/** An item flat, with what it sells by its ID. */
export function itemShape(item: IDataObject): IDataObject {
	const [product, plan] = [inner(item.product), inner(item.subscription_plan)];
	return {
		...picked(item, ['id', 'item_type', 'name', 'description', 'quantity', 'currency_code', 'price_per_unit', 'cost_per_unit', 'discount']),
		...picked(item, ['special', 'notes', 'subscription_id']),
		product_id: product.id ?? null,
		product_sku: product.sku ?? null,
		subscription_plan_id: plan.id ?? null,
	};
}

/** What an order is made of. Keap has no list of items: they come with their order. */
export const orderItems = defineRecord({
	one: 'order item',
	path: '/crm/rest/v2/orders/{order_id}/items',
	records: 'order_items',
	findBy: { by: 'search', search: itemsOfOrder },
	amounts: ITEM_UNITS,
	shape: itemShape,
});
