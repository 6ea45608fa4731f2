import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../../transport';
import { BadInput } from '../operation/badInput';
import type { Fail, Outcome } from '../operation/outcome';
import type { Call, Work } from '../operation/types';
import { accountCurrency } from './accountCurrency';
import { Amount } from './amount';

type Members = ReadonlyArray<[name: string, value: unknown]>;

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null && isPlain(value) ? Object.entries(value) : []);

/** Lists and plain objects; a date or a file has no amounts in it. */
const isPlain = (value: object): boolean => Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;

/** Every amount in a value, however deep. */
const amountsIn = (value: unknown): Amount[] =>
	value instanceof Amount ? [value] : membersOf(value).flatMap(([, inner]) => amountsIn(inner));

/**
 * A value with every amount in it written as Keap is sent it.
 * @throws BadInput that names the parameter and, in a list, the entry
 */
export function withAmountsWritten(value: unknown, currency: string | undefined): unknown {
	if (value instanceof Amount) return value.toKeap(currency);
	if (amountsIn(value).length === 0) return value;
	if (!Array.isArray(value))
		return Object.fromEntries(membersOf(value).map(([name, inner]) => [name, withAmountsWritten(inner, currency)]));
	return value.map((entry, index) => {
		try {
			return withAmountsWritten(entry, currency);
		} catch (error) {
			throw ofEntry(error, index + 1);
		}
	});
}

/** The same error, naming the entry of a list that it is about. */
const ofEntry = (error: unknown, number: number): unknown =>
	error instanceof BadInput ? new BadInput(error.message, error.advice, `${error.parameter ?? 'The amount'} (entry ${number})`) : error;

const amountsOf = ({ body, query, filter, values }: Call): Amount[] => amountsIn([body, query, filter ?? [], values]);

const written = (call: Call, currency: string | undefined): Call => ({
	...call,
	body: withAmountsWritten(call.body, currency) as IDataObject,
	values: withAmountsWritten(call.values, currency) as Call['values'],
	query: {
		...(withAmountsWritten(call.query, currency) as KeapQuery),
		...(call.filter !== undefined && {
			filter: call.filter.map((part) => (typeof part === 'string' ? part : `${part.condition}${part.amount.toKeap(currency)}`)).join(';'),
		}),
	},
});

/**
 * Writes the amounts of every call in the unit that its operation wants. The account's currency is read once, and only where it matters.
 * @returns the calls that can go on, and the outcomes of those whose amounts the currency cannot hold
 */
export async function resolveAmounts({ context }: Work, calls: readonly Call[], fail: Fail): Promise<[Call[], Outcome[]]> {
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	let currency: Promise<string> | undefined;
	for (const call of calls) {
		const amounts = amountsOf(call);
		try {
			if (amounts.some(({ needsCurrency }) => needsCurrency)) currency ??= accountCurrency(context);
			ready.push(amounts.length === 0 ? call : written(call, await currency));
		} catch (error) {
			refused.push(fail(call, error));
		}
	}
	return [ready, refused];
}
