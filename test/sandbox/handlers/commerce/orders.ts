import { badRequest } from '../../errors';
import type { SandboxState } from '../../store/state';
import { without } from '../../without';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { FILES } from '../files';
import type { FieldReaders } from '../recordFields';
import { checkReference, withCustomFields } from '../references';
import { answerOne, bodyOf, crud, type Fields, type Kind, recordOf } from './crud';
import { currencyValue } from './money';
import { checkedItem, itemView, priceOf } from './orderItems';
import { checkedPlan, planView } from './paymentPlans';
import { affiliates, invoices, orderItems, orders, payments, transactions } from './places';
import { checkNotBlank } from './rules';

const itemsOf = (order: KeapRecord, state: SandboxState) => orderItems(state).rows.filter(({ order_id: id }) => id === order.id);

/** What an order comes to: its items, as they are written. */
const totalOf = (order: KeapRecord, state: SandboxState): number => itemsOf(order, state).reduce((sum, item) => sum + priceOf(item), 0);

const paidOn = (order: KeapRecord, state: SandboxState): number =>
	payments(state)
		.rows.filter(({ order_id: id }) => id === order.id)
		.reduce((sum, { amount }) => sum + Number(amount), 0);

/** What is still to be paid, in the smallest unit. */
export const balanceOf = (order: KeapRecord, state: SandboxState): number => totalOf(order, state) - paidOn(order, state);

const isPaid = (order: KeapRecord, state: SandboxState): boolean => paidOn(order, state) > 0 && balanceOf(order, state) <= 0;

/** Goes in flat and comes out nested, in other names, without the middle name. */
function shippingView(address: Fields): Fields {
	const { line1, line2, locality, region, zip_code, zip_four, country_code } = address;
	const place = { line1, line2, locality, region, zip_code, zip_four, country_code, postal_code: zip_code, field: 'SHIPPING' };
	return {
		address: Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined)),
		given_name: address.first_name ?? '',
		family_name: address.last_name ?? '',
		company: address.company ?? '',
		phone_number: address.phone ?? '',
		invoice_to_company: address.is_invoice_to_company ?? false,
	};
}

/** What an item keeps for itself. */
const HIDDEN_IN_ITEMS = ['create_time', 'order_id', 'product_id', 'subscription_plan_description', 'subscription_plan_id', 'update_time'];

const view = (order: KeapRecord, { state }: Pick<Exchange, 'state'>): Fields => {
	const contact = state.contacts.get(String(order.contact_id));
	const [email] = (contact?.email_addresses ?? []) as Array<{ email: string }>;
	const [promoCode] = (order.promo_codes ?? []) as string[];
	const total = totalOf(order, state);
	return {
		...order,
		title: order.order_title ?? order.title,
		// No operation marks an order as viewed; a test may.
		status: order.status ?? (isPaid(order, state) ? 'PAID' : order.sent_time === undefined ? 'DRAFT' : 'SENT'),
		source_type: order.source_type ?? 'API',
		total: currencyValue(state, total),
		total_paid: currencyValue(state, paidOn(order, state)),
		total_due: currencyValue(state, total - paidOn(order, state)),
		refund_total: currencyValue(state, 0),
		contact: {
			id: String(order.contact_id),
			email: email?.email ?? '',
			given_name: contact?.given_name ?? '',
			family_name: contact?.family_name ?? '',
		},
		creation_time: order.create_time,
		modification_time: order.update_time,
		order_items: itemsOf(order, state).map((item) => without(itemView(item, state), ...HIDDEN_IN_ITEMS)),
		...(order.shipping_address !== undefined && { shipping_information: shippingView(order.shipping_address as Fields) }),
		...(order.payment_plan !== undefined && { payment_plan: planView(order.payment_plan as Fields, state) }),
		files: ((order.file_ids ?? []) as string[]).map((file_id) => ({ file_id })),
		...(promoCode !== undefined && { promo_code: promoCode }),
	};
};

