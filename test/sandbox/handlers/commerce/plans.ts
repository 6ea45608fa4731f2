import { badRequest } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Handler, KeapRecord } from '../../types';
import { currencyValue, checkMinor } from './money';
import { crud, type Kind } from './crud';
import { plans, products } from './places';
import { checkLeast } from './rules';

/** A plan as its own path and order items show it. The name is what people see in lists. */
export const planView = (plan: KeapRecord, state: SandboxState) => ({
	...plan,
	subscription_plan_name: `${String(products(state).get(String(plan.product_id))?.name ?? '')} (${String(plan.cycle_type)})`,
	plan_price: currencyValue(state, Number(plan.plan_price)),
});

/** A plan as its product shows it, in words of its own. */
export const planInProduct = (plan: KeapRecord, state: SandboxState) => ({
	id: plan.id,
	active: plan.active,
	prorate: plan.allow_prorating ?? false,
	billing_cycle: plan.cycle_type,
	billing_frequency: plan.frequency,
	number_of_cycles: plan.total_cycles,
	plan_price: currencyValue(state, Number(plan.plan_price)),
	order_index: plan.display_order_index ?? 0,
});

const PLAN: Kind = {
	what: 'subscription plan',
	param: 'subscription_plan_id',
	store: ({ state, params }) => {
		const id = params.product_id ?? '';
		if (!products(state).has(id)) throw badRequest(`product_id: ${id} does not exist`, 'product_id');
		return plans(state);
	},
	belongs: ({ product_id: product }, { params }) => product === params.product_id,
	check: (fields, { params }, before) => {
		checkMinor(fields, 'plan_price');
		checkLeast(fields, 1, 'frequency');
		checkLeast(fields, 0, 'total_cycles', 'display_order_index');
		return before ? fields : { active: true, frequency: 1, total_cycles: 0, ...fields, product_id: params.product_id };
	},
	view: (plan, { state }) => planView(plan, state),
};

export const PLAN_HANDLERS: Readonly<Record<string, Handler>> = crud(PLAN, {
	list: 'listSubscriptionPlans',
	create: 'createSubscriptionPlans',
	get: 'fetchSubscriptionPlan',
	update: 'updateSubscriptionPlan',
	remove: 'deleteSubscriptionPlan',
});
