import { badRequest } from '../../errors';
import type { SandboxState } from '../../store/state';

/** Decimals of the currencies that tests use; all others have two. */
const DECIMALS: Readonly<Record<string, number>> = { BHD: 3, CLP: 0, JPY: 0, KRW: 0, KWD: 3, VND: 0 };

/** The account's currency; no request names one. */
export const currencyOf = (state: SandboxState): string => String(state.businessProfile.currency_code ?? 'USD');

const decimalsOf = (state: SandboxState): number => DECIMALS[currencyOf(state)] ?? 2;

/** An amount in the major unit, as most requests write it, in the smallest unit. @throws ApiError 400 for more decimals than the currency has */
export function toMinor(state: SandboxState, major: number, name: string): number {
	const minor = Number(`${major}e${decimalsOf(state)}`);
	if (!Number.isInteger(minor)) throw badRequest(`${name} has more decimals than ${currencyOf(state)} has: ${major}`, name);
	return minor;
}

/** An amount in the smallest unit as a number of the major unit. */
export const toMajor = (state: SandboxState, minor: number): number => Number(`${Math.round(minor)}e-${decimalsOf(state)}`);

/** An amount as most answers give it. The formatted text is for people: nobody should read a number out of it. */
export function currencyValue(state: SandboxState, minor: number): { amount: number; currency_code: string; formatted_amount: string } {
	const currency_code = currencyOf(state);
	const formatted_amount = toMajor(state, minor).toLocaleString('en-US', { style: 'currency', currency: currency_code });
	return { amount: minor, currency_code, formatted_amount };
}

/** 400 unless a price in the smallest unit is a whole number of at least 0: also where its type is a decimal number. */
export function checkMinor(fields: Readonly<Record<string, unknown>>, name: string): void {
	const value = fields[name];
	if (value === undefined) return;
	if (!Number.isSafeInteger(value)) throw badRequest(`${name} must be a whole number of the smallest unit, not ${String(value)}`, name);
	if (Number(value) < 0) throw badRequest(`${name} must be 0 or more, not ${String(value)}`, name);
}
