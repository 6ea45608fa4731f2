import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { billingCycle, quantity } from '../../../shared/catalogue/fields/quantities';
import { addressMembers, checkAddress } from '../../../shared/catalogue/fields/reachFields';
import { money } from '../../../shared/catalogue/money/moneyField';
import { UNSTATED_UNITS } from '../../../shared/catalogue/money/units';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field } from '../../../shared/catalogue/operation/types';
import { cards } from '../../../shared/locators/commerce/cards';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { contacts } from '../../../shared/records/people/contacts';
import { affiliateCredit } from '../orders/affiliateCredit';
import { dayToCome } from './dates';

const shownWhen = (show: Record<string, Array<string | boolean>>, { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, displayOptions: { show } },
});

const autoCharge = fields.boolean('autoCharge', 'Charge Automatically', {
	description: 'Whether Keap charges a card on each billing date. Otherwise it only bills.',
});

const cardToCharge = fields.options('cardToCharge', 'Card to Charge', {
	in: 'none',
	choices: [
		['lastUsed', 'The Contact Used Last', "What Keap takes by itself: the contact's most recently used card"],
		['chosen', 'A Certain Card'],
	],
	description: 'Which card of the contact is charged',
});

const card = cards.field('paymentMethodId', 'Card', { description: 'The card that is charged; the list shows those of the contact' });

export const shippingAddress = entry('shippingAddress', 'Shipping Address', {
	members: addressMembers,
	slot: 'SHIPPING',
	checkEntry: checkAddress,
});

export const credit = affiliateCredit('sale_affiliate_id');

/** What stands on the form: also what Keap would do by itself if nothing were said. */
export const newSubscription: readonly Field[] = [
	contacts.field('contactId', 'Contact', { required: true, description: 'The contact who pays for it' }),
	subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', {
		required: true,
		description: 'What is billed, how much and how often; plans belong to products',
	}),
	dayToCome('startDate', 'Start Date', { description: 'The first day that is billed. Empty: Keap begins today.' }),
	autoCharge,
	shownWhen({ autoCharge: [true] }, cardToCharge),
	shownWhen({ autoCharge: [true], cardToCharge: ['chosen'] }, card),
	shippingAddress,
	credit,
];

const allowDuplicate = fields.boolean('allowDuplicate', 'Allow Duplicate', {
	description: 'Whether to make it although the contact has an identical subscription. Both are billed then.',
});

const reasonStopped = fields.text('reasonStopped', 'Reason Stopped');

const isActive = fields.boolean('active', 'Active', { default: true, description: 'Whether it is billed' });

/** What a subscription may have besides. */
export const details: readonly Field[] = [
	isActive,
	allowDuplicate,
	fields.boolean('allowTax', 'Allow Tax', { description: 'Whether tax is added, if the product is taxable' }),
	money('billingAmount', 'Billing Amount', {
		form: UNSTATED_UNITS.subscriptionBillingAmount,
		description: 'What each cycle costs. Empty: the price of the plan',
	}),
	quantity('daysBetweenRetries', 'Days Between Retries', { description: 'How many days lie between two attempts to charge' }),
	quantity('maxChargeAttempts', 'Max Charge Attempts', { description: 'How often Keap tries to charge a bill' }),
	fields.text('promoCode', 'Promo Code', { placeholder: 'e.g. SUMMER20' }),
	quantity('quantity', 'Quantity', { description: 'How many' }),
	reasonStopped,
	fields.id('shippingOptionId', 'Shipping Option ID'),
];

/** Those of the above that only a new subscription takes, or that its form asks for in another way. */
export const CREATE_ONLY: readonly string[] = ['allowDuplicate', 'autoCharge', 'cardToCharge', 'paymentMethodId', 'startDate'];

/** What else can be changed of a subscription that is there. */
export const changes: readonly Field[] = [
	autoCharge,
	billingCycle('billingCycle', 'Billing Cycle', { of: 'subscription', description: 'How often it is billed' }),
	quantity('billingFrequency', 'Billing Frequency', {
		description:
			"Every how many cycles it is billed: 2 for every other month. Keap's documentation calls it days in one place: look at Next Bill Date afterwards.",
	}),
	card,
	dayToCome('endDate', 'End Date', { description: 'When it ends' }),
	dayToCome('nextBillDate', 'Next Bill Date', { description: 'When it is billed next' }),
];

/** A card that is named is charged only if it is to be; one that is to be charged has to be named. */
export function checkCard({ body, values }: Call): void {
	if (values.autoCharge !== true || values.cardToCharge !== 'chosen') {
		delete body.payment_method_id;
		return;
	}
	if (body.payment_method_id === undefined)
		throw new BadInput('is needed', 'Choose the card, or let Keap charge the one that the contact used last.', 'Card');
}
