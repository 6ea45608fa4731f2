import { badRequest, notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { checkReference } from '../references';
import { answerOne, bodyOf, create, type Fields, get, type Kind, recordOf, remove, update } from './crud';
import { currencyValue, toMinor } from './money';
import { affiliates, commissions, orderItems, orders, plans, products } from './places';
import { planView } from './plans';
import { checkGiven, checkLeast, checkNotBlank, checkPercent } from './rules';

/** What has a product, and so a price of its own. */
const SOLD = new Set<unknown>(['PRODUCT', 'SUBSCRIPTION']);

const money = (fields: Fields, name: string, state: SandboxState): Fields =>
	fields[name] === undefined ? {} : { [name]: toMinor(state, Number(fields[name]), name) };

/**
 * An item as it is stored, with its amounts in the smallest unit. The plan of a subscription belongs to its product.
 * @throws ApiError 400
 */
export function checkedItem(fields: Fields, state: SandboxState, before?: Fields): Fields {
	checkLeast(fields, 1, 'quantity');
	checkNotBlank(fields, 'name', 'description', 'notes', 'subscription_plan_description');
	const whole: Fields = { item_type: 'PRODUCT', ...before, ...fields };
	if (SOLD.has(whole.item_type)) {
		checkGiven(whole, 'product_id', ...(whole.item_type === 'SUBSCRIPTION' ? ['subscription_plan_id'] : []));
		checkReference(fields, 'product_id', products(state));
		checkReference(fields, 'subscription_plan_id', plans(state));
		const plan = plans(state).get(String(whole.subscription_plan_id));
		if (whole.item_type === 'SUBSCRIPTION' && plan?.product_id !== whole.product_id)
			throw badRequest(
				`subscription_plan_id: ${String(whole.subscription_plan_id)} is no plan of product ${String(whole.product_id)}`,
				'subscription_plan_id',
			);
	} else if (whole.price_per_unit === undefined) throw badRequest('price_per_unit is required', 'price_per_unit');
	const priced = { ...fields, ...money(fields, 'price_per_unit', state), ...money(fields, 'cost_per_unit', state) };
	if (before) return priced;
	const product = products(state).get(String(whole.product_id));
	return { item_type: 'PRODUCT', ...(product && { price_per_unit: product.price, name: product.name }), ...priced };
}

export const priceOf = (item: Fields): number => Number(item.price_per_unit ?? 0) * Number(item.quantity ?? 1);

export const itemView = (item: KeapRecord, state: SandboxState): Fields => {
	const product = products(state).get(String(item.product_id));
	const plan = plans(state).get(String(item.subscription_plan_id));
	return {
		...item,
		price_per_unit: currencyValue(state, Number(item.price_per_unit ?? 0)),
		...(item.cost_per_unit !== undefined && { cost_per_unit: currencyValue(state, Number(item.cost_per_unit)) }),
		...(product && {
			product: {
				id: product.id,
				name: product.name,
				sku: product.sku ?? '',
				description: product.description ?? '',
				shippable: product.shippable ?? false,
				taxable: product.taxable ?? false,
			},
		}),
		...(plan && { subscription_plan: planShown(plan, state) }),
	};
};

/** Inside an item the answer knows no more of a plan than this. */
function planShown(plan: KeapRecord, state: SandboxState): Fields {
	const { id, frequency, active, subscription_plan_name, cycle_type, total_cycles, plan_price } = planView(plan, state) as Fields;
	return { id, frequency, active, subscription_plan_name, cycle_type, total_cycles, plan_price };
}

const ITEM: Kind = {
	what: 'order item',
	param: 'order_item_id',
	store: ({ state, params }) => {
		const id = params.order_id ?? '';
		if (!orders(state).has(id)) throw notFound('order', id);
		return orderItems(state);
	},
	belongs: ({ order_id: order }, { params }) => order === params.order_id,
	check: (fields, { state, params }, before) => ({
		...checkedItem(fields, state, before),
		...(!before && { order_id: params.order_id }),
	}),
	view: (item, { state }) => itemView(item, state),
};

/** A change of an item is one of its order. */
const touching =
	(handler: Handler): Handler =>
	(exchange) => {
		const answer = handler(exchange);
		const order = orders(exchange.state).get(exchange.params.order_id ?? '');
		if (order) orders(exchange.state).set(order.id, { ...order, update_time: exchange.now });
		return answer;
	};

function applyCommission(exchange: Exchange) {
	const item = recordOf(ITEM, exchange);
	const { state, now } = exchange;
	const fields = bodyOf(exchange);
	checkReference(fields, 'affiliate_id', affiliates(state));
	checkPercent(fields, 'pay_percent');
	checkLeast(fields, 0, 'commission_amount');
	if (fields.pay_percent === undefined && fields.commission_amount === undefined)
		throw badRequest('pay_percent or commission_amount is required', 'pay_percent');
	const amount =
		fields.commission_amount === undefined
			? Math.round((priceOf(item) * Number(fields.pay_percent)) / 100)
			: toMinor(state, Number(fields.commission_amount), 'commission_amount');
	const order = orders(state).get(String(item.order_id));
	commissions(state).add({
		affiliate_id: String(fields.affiliate_id),
		amount,
		description: fields.description ?? '',
		invoice_id: order?.invoice_id,
		contact_id: order?.contact_id,
		product_name: item.name ?? '',
		time_earned: fields.commission_date === undefined ? now : `${String(fields.commission_date)}T00:00:00.000Z`,
	});
	return answerOne(ITEM, item, exchange);
}

export const ORDER_ITEM_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createOrderItem': touching(create(ITEM)),
	'v2/getOrderItem': get(ITEM),
	'v2/updateOrderItem': touching(update(ITEM)),
	'v2/deleteOrderItem': touching(remove(ITEM)),
	'v2/applyCommissionOnOrderItems': applyCommission,
};
