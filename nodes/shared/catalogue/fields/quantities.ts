import { BadInput, shown } from '../operation/badInput';
import * as encode from './encode';
import { type Choice, field, type FieldTexts, MOST_WHOLE, number, options } from './fields';
import type { Field } from '../operation/types';

/** How many of something: a whole number, at least 1 by default. */
export const quantity = (name: string, displayName: string, { min = 1, ...texts }: FieldTexts & { min?: number } = {}): Field =>
	number(name, displayName, { default: min, ...texts, min, max: MOST_WHOLE, whole: true });

/** A percentage as Keap writes it: 15 for 15 %. Keap states no upper limit where it takes one; more than 100 makes no sense. */
export const percentage =
	(form: 'number' | 'whole' | 'text' = 'number') =>
	(raw: unknown): number | string | undefined => {
		if (encode.isEmpty(raw)) return undefined;
		if (typeof raw === 'string' && raw.includes('%'))
			throw new BadInput(`must be a number without a percent sign, not ${shown(raw)}`, 'Write 15 for 15 %.');
		const value = encode.number({ min: 0, max: 100, whole: form === 'whole' })(raw);
		return form === 'text' ? String(value) : value;
	};

/**
 * A percentage in the form. Empty is none, and not 0.
 * @param texts.form `whole` where Keap takes no decimals, `text` where it wants the number as text
 */
export const percent = (
	name: string,
	displayName: string,
	{ form = 'number', ...texts }: FieldTexts & { form?: 'number' | 'whole' | 'text' } = {},
): Field => field({ name, displayName, placeholder: 'e.g. 15', ...texts }, { type: 'string', default: '' }, percentage(form));

/** Keap writes the same cycle in two ways, MONTHLY for plans and MONTH for subscriptions. The form has one. */
const CYCLES: ReadonlyArray<readonly [value: string, name: string, plan: string, subscription: string]> = [
	['month', 'Month', 'MONTHLY', 'MONTH'],
	['day', 'Day', 'DAILY', 'DAY'],
	['week', 'Week', 'WEEKLY', 'WEEK'],
	['year', 'Year', 'YEARLY', 'YEAR'],
];

/**
 * How often is billed: every day, week, month or year.
 * @param texts.of whose words Keap wants: `plan` for `MONTHLY` (`cycle_type`, and `billing_cycle` inside a product), `subscription` for `MONTH`
 */
export function billingCycle(
	name: string,
	displayName: string,
	{ of, choices = [], ...texts }: FieldTexts & { of: 'plan' | 'subscription'; choices?: readonly Choice[] },
): Field {
	const words = new Map(CYCLES.map(([value, , plan, subscription]) => [value, of === 'plan' ? plan : subscription]));
	const chosen = options(name, displayName, { ...texts, choices: [...choices, ...CYCLES.map(([value, word]): Choice => [value, word])] });
	const worded = (encode: Field['encode']) => (raw: unknown) => {
		const value = encode?.(wordOf(raw));
		return value === undefined ? undefined : words.get(String(value));
	};
	return { ...chosen, encode: worded(chosen.encode), ...(chosen.whenGiven !== undefined && { whenGiven: worded(chosen.whenGiven) }) };
}

/** Keap's own words are understood too, as an item that was read from Keap has them. */
function wordOf(raw: unknown): unknown {
	const word = typeof raw === 'string' ? raw.trim().toUpperCase() : raw;
	return CYCLES.find(([, , plan, subscription]) => word === plan || word === subscription)?.[0] ?? raw;
}
