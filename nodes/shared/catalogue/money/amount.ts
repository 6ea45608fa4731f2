import { BadInput } from '../operation/badInput';
import { type Decimal, decimalText } from './decimal';
import { decimalsOf } from './currencies';
import type { MoneyForm } from './units';

/** The signs that an amount may have. */
export type AmountBounds = 'any' | 'notNegative' | 'positive';

/**
 * An amount of money as somebody wrote it, in the major unit of the account's currency. What Keap is sent depends on that currency,
 * which is read once the input of all items is known to be good: until then the amount stands where its number will.
 */
export class Amount {
	/**
	 * @param form how the operation wants it
	 * @param parameter the display name of the parameter, for what is found wrong later
	 */
	constructor(
		readonly decimal: Decimal,
		readonly form: MoneyForm,
		readonly parameter: string,
	) {}

	/** Whether the currency has a say: a whole number of dollars is one in every currency, as long as it is not written in cents. */
	get needsCurrency(): boolean {
		return this.form === 'minor' ? this.decimal.units !== 0n : this.decimal.written > 0;
	}

	/**
	 * The amount as Keap is sent it.
	 * @param currency the account's, by its code; not needed unless `needsCurrency`
	 * @throws BadInput when the currency has fewer decimals, or the amount is too large to be written exactly
	 */
	toKeap(currency = ''): number | string {
		const decimals = currency === '' ? 0 : decimalsOf(currency);
		this.checkDecimals(decimals, currency);
		if (this.form === 'majorText') return decimalText(this.decimal);
		const { units, scale } = this.decimal;
		if (this.form === 'minor') return this.exact(String(units * 10n ** BigInt(decimals - scale)));
		return this.exact(decimalText(this.decimal));
	}

	private checkDecimals(decimals: number, currency: string): void {
		const { scale, written } = this.decimal;
		const text = decimalText(this.decimal);
		if (scale > decimals)
			throw this.refused(
				`has more decimals than ${currency} has: ${text}`,
				decimals === 0
					? `Amounts in ${currency} are whole numbers. Round it first, for example with {{ $json.price.round() }}.`
					: `Amounts in ${currency} have at most ${decimals}. Round it first, for example with {{ $json.price.round(${decimals}) }}.`,
			);
		// Where the point parts thousands, 1.500 is fifteen hundred.
		if (written === 3 && decimals < 3 && currency !== '')
			throw this.refused(
				`can be read in two ways: ${text.includes('.') ? text : `${text}.`}${'0'.repeat(3 - scale)}`,
				`Write ${text} for the decimal number, or leave out the point where it parts thousands.`,
			);
	}

	/** The number of this text, if JavaScript, and so JSON, has it. */
	private exact(text: string): number {
		const number = Number(text);
		const isExact = String(number) === text && (Number.isSafeInteger(number) || !Number.isInteger(number));
		if (!isExact) throw this.refused(`is too large to be written exactly: ${decimalText(this.decimal)}`, 'Check the amount.');
		return number;
	}

	private refused(what: string, advice: string): BadInput {
		return new BadInput(what, advice, this.parameter);
	}

	toString(): string {
		return decimalText(this.decimal);
	}

	/** An amount whose unit nobody has settled must never reach Keap. */
	toJSON(): never {
		throw new Error(`The amount of ${this.parameter} was about to be sent before its currency was known`);
	}
}
