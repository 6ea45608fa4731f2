import { badRequest } from '../errors';
import type { Schema } from './operations';

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function nameOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'a list';
	return typeof value === 'object' ? 'an object' : `${typeof value} ${JSON.stringify(value)}`;
}

/** Whether a text is an ISO 8601 date, or a date and time with its zone; a day that the calendar lacks is none. */
export function isIsoDate(text: string, time: 'never' | 'maybe' | 'always' = 'maybe'): boolean {
	const parts = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2}))?$/.exec(text);
	if (!parts || (time === 'never' && parts[2]) || (time === 'always' && !parts[2])) return false;
	const day = new Date(`${parts[1]}T00:00:00Z`);
	return !Number.isNaN(Date.parse(text)) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(parts[1] ?? '');
}

interface TypeRule {
	/** How the type is called in an error, with its article. */
	called: string;
	accepts: (value: unknown) => boolean;
}

const textWith = (called: string, accepts: (text: string) => boolean): TypeRule => ({
	called,
	accepts: (value) => typeof value === 'string' && accepts(value),
});
const integerWithin = (limit: number): TypeRule => ({
	called: 'an integer',
	accepts: (value) => Number.isInteger(value) && Math.abs(Number(value)) <= limit,
});

const TEXT = textWith('a string', () => true);
const DATE = textWith('an ISO 8601 date', (text) => isIsoDate(text, 'never'));
const DATE_TIME = textWith('an ISO 8601 date and time', (text) => isIsoDate(text, 'always'));
const NUMBER: TypeRule = { called: 'a number', accepts: (value) => typeof value === 'number' };
const INT32 = integerWithin(2_147_483_647);
const INT64 = integerWithin(Number.MAX_SAFE_INTEGER);

const RULES: Readonly<Record<string, TypeRule>> = {
	string: TEXT,
	'string:binary': TEXT,
	'string:date': DATE,
	date: DATE,
	'string:date-time': DATE_TIME,
	'date-time': DATE_TIME,
	boolean: { called: 'a boolean', accepts: (value) => typeof value === 'boolean' },
	number: NUMBER,
	'number:double': NUMBER,
	integer: INT64,
	'integer:int64': INT64,
	int64: INT64,
	'integer:int32': INT32,
	object: { called: 'an object', accepts: isObject },
};

/** The members of `enum:A|B`; undefined for any other type. */
export const enumMembers = (schema: Schema): string[] | undefined =>
	typeof schema === 'string' && schema.startsWith('enum:') ? schema.slice(5).split('|') : undefined;

function checkNamed(schema: string, value: unknown, at: string): void {
	const members = enumMembers(schema);
	if (members) {
		// Members that are numbers come as numbers too.
		const text = typeof value === 'number' && members.every((member) => /^\d+$/.test(member)) ? String(value) : value;
		if (typeof text === 'string' && members.includes(text)) return;
		throw badRequest(`${at} must be one of ${members.join(', ')}, not ${nameOf(value)}`, at);
	}
	const [base = '', longest] = schema.split('<=');
	const rule = RULES[base];
	// `any`, and names of types that the contract mentions without describing.
	if (!rule) return;
	if (!rule.accepts(value)) throw badRequest(`${at} must be ${rule.called}, not ${nameOf(value)}`, at);
	if (longest !== undefined && String(value).length > Number(longest)) {
		throw badRequest(`${at} must have at most ${longest} characters, it has ${String(value).length}`, at);
	}
}

function checkObject(schema: { readonly [name: string]: Schema }, value: unknown, at: string): void {
	const fields = Object.entries(schema);
	if (fields.length === 0) return;
	if (!isObject(value)) throw badRequest(`${at || 'the body'} must be an object, not ${nameOf(value)}`, at || 'body');
	const child = (name: string) => (at ? `${at}.${name}` : name);
	const known = new Map(fields.map(([name, type]) => [name.replace(/\*$/, ''), type]));
	for (const name of Object.keys(value)) if (!known.has(name)) throw badRequest(`${child(name)} is not a known field`, child(name));
	for (const [name] of fields) {
		const plain = name.slice(0, -1);
		if (name.endsWith('*') && value[plain] === undefined) throw badRequest(`${child(plain)} is required`, child(plain));
	}
	for (const [name, type] of known) if (value[name] !== undefined) checkSchema(type, value[name], child(name));
}

/**
 * Holds a value to a type of the contract.
 * @param at Where the value stands, for the message: `email_addresses[0].email`; '' is the body itself.
 * @throws ApiError 400 that names the first field at fault.
 */
export function checkSchema(schema: Schema, value: unknown, at = ''): void {
	if (typeof schema === 'string') return checkNamed(schema, value, at || 'the body');
	if (!Array.isArray(schema)) return checkObject(schema as { readonly [name: string]: Schema }, value, at);
	if (!Array.isArray(value)) throw badRequest(`${at || 'the body'} must be a list, not ${nameOf(value)}`, at || 'body');
	value.forEach((entry, index) => checkSchema(schema[0] as Schema, entry, `${at}[${index}]`));
}

/** The type of a direct field of an object type; undefined where there is none. */
export function fieldSchema(schema: Schema | undefined, name: string): Schema | undefined {
	if (typeof schema !== 'object' || Array.isArray(schema)) return undefined;
	const fields = schema as { readonly [name: string]: Schema };
	return fields[name] ?? fields[`${name}*`];
}

/** What is wrong with a value by a type of the contract; undefined if nothing is. */
export function schemaProblem(schema: Schema, value: unknown): string | undefined {
	try {
		checkSchema(schema, value);
		return undefined;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
