import * as fields from '../../../shared/catalogue/fields/fields';
import { percent } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { Field, Operation, Resource, Variants } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import { products } from '../../../shared/records/commerce/products';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { affiliatePrograms, withCommissions } from '../../../shared/records/partners/affiliatePrograms';
import { row, type Route } from '../../../shared/rows/row';
import { checkPaysSomething, LEVELS, updateCommission } from './commissionLevels';
import { writesAs } from '../../../shared/rows/writesAs';

const PROGRAMS = affiliatePrograms.path;

const KINDS: readonly fields.Choice[] = [
	['default', 'All Products', 'What is paid where no other commission says otherwise'],
	['product', 'Product'],
	['subscriptionPlan', 'Subscription Plan'],
];

const paidFor = (choices: readonly fields.Choice[]): Field =>
	fields.options('paidFor', 'Paid For', { in: 'none', required: true, choices, description: 'What affiliates get the commission for' });

/** Shown for what it is asked for. Not marked as required there: n8n would ask for it too where an expression under Paid For says otherwise. */
const shownFor = (field: Field, ...kinds: string[]): Field => ({
	...field,
	property: { ...field.property, required: undefined, displayOptions: { show: { paidFor: kinds } } },
});

const inProgram = (key: string): Field => affiliatePrograms.inPath({ key });
const product = (place: 'body' | 'none' = 'body'): Field =>
	products.field('productId', 'Product', { in: place, required: true, description: 'The product that is sold' });
const plan = (key: string, place: 'body' | 'none' = 'body'): Field =>
	subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', {
		in: place,
		key,
		required: true,
		description: 'The plan that is subscribed to',
	});

/** Percentages and amounts of one level, which Keap takes as texts. */
const level = ([key, name, displayName, description]: (typeof LEVELS)[number]): Field => {
	const members = [
		money('leadAmount', 'Lead Amount', { key: `${key}.lead_amount`, form: 'majorText', description: 'For each lead' }),
		percent('leadPercent', 'Lead Percent', { key: `${key}.lead_percent`, form: 'text', description: 'For each lead' }),
		money('saleAmount', 'Sale Amount', { key: `${key}.sale_amount`, form: 'majorText', description: 'For each sale' }),
		percent('salePercent', 'Sale Percent', { key: `${key}.sale_percent`, form: 'text', description: 'For each sale' }),
	];
	const { property, ...rest } = fields.collection(name, displayName, members, 'Add Part');
	return { ...rest, property: { ...property, description } };
};

const levels = LEVELS.map(level);

const payoutType = fields.options('payoutType', 'Payout', {
	required: true,
	choices: [
		['UPFRONT', 'Upfront', 'When the order is placed'],
		['PAYMENT_RECEIVED', 'Payment Received', 'With each payment that comes in'],
	],
	description: 'When the commission is earned',
});

const changedPayout = fields.updateFields([fields.optional(payoutType)]);

const PATHS: Readonly<Record<string, string>> = {
	default: `${PROGRAMS}/defaultCommissionPrograms/{commission_program_id}`,
	product: `${PROGRAMS}/productCommissionPrograms/{commission_program_id}`,
	subscriptionPlan: `${PROGRAMS}/subscriptionCommissionPrograms/{commission_program_id}`,
};

const ANY = `${PROGRAMS}/{kind}/{commission_program_id}`;

/** A row over what Keap has three operations for. @param own the fields that each kind has besides, as they stand on its form */
function overKinds(
	method: 'PATCH' | 'POST',
	own: Readonly<Record<string, readonly Field[]>>,
	rest: Omit<Operation, 'fields' | 'method' | 'path' | 'variants'> & { readonly after: readonly Field[] },
	special: (kind: string) => Variants['of'][string] = () => ({}),
): Operation {
	const { after, value, name, ...row_ } = rest;
	const choice = paidFor(KINDS);
	const before = [choice, inProgram('commission_program_id')];
	return {
		...row(value, name, `${method} ${ANY}` as Route, {
			...row_,
			fields: [...before, shownFor(product(), 'product'), shownFor(plan('subscription_id'), 'subscriptionPlan'), ...after],
		}),
		variants: {
			by: 'paidFor',
			of: Object.fromEntries(
				Object.entries(PATHS).map(([kind, path]) => [
					kind,
					{ path, fields: [...before, ...(own[kind] ?? []), ...after], ...special(kind) },
				]),
			),
		},
	};
}

const whole = { simplify: { shape: withCommissions } } as const;

export const affiliateProgramCommission: Resource = writesAs('charges', {
	value: 'affiliateProgramCommission',
	name: 'Affiliate Program Commission',
	operations: [
		overKinds(
			'POST',
			{ product: [product()], subscriptionPlan: [plan('subscription_id')] },
			{
				value: 'create',
				name: 'Create',
				action: 'Create a commission of an affiliate program',
				description:
					'Say what a program pays for all products, for one product or for one subscription plan, in place of what it paid before',
				after: [payoutType, ...output, ...levels],
				check: checkPaysSomething,
				...whole,
			},
		),
		{
			...row('delete', 'Delete', `POST ${PROGRAMS}/{commission_id}:{kind}` as Route, {
				effect: 'deletes',
				action: 'Delete a commission of an affiliate program',
				description:
					'Stop paying a commission of its own for a product or a subscription plan. What the program pays for all products applies again.',
				fields: [
					paidFor(KINDS.slice(1)),
					inProgram('commission_id'),
					product(),
					shownFor(plan('subscription_plan_id'), 'subscriptionPlan'),
				],
				answer: 'success',
			}),
			variants: {
				by: 'paidFor',
				of: {
					product: {
						path: `${PROGRAMS}/{commission_id}:removeProductCommission`,
						fields: [paidFor(KINDS.slice(1)), inProgram('commission_id'), product()],
					},
					subscriptionPlan: {
						path: `${PROGRAMS}/{commission_id}:removeSubscriptionCommission`,
						fields: [paidFor(KINDS.slice(1)), inProgram('commission_id'), product(), plan('subscription_plan_id')],
					},
				},
				without: { default: 'A program always says what it pays for all products. Update it, and set each part to 0 to pay nothing.' },
			},
		},
		overKinds(
			'PATCH',
			{ product: [product('none')], subscriptionPlan: [plan('subscription_id', 'none')] },
			{
				value: 'update',
				name: 'Update',
				action: 'Update a commission of an affiliate program',
				description: 'Change some parts of what a program pays and leave the others alone. Reads the program first.',
				after: [...output, ...levels, changedPayout],
				mask: true,
				...whole,
			},
			(kind) => updateCommission(kind),
		),
	],
});
