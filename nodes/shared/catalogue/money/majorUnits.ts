import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

import type { KeapContext } from '../../transport';

import type { Simplifier } from '../operation/types';
import { accountCurrency } from './accountCurrency';
import { decimalsOf } from './currencies';
import type { MoneyUnit } from './units';

/** Keap's `CurrencyValue`: an amount in the currency's smallest unit. Its formatted text is for people, in the account's own language. */
export interface CurrencyValue {
	readonly amount: number;
	readonly currency_code: string;
}

const isCurrencyValue = (value: unknown): value is CurrencyValue =>
	isRecord(value) && Number.isInteger(value.amount) && typeof value.currency_code === 'string';

/** Minor units as a number of the major unit; the nearest one to the exact decimal, for it is read from its text. */
export const fromMinor = (amount: number, currency: string): number => Number(`${BigInt(amount)}e-${decimalsOf(currency)}`);

/**
 * The unit of a record's plain numbers by their names, wherever in the record they stand; those that are not named are major already.
 * `special.amount` names the `amount` in a `special`.
 */
export type PlainUnits = Readonly<Record<string, MoneyUnit>>;

/** The first currency that a record names. */
function currencyIn(value: unknown): string | undefined {
	if (isCurrencyValue(value)) return value.currency_code;
	if (typeof value !== 'object' || value === null) return undefined;
	for (const inner of Object.values(value)) {
		const found = currencyIn(inner);
		if (found !== undefined) return found;
	}
	return undefined;
}

/**
 * A record whose amounts are all plain numbers in the major unit: `{amount: 22550, currency_code: 'USD', …}` becomes 225.5.
 * @param currency the account's, for plain numbers in the minor unit
 */
export function toMajorUnits(value: unknown, plain: PlainUnits = {}, currency = '', name = '', parent = ''): unknown {
	if (isCurrencyValue(value)) return fromMinor(value.amount, value.currency_code);
	if (Array.isArray(value)) return value.map((entry) => toMajorUnits(entry, plain, currency, name, parent));
	if (isRecord(value)) {
		// Beside the amount of a special item stands whether it is one.
		const units = value.discount_method === 'PERCENT' ? {} : plain;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toMajorUnits(inner, units, currency, key, name)]));
	}
	const unit = plain[`${parent}.${name}`] ?? plain[name];
	return typeof value === 'number' && unit === 'minor' && currency !== '' ? fromMinor(value, currency) : value;
}

/**
 * Lets a simplified record have amounts in the major unit, and beside them `currency_code`, which it may pick: that of the record's own amounts.
 * @param plain the units of plain numbers that Keap may give in the minor unit
 */
export const inMajorUnits = (simplifier: Simplifier, plain: PlainUnits = {}): Simplifier => ({
	...simplifier,
	shape: async (record, context, how) => await simplifier.shape(await majorRecord(record, plain, context), context, how),
});

async function majorRecord(record: IDataObject, plain: PlainUnits, context: KeapContext): Promise<IDataObject> {
	if (Object.keys(record).length === 0) return record;
	const code = currencyIn(record) ?? (Object.values(plain).includes('minor') ? await accountCurrency(context) : undefined);
	return { ...(code !== undefined && { currency_code: code }), ...(toMajorUnits(record, plain, code) as IDataObject) };
}
