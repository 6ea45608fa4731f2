import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { orders } from '../../../shared/records/commerce/orders';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { subscriptions } from '../../../shared/records/commerce/subscriptions';
import { UNSTATED_UNITS } from '../../../shared/catalogue/money/units';
import { contacts } from '../../../shared/records/people/contacts';
import { crud } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { simplifiedWrites } from '../../../shared/rows/simplifiedWrites';
import { amountFilters } from '../payments/filters';
import { createOnce } from './createOnce';
import { changes, checkCard, CREATE_ONLY, credit, details, newSubscription, shippingAddress } from './fields';

const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'id' }),
	...amountFilters('billingAmount', 'Billing Amount', 'billing_amount', UNSTATED_UNITS.subscriptionBillingAmount),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	fields.text('status', 'Status', {
		in: 'filter',
		placeholder: 'e.g. Active',
		description: 'In the word that Keap has for it, such as Active',
	}),
	subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', { in: 'filter' }),
	fields.ids('subscriptionPlanIds', 'Subscription Plan IDs', { in: 'filter' }),
];

const rows = crud(subscriptions, {
	fields: newSubscription,
	more: details,
	filters,
	create: {
		description:
			'Create a new subscription of a contact. Keap bills it by itself, and charges a card if Charge Automatically is on: that takes money.',
		effect: 'charges',
		check: checkCard,
		perform: createOnce,
	},
	delete: false,
	update: {
		effect: 'charges',
		description:
			'Change some fields of a subscription and leave the others alone. What it bills and charges from then on follows: price, card, dates.',
		top: [shippingAddress, credit],
		cleared: [shippingAddress, ...credit.members],
		without: CREATE_ONLY,
		plus: changes,
	},
});

export const subscription: Resource = {
	value: 'subscription',
	name: 'Subscription',
	operations: [
		...simplifiedWrites(subscriptions, rows),
		row('deactivate', 'Deactivate', 'POST /crm/rest/v2/subscriptions/{subscription_id}:deactivate', {
			effect: 'deletes',
			action: 'Deactivate a subscription',
			description: 'Stop a subscription: it is neither billed nor charged any more. Keap has no way to delete one.',
			fields: [
				subscriptions.inPath(),
				fields.text('reason', 'Reason', {
					placeholder: 'e.g. Asked to stop',
					description: 'Why it ends; Keap keeps it with the subscription',
				}),
			],
			answer: 'success',
		}),
		...simplifiedWrites(orders, [
			row('invoice', 'Invoice', 'POST /crm/rest/v2/subscriptions/{subscription_id}:invoice', {
				effect: 'charges',
				action: 'Invoice a subscription',
				description:
					'Bill all cycles of a subscription that are due, now instead of within hours: an order for each, which may charge a card. Only the newest order comes back; Order > Get Many finds the others. With nothing due, Keap gives an old one or an error.',
				fields: [subscriptions.inPath()],
			}),
		]),
	],
};
