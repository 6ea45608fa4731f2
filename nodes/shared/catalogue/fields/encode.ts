import { BadInput, EMPTY, shown } from '../operation/badInput';
import { DEEPEST, isTooDeep } from '../../runtime/depth';
import { countryCode as country } from '../places/address';

/** Not given: n8n's empty string, null and undefined alike. */
export const isEmpty = (raw: unknown): boolean => raw === undefined || raw === null || (typeof raw === 'string' && raw.trim() === '');

/** Lets an encoder see only values that were given. */
const given =
	<T>(encode: (raw: unknown) => T) =>
	(raw: unknown): T | undefined =>
		isEmpty(raw) ? undefined : encode(raw);

/** Refuses a missing value, then encodes. */
export const required =
	(encode: (raw: unknown) => unknown, advice?: string) =>
	(raw: unknown): unknown => {
		const value = encode(raw);
		if (value === undefined)
			throw new BadInput(EMPTY, advice ?? 'Give a value, or check the expression: it may point to a field that this item does not have.');
		return value;
	};

/** A word, trimmed; lists and objects have none: `String()` would join them, or fail. */
const wordOf = (raw: unknown): string => (typeof raw === 'object' ? '' : String(raw).trim());

/** Text, trimmed; numbers and booleans from expressions become text. @param max Keap's limit in characters */
export const text = (max?: number) =>
	given((raw) => {
		if (typeof raw === 'object') throw new BadInput(`must be text, not ${Array.isArray(raw) ? 'a list' : 'an object'}: ${shown(raw)}`);
		const value = String(raw).trim();
		if (max !== undefined && value.length > max)
			throw new BadInput(`is longer than the ${max} characters that Keap takes (it has ${value.length})`, 'Shorten it.');
		return value;
	});

/** A record's id: Keap numbers its records, v2 writes the number as text; zeros before it, as spreadsheets have them, mean nothing. */
export const recordId = given((raw) => {
	// A number that JavaScript has rounded would name another record.
	const value =
		typeof raw === 'number' ? (Number.isSafeInteger(raw) ? String(raw) : undefined) : typeof raw === 'string' ? raw.trim() : undefined;
	if (value === undefined || !/^[0-9]{1,19}$/.test(value)) {
		throw new BadInput(
			`is not a Keap ID: ${shown(raw)}`,
			'A Keap ID is a whole number, such as 1234. It is the number in the address of the record in Keap.',
			undefined,
			'A Keap ID is a whole number, such as 1234. Look it up with the tool that lists or searches such records.',
		);
	}
	return value.replace(/^0+(?=\d)/, '');
});

/** What a resource locator holds, or the bare value that an expression or an AI agent gives. */
export const located = (raw: unknown): unknown => (isLocator(raw) ? raw.value : raw);

/** The id in a resource locator. */
export const locatedId = (raw: unknown): string | undefined => recordId(located(raw));

/** n8n marks what users choose with `__rl`; the default of a hidden one has only its mode. */
function isLocator(raw: unknown): raw is { value: unknown } {
	return typeof raw === 'object' && raw !== null && ('__rl' in raw || 'mode' in raw) && 'value' in raw;
}

/** The parts of a list: one from an expression, one written as JSON (as AI agents do), or text with something between the parts. */
export function partsOf(raw: unknown, between: RegExp): unknown[] {
	if (Array.isArray(raw)) return raw;
	if (typeof raw === 'object') throw new BadInput(`must be a list or text, not an object: ${shown(raw)}`);
	const written = String(raw).trim();
	const list = /^\[.*\]$/s.test(written) ? parsedList(written) : undefined;
	return list === undefined ? written.split(between) : shallow(list);
}

/** @returns `undefined` for text that only looks like JSON */
function parsedList(written: string): unknown[] | undefined {
	try {
		return JSON.parse(written) as unknown[];
	} catch {
		return undefined;
	}
}

/** Ids as a list, or as text with commas, spaces or line breaks between them. Each id once, in order. */
export const recordIds = given((raw) => {
	// A number is kept as a number, because as text it would not show that JavaScript has rounded it.
	const parts = (typeof raw === 'string' ? partsOf(raw, /[\s,;]+/) : [raw].flat()).filter((part) => part !== '');
	const ids = parts.map((part) => recordId(part)).filter((id): id is string => id !== undefined);
	if (ids.length === 0) throw new BadInput('has no ID in it', 'Give at least one ID; several are separated by commas.');
	return [...new Set(ids)];
});

/**
 * Records by ID, or otherwise where `named` takes it: names have spaces in them, so commas, semicolons and line breaks stand between
 * those of a text. An entry of a list is one record.
 */
export const records = (named?: (raw: unknown) => string | undefined) =>
	given((raw) => {
		if (named === undefined || (typeof raw === 'string' && /^[\d\s]+$/.test(raw))) return recordIds(raw);
		const parts = typeof raw === 'string' ? partsOf(raw, /[,;\n]+/) : [raw].flat();
		const ids = parts
			.map((part) => (isEmpty(part) ? undefined : (named(part) ?? recordId(located(part)))))
			.filter((id) => id !== undefined);
		if (ids.length === 0) throw new BadInput('has no ID or name in it', 'Give at least one; several are separated by commas.');
		return [...new Set(ids)];
	});