const shippingReaders: FieldReaders = Object.fromEntries(
	[
		['locality', 'locality'],
		['region_code', 'region'],
		['postal_code', 'zip_code'],
		['country_code', 'country_code'],
	].map(([name = '', key = '']) => [`shipping_${name}`, (order) => [(order.shipping_address as Fields | undefined)?.[key]]]),
);

const ORDER: Kind = {
	what: 'order',
	param: 'order_id',
	store: ({ state }) => orders(state),
	readsToo: [orderItems, payments],
	readers: {
		...shippingReaders,
		invoice_id: ({ invoice_id: id }) => [id],
		invoice_xid: ({ invoice_xid: id }) => [id],
		modification_time: ({ update_time: time }) => [time],
		paid: (order, state) => [isPaid(order, state)],
		product_id: (order, state) => itemsOf(order, state).map(({ product_id: id }) => id),
		title: (order) => [order.order_title ?? order.title],
	},
	check: (fields, { state }, before) => {
		checkNotBlank(fields, 'order_title', 'title');
		checkReference(fields, 'contact_id', state.contacts);
		checkReference(fields, 'lead_affiliate_id', affiliates(state));
		checkReference(fields, 'sales_affiliate_id', affiliates(state));
		if (fields.invoice_number !== undefined) throw badRequest('invoice_number is not yet supported', 'invoice_number');
		return {
			...withCustomFields(fields, state, 'orders'),
			...(fields.payment_plan !== undefined && { payment_plan: checkedPlan(fields.payment_plan as Fields, state) }),
			...(!before && { invoice_id: invoices(state).add({}).id }),
		};
	},
	view,
	removed: (order, { state }) => {
		if (transactions(state).rows.some(({ order_id: id }) => id === order.id))
			throw badRequest(`order ${order.id} has transactions and can't be deleted`, 'order_id');
		for (const item of itemsOf(order, state)) orderItems(state).delete(item.id);
		invoices(state).delete(String(order.invoice_id));
	},
};

/** The order of the path. @throws ApiError 404 */
export const orderOf = (exchange: Exchange): KeapRecord => recordOf(ORDER, exchange);

export const answerOrder = (order: KeapRecord, exchange: Exchange) => answerOne(ORDER, order, exchange);

/** Stores an order with its items, all of them or none. `fields` and `items` are checked. */
export function addOrder(fields: Fields, items: readonly Fields[], { state, now }: Exchange): KeapRecord {
	const times = { create_time: now, update_time: now };
	const order = orders(state).add({ ...fields, ...times });
	for (const item of items) orderItems(state).add({ ...item, order_id: order.id, ...times });
	return order;
}

const create: Handler = (exchange) => {
	const { order_items: items = [], ...fields } = bodyOf(exchange);
	const checkedItems = (items as Fields[]).map((item) => checkedItem(item, exchange.state));
	return answerOrder(addOrder(ORDER.check?.(fields, exchange) ?? fields, checkedItems, exchange), exchange);
};

const withFiles =
	(change: (files: readonly string[], file: string) => string[]): Handler =>
	(exchange) => {
		const order = orderOf(exchange);
		const files = change((order.file_ids ?? []) as string[], String(bodyOf(exchange).file_id));
		const next: KeapRecord = { ...order, file_ids: files, update_time: exchange.now };
		orders(exchange.state).set(order.id, next);
		return answerOrder(next, exchange);
	};

const attachFile: Handler = (exchange) => {
	checkReference(bodyOf(exchange), 'file_id', exchange.state.collection(FILES));
	return withFiles((files, file) => [...new Set([...files, file])])(exchange);
};

const detachFile: Handler = withFiles((files, file) => {
	if (!files.includes(file)) throw badRequest(`file_id: ${file} is not attached to the order`, 'file_id');
	return files.filter((one) => one !== file);
});

export const ORDER_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(ORDER, { list: 'listOrders', get: 'getOrder', update: 'updateOrder', remove: 'deleteOrder' }),
	'v2/createOrder': create,
	// What the taxes come to is Keap's own affair.
	'v2/applyTax': (exchange) => answerOrder(orderOf(exchange), exchange),
	'v2/attachFileToOrder': attachFile,
	'v2/detachFileFromOrder': detachFile,
};
