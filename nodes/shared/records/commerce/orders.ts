import type { IDataObject } from 'n8n-workflow';

import { fullName, picked } from '../../catalogue/simplify';
import { listOf } from '../../runtime/listOf';
import { inner } from '../../runtime/isRecord';
import { defineRecord } from '../kind/record';
import { ITEM_UNITS, itemShape } from '../orders/orderItems';
import { mergedPlan, mergedShipping, shippingOf } from '../orders/orderObjects';

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** `Ada Adams: Bread (#12)`; whatever of it there is. */
function label({ id, title, contact }: IDataObject): string {
	const { given_name: givenName, family_name: familyName } = inner(contact);
	const name = [fullName(givenName, familyName), title].filter(isText).join(': ');
	return name === '' ? `#${String(id)}` : `${name} (#${String(id)})`;
}

/** Flat, with the buyer, the sums and the items. */
function shape(order: IDataObject): IDataObject {
	const buyer = inner(order.contact);
	return {
		...picked(order, ['id', 'title', 'status', 'order_type', 'order_time']),
		contact_id: buyer.id ?? null,
		contact_name: fullName(buyer.given_name, buyer.family_name),
		contact_email: buyer.email ?? null,
		...picked(order, ['currency_code', 'total', 'total_paid', 'total_due', 'refund_total']),
		order_items: listOf(order.order_items).map(itemShape),
		...picked(order, ['payment_plan', 'promo_code', 'notes', 'invoice_id', 'due_time', 'sent_time', 'files']),
		shipping_address: shippingOf(order),
		...picked(order, ['lead_affiliate_id', 'sales_affiliate_id', 'source_type', 'creation_time', 'modification_time']),
	};
}

export const orders = defineRecord({
	one: 'order',
	path: '/crm/rest/v2/orders',
	records: 'orders',
	byIds: { filter: 'ids' },
	created: 'creation_time',
	order: [
		['id', 'ID'],
		['order_time', 'Order Time'],
		['modification_time', 'Updated'],
	],
	label,
	findBy: {
		by: 'prefix',
		query: { order_by: 'order_time desc' },
		filters: (typed) => (typed === '' ? [] : [...(/^\d+$/.test(typed) ? [`id==${typed}`] : []), `title==${typed}*`]),
	},
	customFields: true,
	objects: { payment_plan: mergedPlan, shipping_address: mergedShipping },
	amounts: ITEM_UNITS,
	shape,
});
