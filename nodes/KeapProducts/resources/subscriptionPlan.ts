import { billingCycle } from '../../shared/catalogue/fields/quantities';
import * as fields from '../../shared/catalogue/fields/fields';
import { money } from '../../shared/catalogue/money/moneyField';
import { inner } from '../../shared/runtime/isRecord';
import type { Resource } from '../../shared/catalogue/operation/types';
import { products } from '../../shared/records/commerce/products';
import { subscriptionPlans } from '../../shared/records/commerce/subscriptionPlans';
import { crud } from '../../shared/rows/crud';
import { simplifiedWrites } from '../../shared/rows/simplifiedWrites';
import { writesAs } from '../../shared/rows/writesAs';

const ofProduct = products.inPath({ description: 'The product that it is about' });

const active = fields.boolean('active', 'Active', { default: true, description: 'Whether the plan can be sold' });

export const subscriptionPlan: Resource = writesAs('configures', {
	value: 'subscriptionPlan',
	name: 'Subscription Plan',
	operations: simplifiedWrites(
		subscriptionPlans,
		crud(subscriptionPlans, {
			within: [ofProduct],
			fields: [
				money('planPrice', 'Price', {
					// The type is a decimal number, and the unit the smallest: https://developer.infusionsoft.com/docs/restv2/#tag/Subscription-Plans
					form: 'minor',
					required: true,
					placeholder: 'e.g. 12.00',
					description: 'What each cycle costs',
				}),
				billingCycle('cycleType', 'Billing Cycle', { of: 'plan', required: true, description: 'The unit of time in which it bills' }),
			],
			more: [
				active,
				fields.boolean('allowProrating', 'Allow Prorating', { description: 'Whether a part of a cycle costs a part of the price' }),
				fields.number('displayOrderIndex', 'Display Order', {
					min: 0,
					whole: true,
					description: 'Its place among the plans of the product; 0 is the first',
				}),
				fields.number('frequency', 'Bill Every', {
					default: 1,
					min: 1,
					whole: true,
					clearable: false,
					description: 'How many units of Billing Cycle each cycle has: 3 with months bills every quarter',
				}),
				fields.number('totalCycles', 'Number of Cycles', { min: 0, whole: true, description: 'After how many it ends; 0 never ends' }),
			],
			filters: [
				{ ...active, to: { in: 'filter', key: 'active' } },
				billingCycle('cycleType', 'Billing Cycle', { of: 'plan', in: 'filter', description: 'The unit of time in which it bills' }),
			],
			update: {
				description:
					'Change some terms of a subscription plan and leave the others alone. Subscriptions that run keep what they were sold at.',
				// Keap wants both with every update, also where they stay as they are.
				completion: {
					path: subscriptionPlans.onePath,
					fields: { cycle_type: '', plan_price: 0 },
					as: ({ plan_price: price, ...plan }) => ({ ...plan, plan_price: inner(price).amount }),
				},
			},
		}),
	),
});
