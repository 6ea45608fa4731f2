import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { quantity } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { Field } from '../../../shared/catalogue/operation/types';
import { cards } from '../../../shared/locators/commerce/cards';
import { byName, countOrNone, yesNoOrNone } from './entryParts';

const autoCharge = fields.boolean('autoCharge', 'Charge Automatically', {
	description: 'Whether Keap charges the card on the day of each payment. Otherwise the payments are only due.',
});
const initialAmount = money('initialPaymentAmount', 'Initial Payment Amount', {
	form: 'major',
	description: 'What is due before the plan begins',
});
const initialDate = fields.day('initialPaymentDate', 'Initial Payment Date');

/** The three without which there is no plan. */
export const planNeeds: readonly Field[] = [
	fields.day('planStartDate', 'Start Date', { required: true, description: 'When the first payment is due' }),
	quantity('numberOfPayments', 'Number of Payments', { required: true, description: 'How many payments the plan has' }),
	quantity('daysBetweenPayments', 'Days Between Payments', {
		required: true,
		default: 30,
		description: 'How many days lie between two payments',
	}),
];

/** What the older operation, which replaces a plan as a whole, takes besides. */
export const planOptions = { autoCharge, more: [initialAmount, initialDate] } as const;

const others: readonly Field[] = [
	cards.field('paymentMethodId', 'Card', { description: 'The card that is charged; the list shows those of the contact' }),
	initialAmount,
	initialDate,
	countOrNone('maxChargeAttempts', 'Max Charge Attempts', { description: 'How often Keap tries to charge a payment' }),
	countOrNone('daysBetweenRetries', 'Days Between Retries', { description: 'How many days lie between two attempts' }),
];

/** A plan for a new order. Keap takes none with the order itself, so it goes nowhere in the request: see `planAfterwards`. */
export const planOfNew = entry('paymentPlan', 'Payment Plan', {
	in: 'none',
	description: 'In which payments the order is paid. It takes a second call, once the order is there.',
	members: byName([...planNeeds, autoCharge, ...others]),
});

/** A changed plan. What is not given stays as it is. */
export const planOfKnown = entry('paymentPlan', 'Payment Plan', {
	description: 'What is not given stays. An order without a plan needs its start, its number of payments and the days between them.',
	members: byName([
		fields.day('planStartDate', 'Start Date'),
		countOrNone('numberOfPayments', 'Number of Payments'),
		countOrNone('daysBetweenPayments', 'Days Between Payments'),
		yesNoOrNone('autoCharge', 'Charge Automatically', {
			none: 'As It Is',
			description: 'With Yes, Keap charges the card on the day of each payment. With No, the payments are only due.',
		}),
		...others,
	]),
});
