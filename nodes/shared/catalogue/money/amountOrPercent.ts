import type { IDataObject } from 'n8n-workflow';

import { percentage } from '../fields/quantities';
import { BadInput, ofParameter } from '../operation/badInput';
import type { Call } from '../operation/types';
import { Amount } from './amount';

/**
 * Makes a row's `check` for a value that another field calls an amount or a percentage, such as the value of a discount: as a percentage it
 * is no money, and at most 100. Neither goes to Keap without the other: a 5 that was percent must not become 5 dollars by a change of its kind.
 * @param value the body field with the number, a field of `money` in the major unit; its display name
 * @param kind the body field that is `AMOUNT` or `PERCENT`; its display name
 */
export const amountOrPercent =
	(value: readonly [key: string, displayName: string], kind: readonly [key: string, displayName: string]) =>
	({ body, values }: Pick<Call, 'body' | 'values'>): void => {
		const fields = body as Record<string, unknown>;
		const { [value[0]]: amount, [kind[0]]: is } = fields;
		if (amount === undefined && is === undefined) return;
		if (amount === undefined || is === undefined) {
			const [missing, given] = amount === undefined ? [value, kind] : [kind, value];
			throw new BadInput(`is missing beside ${given[1]}`, `Give ${given[1]} and ${missing[1]} together.`, missing[1]);
		}
		if (is !== 'PERCENT' || !(amount instanceof Amount)) return;
		const percent = percentOf(amount, value[1]);
		fields[value[0]] = percent;
		for (const [name, one] of Object.entries(values)) if (one === amount) (values as IDataObject)[name] = percent;
	};

function percentOf(amount: Amount, displayName: string): number | string | undefined {
	try {
		return percentage()(String(amount));
	} catch (error) {
		throw ofParameter(error, displayName);
	}
}
