import { BadInput } from '../operation/badInput';
import type { Field } from '../operation/types';
import { isEmpty } from '../fields/encode';
import { field, type FieldTexts } from '../fields/fields';
import { Amount, type AmountBounds } from './amount';
import { decimalText, toDecimal } from './decimal';
import type { MoneyForm } from './units';

/**
 * Encodes an amount in the major unit of the account's currency, as people write it: `225.50`.
 * @param form how the operation of Keap wants it
 * @param parameter the display name of the parameter
 * @returns an `Amount`, whose number is settled by `resolveAmounts`; undefined when nothing is given
 */
export const amount =
	(form: MoneyForm, parameter: string, bounds: AmountBounds = 'notNegative') =>
	(raw: unknown): Amount | undefined => {
		if (isEmpty(raw)) return undefined;
		const decimal = toDecimal(raw);
		const text = decimalText(decimal);
		if (bounds !== 'any' && decimal.units < 0n) throw new BadInput(`must be 0 or more, not ${text}`);
		if (bounds === 'positive' && decimal.units === 0n) throw new BadInput('must be more than 0');
		return new Amount(decimal, form, parameter);
	};

const IN_CURRENCY = 'In the currency of the Keap account, such as 225.50';

/**
 * A price or another amount of money. Text rather than a number in the form: an empty one is none, not 0, and decimals stay exact.
 * @param texts.form how the operation of Keap wants it
 * @param texts.bounds which signs it may have; 0 or more by default
 */
export const money = (
	name: string,
	displayName: string,
	{ form, bounds, description, ...texts }: FieldTexts & { form: MoneyForm; bounds?: AmountBounds },
): Field =>
	field(
		{
			name,
			displayName,
			placeholder: 'e.g. 225.50',
			...texts,
			// n8n's linter wants a period behind several sentences, and none behind one.
			description: description === undefined ? IN_CURRENCY : `${description}. ${IN_CURRENCY}.`,
		},
		{ type: 'string', default: '' },
		amount(form, displayName, bounds),
	);
