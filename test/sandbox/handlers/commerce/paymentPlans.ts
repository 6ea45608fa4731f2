import { notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Handler } from '../../types';
import { bodyOf, type Fields } from './crud';
import { currencyValue, toMajor, toMinor } from './money';
import { orders } from './places';
import { checkGiven, checkLeast } from './rules';

const NEEDED = ['plan_start_date', 'number_of_payments', 'days_between_payments'];

/** A payment plan as it is stored, its amount in the smallest unit. @throws ApiError 400 */
export function checkedPlan(plan: Fields, state: SandboxState): Fields {
	checkGiven(plan, ...NEEDED);
	checkLeast(plan, 1, 'number_of_payments', 'days_between_payments');
	checkLeast(plan, 0, 'initial_payment_amount');
	const { initial_payment_amount: amount } = plan;
	return { ...plan, ...(amount !== undefined && { initial_payment_amount: toMinor(state, Number(amount), 'initial_payment_amount') }) };
}

export const planView = (plan: Fields, state: SandboxState): Fields => ({
	auto_charge: false,
	...Object.fromEntries(Object.entries(plan).filter(([name]) => !['credit_card_id', 'payment_gateway'].includes(name))),
	...(plan.initial_payment_amount !== undefined && {
		initial_payment_amount: currencyValue(state, Number(plan.initial_payment_amount)),
	}),
});

/** Version 1 replaces the plan as a whole. */
const replace: Handler = (exchange) => {
	const { state, params, now } = exchange;
	const order = orders(state).get(params.orderId ?? '');
	if (!order) throw notFound('order', params.orderId ?? '');
	const plan = checkedPlan(bodyOf(exchange), state);
	orders(state).set(order.id, { ...order, payment_plan: plan, update_time: now });
	const { initial_payment_amount: amount } = plan;
	return { status: 200, body: { ...plan, ...(amount !== undefined && { initial_payment_amount: toMajor(state, Number(amount)) }) } };
};

export const PAYMENT_PLAN_HANDLERS: Readonly<Record<string, Handler>> = { 'v1/putOrdersOrderIdPaymentPlan': replace };
