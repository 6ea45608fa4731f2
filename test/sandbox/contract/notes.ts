import { badRequest } from '../errors';
import type { FieldNote, Operation } from './operations';

/** The values of a field by its path (`list_items[].item_label`), each with where it stands. */
function valuesAt(value: unknown, path: readonly string[], at: string): Array<[at: string, value: unknown]> {
	const [step, ...rest] = path;
	if (step === undefined) return [[at, value]];
	if (step === '[]') return Array.isArray(value) ? value.flatMap((entry: unknown, index) => valuesAt(entry, rest, `${at}[${index}]`)) : [];
	const inner = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined;
	return inner === undefined ? [] : valuesAt(inner, rest, at === '' ? step : `${at}.${step}`);
}

/** What is wrong with a value by a note; undefined if nothing is. Notes that a date is not past need a clock and are left to handlers. */
function problem(value: unknown, { minimum, exclusiveMinimum, maxLength, notBlank, pattern }: FieldNote): string | undefined {
	if (minimum !== undefined && Number(value) < minimum) return `must be at least ${minimum}`;
	if (exclusiveMinimum !== undefined && Number(value) <= exclusiveMinimum) return `must be more than ${exclusiveMinimum}`;
	if (maxLength !== undefined && String(value).length > maxLength) return `must have at most ${maxLength} characters`;
	if (notBlank === true && String(value).trim() === '') return 'must not be blank';
	if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(String(value))) return `must look like ${pattern}`;
	return undefined;
}

/** Holds a body to what Keap says of its fields in words. @throws ApiError 400 that names the field */
export function checkNotes({ body, rules }: Operation, value: unknown): void {
	for (const [path, note] of Object.entries(body?.notes ?? {})) {
		const steps = path.replaceAll('[]', '.[]').split('.');
		for (const [at, found] of valuesAt(value, steps, '')) {
			const wrong = problem(found, note);
			if (wrong !== undefined) throw badRequest(`${at} ${wrong}, not ${JSON.stringify(found)}`, at);
		}
	}
	const anyOf = rules?.anyOf ?? [];
	const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
	if (anyOf.length > 0 && anyOf.every((name) => given[name] === undefined))
		throw badRequest(`at least one of ${anyOf.join(', ')} is required`, anyOf[0]);
}
