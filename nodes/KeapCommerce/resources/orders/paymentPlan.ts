import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { quantity } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { Field } from '../../../shared/catalogue/operation/types';
import { cards } from '../../../shared/locators/commerce/cards';
import { checkPlan } from '../../../shared/records/orders/orderObjects';
import { isRecord } from '../../../shared/runtime/isRecord';
import { byName, countOrNone, yesNoOrNone } from '../../../shared/catalogue/fields/entryParts';

const initialAmount = money('initialPaymentAmount', 'Initial Payment Amount', {
	form: 'major',
	description: 'What is due before the plan begins',
});
const initialDate = fields.day('initialPaymentDate', 'Initial Payment Date');

/** The three without which there is no plan, as they stand on a form. */
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
export const planOptions = {
	autoCharge: fields.boolean('autoCharge', 'Charge Automatically', {
		description: 'Whether Keap charges the card on the day of each payment. Otherwise the payments are only due.',
	}),
	more: [initialAmount, initialDate],
} as const;

/** A changed plan. What is not given stays as it is. */
export const planOfKnown = entry('paymentPlan', 'Payment Plan', {
	description:
		'In which payments the order is paid. A new plan needs its start, its number of payments and the days between them; of one that is there, the rest stays.',
	members: byName([
		fields.day('planStartDate', 'Start Date'),
		countOrNone('numberOfPayments', 'Number of Payments'),
		countOrNone('daysBetweenPayments', 'Days Between Payments', { placeholder: 'e.g. 30' }),
		yesNoOrNone('autoCharge', 'Charge Automatically', {
			none: 'As It Is',
			description: 'With Yes, Keap charges the card on the day of each payment. A new plan does not.',
		}),
		cards.field('paymentMethodId', 'Card', { description: 'The card that is charged; the list shows those of the contact' }),
		initialAmount,
		initialDate,
		countOrNone('maxChargeAttempts', 'Max Charge Attempts'),
		countOrNone('daysBetweenRetries', 'Days Between Retries'),
	]),
});

/**
 * A plan for a new order, in the same form. Keap takes none with the order itself, so it goes nowhere in the request: see
 * `planAfterwards`. It charges no card unless that is chosen.
 */
export const planOfNew: Field = {
	property: planOfKnown.property,
	...(planOfKnown.methods !== undefined && { methods: planOfKnown.methods }),
	encode: (raw) => {
		const plan = planOfKnown.encode?.(raw);
		return isRecord(plan) ? checkPlan({ auto_charge: false, ...plan }, 'A new plan needs it.') : undefined;
	},
};