// The form a mail server could deliver to; Keap decides the rest.
const EMAIL = /^[^\s@,;<>"]+@[^\s@,;<>".]+(\.[^\s@,;<>".]+)+$/;

export const email = given((raw) => {
	const value = wordOf(raw);
	if (!EMAIL.test(value)) throw new BadInput(`is not an email address: ${shown(raw)}`, 'An address looks like name@example.com.');
	return value;
});

const DATE = /^(\d{4})-(\d{2})-(\d{2})/;

/** A real day of the calendar; `new Date('2024-02-31')` would quietly become March. */
function parsed(raw: unknown): Date {
	const source = raw instanceof Date ? raw : dateOf(raw);
	if (Number.isNaN(source.getTime()))
		throw new BadInput(`is not a date: ${shown(raw)}`, 'Use a form such as 2024-01-31 or 2024-01-31T09:30:00Z.');
	// ISO 8601 writes four digits, and so does Keap.
	const writtenYear = source.getUTCFullYear();
	if (writtenYear < 1 || writtenYear > 9_999) throw new BadInput(`is not in the years 1 to 9999: ${shown(raw)}`, 'Check the year.');
	const [, year, month, day] = DATE.exec(String(raw).trim()) ?? [];
	if (year !== undefined && new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate() !== Number(day)) {
		throw new BadInput(`is not a day of the calendar: ${shown(raw)}`, 'Check the month and the day.');
	}
	return source;
}

function dateOf(raw: unknown): Date {
	// n8n's expressions give luxon DateTimes, which know their own moment.
	if (typeof raw === 'object' && raw !== null && 'toMillis' in raw && typeof raw.toMillis === 'function') {
		return new Date(Number((raw.toMillis as () => number)()));
	}
	// A bare number or a word such as "1" would also be taken by Date: only ISO 8601 is clear to everybody.
	return typeof raw === 'string' && DATE.test(raw.trim()) ? new Date(raw.trim()) : new Date(Number.NaN);
}

/** A day without a time, as Keap stores birthdays: `2024-01-31`. A date and time keeps the day that was written. */
export const day = given((raw) => {
	const date = parsed(raw);
	return DATE.exec(String(raw).trim())?.[0] ?? date.toISOString().slice(0, 10);
});

/** A moment in ISO 8601 with milliseconds and Z, which v1 and v2 both take. */
export const moment = given((raw) => parsed(raw).toISOString());

// Not left to Number(): it takes an empty list for 0, and "0x10" for 16.
const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** A whole number or a decimal within bounds. */
export const number = (bounds: { min?: number; max?: number; whole?: boolean } = {}) =>
	given((raw) => {
		const value = typeof raw === 'number' ? raw : typeof raw === 'string' && DECIMAL.test(raw.trim()) ? Number(raw) : Number.NaN;
		if (!Number.isFinite(value)) throw new BadInput(`is not a number: ${shown(raw)}`);
		if (bounds.whole === true && !Number.isInteger(value)) throw new BadInput(`must be a whole number, not ${value}`);
		if (bounds.whole === true && !Number.isSafeInteger(value)) throw new BadInput(`is larger than numbers can be exact: ${value}`);
		if (bounds.min !== undefined && value < bounds.min) throw new BadInput(`must be ${bounds.min} or more, not ${value}`);
		if (bounds.max !== undefined && value > bounds.max) throw new BadInput(`must be ${bounds.max} or less, not ${value}`);
		return value;
	});

/** A switch; tables write it as TRUE or 1 as well. */
export const boolean = given((raw) => {
	const word = wordOf(raw).toLowerCase();
	if (word === 'true' || word === '1') return true;
	if (word === 'false' || word === '0') return false;
	throw new BadInput(`must be true or false, not ${shown(raw)}`);
});

/** One of the listed values; an expression may give any text, so it is checked. */
export const oneOf = (values: readonly string[]) =>
	given((raw) => {
		const written = wordOf(raw);
		const value = values.find((one) => one === written) ?? values.find((one) => one.toLowerCase() === written.toLowerCase());
		if (value === undefined) throw new BadInput(`must be one of ${values.join(', ')}, not ${shown(raw)}`);
		return value;
	});

/** Several of the listed values, as a list or as text with commas. An empty list counts as not given. */
export const someOf = (values: readonly string[]) => {
	const one = oneOf(values);
	return given((raw) => {
		const chosen = partsOf(raw, /,/)
			.map(one)
			.filter((value) => value !== undefined);
		return chosen.length === 0 ? undefined : chosen;
	});
};

/** A country by a code or a name, as the three letters (ISO 3166-1 alpha-3) that Keap's v2 takes. */
export const countryCode = given((raw) => country(wordOf(raw)));

/** JSON from the editor (text) or from an expression (already an object or a list). */
export const json = given((raw) => {
	const value = typeof raw === 'object' ? raw : parsedJson(String(raw));
	if (typeof value === 'object' && value !== null) return shallow(value);
	throw notJson('it is neither an object nor a list');
});

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw notJson((error as Error).message);
	}
}

/** The value, unless it has more levels than anything goes through. @throws BadInput */
export function shallow<T>(value: T): T {
	if (!isTooDeep(value)) return value;
	throw new BadInput(
		`has more than ${DEEPEST} levels of lists and objects in each other`,
		'Keap takes nothing that has so many. Check the expression: it may hold the same data in itself again and again.',
	);
}

const notJson = (why: string): BadInput =>
	new BadInput(`is not valid JSON: ${why}`, 'Check quotes, commas and brackets; a value taken from an expression needs JSON.stringify.');

/** JSON that must be an object. */
export const jsonObject = (raw: unknown): unknown => {
	const value = json(raw);
	if (Array.isArray(value)) throw new BadInput('must be a JSON object, not a list', 'It starts with { and ends with }.');
	return value;
};
