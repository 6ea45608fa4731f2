import { ApiError, badRequest } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { checkAddress } from '../addressRules';
import { checkReference, withCustomFields } from '../references';
import { bodyOf, crud, type Fields, type Kind, recordOf } from './crud';
import { configurationOf } from './ecommerce';
import { toMajor, toMinor } from './money';
import { addOrder, answerOrder } from './orders';
import { cardsOf } from './paymentMethods';
import { affiliates, invoices, orders, plans, products, subscriptions } from './places';
import { checkLeast, checkNotPast } from './rules';

/** A plan is billed MONTHLY, its subscription every MONTH. */
const CYCLE: Readonly<Record<string, string>> = { DAILY: 'DAY', WEEKLY: 'WEEK', MONTHLY: 'MONTH', YEARLY: 'YEAR' };

const SAME = ['contact_id', 'subscription_plan_id', 'quantity', 'billing_amount', 'start_date'];

/** What Keap does by itself where nothing else is said: it bills, from today, the card that was used last. */
function defaults(fields: Fields, { state, now }: Exchange): Fields {
	const plan = plans(state).get(String(fields.subscription_plan_id));
	const autoCharge = fields.auto_charge ?? true;
	const start = fields.start_date ?? now.slice(0, 10);
	const card = autoCharge === true ? cardsOf(state, String(fields.contact_id)).at(-1) : undefined;
	const { default_charge_max_retry_attempts: attempts, default_number_of_days_between_charge_attempts: days } = configurationOf(state);
	return {
		active: true,
		quantity: 1,
		auto_charge: autoCharge,
		start_date: start,
		next_bill_date: start,
		payment_method_id: card?.payment_method_id ?? '0',
		merchant_account_id: card?.merchant_account_id ?? '0',
		billing_amount: toMajor(state, Number(plan?.plan_price)),
		billing_cycle: CYCLE[String(plan?.cycle_type)],
		billing_frequency: plan?.frequency,
		product_id: plan?.product_id,
		max_charge_attempts: attempts,
		days_between_retries: days,
		allow_tax: false,
		lead_affiliate_id: '0',
		sale_affiliate_id: '0',
	};
}

function checkDuplicate(subscription: Fields, state: SandboxState): void {
	const twin = subscriptions(state).rows.find((one) => one.active === true && SAME.every((name) => one[name] === subscription[name]));
	if (twin) throw new ApiError(409, `contact ${String(subscription.contact_id)} has an identical subscription: ${twin.id}`);
}

const SUBSCRIPTION: Kind = {
	what: 'subscription',
	param: 'subscription_id',
	store: ({ state }) => subscriptions(state),
	readers: {
		modification_time: ({ update_time: time }) => [time],
		status: ({ active }) => [active === true ? 'Active' : 'Inactive'],
		subscription_plan_ids: ({ subscription_plan_id: id }) => [id],
	},
	check: (fields, exchange, before) => {
		const { state, now } = exchange;
		checkReference(fields, 'contact_id', state.contacts);
		checkReference(fields, 'subscription_plan_id', plans(state));
		for (const name of ['lead_affiliate_id', 'sale_affiliate_id'])
			if (fields[name] !== '0') checkReference(fields, name, affiliates(state));
		checkLeast(fields, 1, 'quantity', 'max_charge_attempts', 'days_between_retries', 'billing_frequency');
		checkLeast(fields, 0, 'billing_amount');
		if (fields.billing_amount !== undefined) toMinor(state, Number(fields.billing_amount), 'billing_amount');
		checkNotPast(fields, now, 'start_date', 'next_bill_date', 'end_date');
		checkCard(fields, String(fields.contact_id ?? before?.contact_id), state);
		if (fields.shipping_address !== undefined) checkAddress(fields.shipping_address as Fields, 'shipping_address');
		const { allow_duplicate: mayRepeat, ...checked } = withCustomFields(fields, state, 'subscriptions');
		if (before) return checked;
		const whole = { ...defaults(fields, exchange), ...checked };
		if (mayRepeat !== true) checkDuplicate(whole, state);
		return whole;
	},
	view: (subscription) => ({ ...subscription, modification_time: subscription.update_time }),
};

function checkCard({ payment_method_id: card }: Fields, contact: string, state: SandboxState): void {
	if (card === undefined || card === '0') return;
	if (!cardsOf(state, contact).some(({ payment_method_id: id }) => id === card))
		throw badRequest(`payment_method_id: ${String(card)} is no card of contact ${contact}`, 'payment_method_id');
}

/** The day one cycle later. */
function later(day: string, { billing_cycle: cycle, billing_frequency: every }: Fields): string {
	const date = new Date(`${day}T00:00:00Z`);
	const count = Number(every ?? 1);
	if (cycle === 'YEAR') date.setUTCFullYear(date.getUTCFullYear() + count);
	else if (cycle === 'MONTH') date.setUTCMonth(date.getUTCMonth() + count);
	else date.setUTCDate(date.getUTCDate() + count * (cycle === 'WEEK' ? 7 : 1));
	return date.toISOString().slice(0, 10);
}

function bill(subscription: KeapRecord, exchange: Exchange): KeapRecord {
	const { state, now } = exchange;
	const product = products(state).get(String(subscription.product_id));
	const order = {
		contact_id: subscription.contact_id,
		order_title: product?.name ?? 'Subscription',
		order_time: now,
		order_type: 'OFFLINE',
		invoice_id: invoices(state).add({}).id,
		subscription_id: subscription.id,
	};
	const item = {
		item_type: 'SUBSCRIPTION',
		name: product?.name,
		quantity: subscription.quantity,
		product_id: subscription.product_id,
		subscription_plan_id: subscription.subscription_plan_id,
		subscription_id: subscription.id,
		price_per_unit: toMinor(state, Number(subscription.billing_amount), 'billing_amount'),
	};
	return addOrder(order, [item], exchange);
}

/** Makes an order for every cycle that is due, and answers the newest one alone. */
const invoice: Handler = (exchange) => {
	const { state, now } = exchange;
	let subscription = recordOf(SUBSCRIPTION, exchange);
	const madeBefore = orders(state).rows.filter(({ subscription_id: id }) => id === subscription.id);
	const total = Number(plans(state).get(String(subscription.subscription_plan_id))?.total_cycles ?? 0);
	let newest = madeBefore.at(-1);
	let count = madeBefore.length;
	while (subscription.active === true && String(subscription.next_bill_date) <= now.slice(0, 10) && (total === 0 || count < total)) {
		newest = bill(subscription, exchange);
		count += 1;
		const day = String(subscription.next_bill_date);
		subscription = { ...subscription, last_bill_date: day, next_bill_date: later(day, subscription), update_time: now };
	}
	if (!newest) throw badRequest(`subscription ${subscription.id} has no cycle that is due`, 'subscription_id');
	subscriptions(state).set(subscription.id, subscription);
	return answerOrder(newest, exchange);
};

const deactivate: Handler = (exchange) => {
	const subscription = recordOf(SUBSCRIPTION, exchange);
	const { reason } = bodyOf(exchange);
	subscriptions(exchange.state).set(subscription.id, {
		...subscription,
		active: false,
		...(reason !== undefined && { reason_stopped: reason }),
		update_time: exchange.now,
	});
	return { status: 200 };
};

export const SUBSCRIPTION_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(SUBSCRIPTION, {
		list: 'listSubscriptions',
		create: 'createSubscription',
		get: 'getSubscription',
		update: 'updateSubscription',
	}),
	'v2/cancelSubscription': deactivate,
	'v2/invoiceSubscription': invoice,
};
