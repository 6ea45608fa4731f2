import type { IDataObject } from 'n8n-workflow';

import { BadInput } from '../../../shared/catalogue/operation/badInput';
import { isEmpty } from '../../../shared/catalogue/fields/encode';
import { askKeap } from '../../../shared/catalogue/calls/request';
import type { Answer, Call, Work } from '../../../shared/catalogue/operation/types';

/** None of the messages here repeats what was given: errors are stored with the execution, and card numbers must not be. */

const digitsOf = (raw: unknown): string => (typeof raw === 'object' ? '' : String(raw).replace(/[\s-]/g, ''));

/** The check digit that every card number ends in (Luhn). */
function isCardNumber(digits: string): boolean {
	const sum = [...digits].reverse().reduce((total, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return total + (value > 9 ? value - 9 : value);
	}, 0);
	return sum % 10 === 0;
}

/** @throws BadInput for what can be no card number, without repeating it */
export function cardNumber(raw: unknown): string | undefined {
	if (isEmpty(raw)) return undefined;
	const digits = digitsOf(raw);
	if (!/^\d{12,19}$/.test(digits) || !isCardNumber(digits)) {
		throw new BadInput(
			'is not a card number',
			'A card number has 12 to 19 digits, and its last digit checks the others: one of them is probably mistyped.',
		);
	}
	return digits;
}

/** Text of so many digits. @throws BadInput without repeating what was given */
export const digits =
	(least: number, most: number, example: string) =>
	(raw: unknown): string | undefined => {
		if (isEmpty(raw)) return undefined;
		const value = digitsOf(raw);
		if (!/^\d+$/.test(value) || value.length < least || value.length > most) {
			throw new BadInput(`must have ${least === most ? least : `${least} to ${most}`} digits`, `It looks like ${example}.`);
		}
		return value;
	};

/** Two digits, as Keap wants them: `3` becomes `03`. @throws BadInput for what is no month */
export function month(raw: unknown): string | undefined {
	const value = digits(1, 2, '03')(raw);
	if (value !== undefined && (Number(value) < 1 || Number(value) > 12)) throw new BadInput('is not a month', 'Give 01 to 12.');
	return value?.padStart(2, '0');
}

/** A card is good to the end of its month. @throws BadInput for one that has expired */
export function checkNotExpired({ body }: Call): void {
	const { expiration_year: year, expiration_month: expires } = body;
	if (new Date() >= new Date(Number(year), Number(expires), 1))
		throw new BadInput('says that the card has expired', 'Ask for a card that is still good.', 'Expiration Year');
}

const SECRETS = ['card_number', 'verification_code'] as const;

/** Adds the card; should Keap's error repeat the number or the code, they are blotted out before n8n stores it. */
export async function addCard(work: Work, call: Call): Promise<Answer> {
	try {
		return await askKeap(work, call);
	} catch (error) {
		throw withoutSecrets(error, call.body);
	}
}

function withoutSecrets(error: unknown, body: IDataObject): unknown {
	if (!(error instanceof Error)) return error;
	const secrets = SECRETS.map((name) => body[name]).filter((secret): secret is string => typeof secret === 'string');
	const clean = (text: string): string => secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	error.message = clean(error.message);
	if ('description' in error && typeof error.description === 'string') error.description = clean(error.description);
	return error;
}
