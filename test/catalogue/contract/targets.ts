import { type Operation as Fact, type Schema } from '../../sandbox/contract/operations';
import { checkQuery } from '../../sandbox/contract/query';
import { checkSchema, fieldSchema } from '../../sandbox/contract/schema';
import type { Field, Target } from '../../../nodes/shared/catalogue/operation/types';
import { encodedSamples, neededInEntries, textSlots } from './samples';

/** Longer than any limit of Keap's. */
const LONG = 5_000;

/** What is wrong in the words of whoever refused it; nothing when it is fine. */
export function complaints(check: () => void): string[] {
	try {
		check();
		return [];
	} catch (error) {
		return [error instanceof Error ? error.message : String(error)];
	}
}

/** Holds a query parameter to the facts: known, of its type, one of its values. Required ones beside it are not asked for. */
export function queryProblems(fact: Fact, name: string, value: string): string[] {
	const alone = { ...fact, query: fact.query.map((parameter) => ({ ...parameter, required: false })) };
	return complaints(() => checkQuery(alone, `${name}=${encodeURIComponent(value)}`));
}

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join() : String(value));

/** The type of a body field by its dotted name. A body that is a bare list has no name for it: the row gives it one. */
export const bodySchema = (fact: Fact, key: string): Schema | undefined =>
	Array.isArray(fact.body?.schema)
		? fact.body.schema
		: key.split('.').reduce((schema: Schema | undefined, part) => fieldSchema(schema, part), fact.body?.schema);

/** The names of a body's or an inner object's required fields. */
export const requiredIn = (schema: Schema | undefined): string[] =>
	typeof schema === 'object' && !Array.isArray(schema)
		? Object.keys(schema)
				.filter((name) => name.endsWith('*'))
				.map((name) => name.slice(0, -1))
		: [];

type Limits = Readonly<Record<string, number>>;

/** Limits that Keap states in words only, by field of an address of v2: a billing address, which most samples are, and one that is sent to. */
const BILLING: Limits = { line1: 75, line2: 75, locality: 50, postal_code: 15 };
const SHIPPING: Limits = { line1: 100, line2: 100, locality: 100, postal_code: 20 };

/** v1 has no kinds of addresses, and the address of an order is of a form of its own, of which Keap says nothing. */
const inWords = (api: Fact['api'], entry: Schema, samples: readonly unknown[]): Limits => {
	if (api === 'v1') return { line1: 100, line2: 100 };
	if (api !== 'v2' || fieldSchema(entry, 'is_invoice_to_company') !== undefined) return {};
	const isIn = (slot: string): boolean => samples.some((sample) => (sample as { field?: unknown } | undefined)?.field === slot);
	if (isIn('OTHER')) return { ...SHIPPING, postal_code: 15 };
	return isIn('SHIPPING') ? SHIPPING : BILLING;
};

/** The 40 of `string<=40`. */
const limitOf = (name: string, schema: Schema | undefined, stated: Limits): number | undefined => {
	const limit = typeof schema === 'string' ? /<=(\d+)$/.exec(schema)?.[1] : undefined;
	return limit === undefined ? stated[name.split('.').at(-1) ?? ''] : Number(limit);
};

function lengthProblems({ api }: Fact, field: Field, key: string, schema: Schema): string[] {
	const entry = Array.isArray(schema) ? (schema[0] as Schema) : schema;
	const stated = inWords(api, entry, encodedSamples(field));
	return textSlots(field).flatMap(({ key: inner, takes }) => {
		const name = inner === '' ? key : `${key}.${inner}`;
		const limit = limitOf(name, inner === '' ? schema : fieldSchema(entry, inner), stated);
		if (limit === undefined) return takes(LONG) ? [] : [`${name} has a limit that Keap has not`];
		return takes(limit) && !takes(limit + 1) ? [] : [`${name} must take ${limit} characters and no more`];
	});
}

function bodyProblems(fact: Fact, field: Field, key: string): string[] {
	const schema = bodySchema(fact, key);
	if (schema === undefined) return [`${key} is not a field of the body of ${fact.id}`];
	const sent = (value: unknown): unknown => (field.to?.isEntry === true ? [value] : value);
	const wrong = encodedSamples(field).flatMap((value) => complaints(() => checkSchema(schema, sent(value), key)));
	const inner = field.property.type === 'fixedCollection' ? requiredIn(Array.isArray(schema) ? (schema[0] as Schema) : schema) : [];
	const needed = inner.length > 0 ? neededInEntries(field) : new Set<string>();
	const missing = inner
		.filter((name) => !needed.has(name))
		.map((name) => `${name} of an entry of ${key} is required by Keap, and an entry without it is let through`);
	return [...wrong, ...missing, ...lengthProblems(fact, field, key, schema)];
}

/** The values that a filter field sends, each a whole filter; a key may bring further conditions with it. */
const filtersOf = (field: Field, { key, operator = '==' }: Target): string[] =>
	encodedSamples(field).map((value) => `${key}${operator}${textOf(value)}`);

/** Holds where a field's value goes, and every value that it can write, to the facts. */
export function targetProblems(fact: Fact, field: Field): string[] {
	const { to, property } = field;
	if (to === undefined) return [];
	const { in: place, key } = to;
	if (encodedSamples(field).length === 0)
		return [`${property.name} takes no sample, so nothing is known of it: give it a placeholder with an example`];
	if (place === 'path') return fact.pathParams.some(({ name }) => name === key) ? [] : [`${key} is not in the path of ${fact.id}`];
	if (place === 'query') return encodedSamples(field).flatMap((value) => queryProblems(fact, key, textOf(value)));
	if (place === 'filter') return filtersOf(field, to).flatMap((filter) => queryProblems(fact, 'filter', filter));
	return bodyProblems(fact, field, key);
}
