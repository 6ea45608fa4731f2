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

/** The type of a body field by its dotted name. */
export const bodySchema = (fact: Fact, key: string): Schema | undefined =>
	key.split('.').reduce((schema: Schema | undefined, part) => fieldSchema(schema, part), fact.body?.schema);

/** The names of a body's or an inner object's required fields. */
export const requiredIn = (schema: Schema | undefined): string[] =>
	typeof schema === 'object' && !Array.isArray(schema)
		? Object.keys(schema)
				.filter((name) => name.endsWith('*'))
				.map((name) => name.slice(0, -1))
		: [];

/** Limits that Keap states in words only, by field of an address: those of a billing address, which the samples are; v1 has no kinds. */
const IN_WORDS: Readonly<Record<Fact['api'], Readonly<Record<string, number>>>> = {
	v1: { line1: 100, line2: 100 },
	v2: { line1: 75, line2: 75, locality: 50, postal_code: 15 },
	'v2-pipelines': {},
};

/** The 40 of `string<=40`. */
const limitOf = (name: string, schema: Schema | undefined, api: Fact['api']): number | undefined => {
	const limit = typeof schema === 'string' ? /<=(\d+)$/.exec(schema)?.[1] : undefined;
	return limit === undefined ? IN_WORDS[api][name.split('.').at(-1) ?? ''] : Number(limit);
};

function lengthProblems({ api }: Fact, field: Field, key: string, schema: Schema): string[] {
	const entry = Array.isArray(schema) ? (schema[0] as Schema) : schema;
	return textSlots(field).flatMap(({ key: inner, takes }) => {
		const name = inner === '' ? key : `${key}.${inner}`;
		const limit = limitOf(name, inner === '' ? schema : fieldSchema(entry, inner), api);
		if (limit === undefined) return takes(LONG) ? [] : [`${name} has a limit that Keap has not`];
		return takes(limit) && !takes(limit + 1) ? [] : [`${name} must take ${limit} characters and no more`];
	});
}

function bodyProblems(fact: Fact, field: Field, key: string): string[] {
	const schema = bodySchema(fact, key);
	if (schema === undefined) return [`${key} is not a field of the body of ${fact.id}`];
	const wrong = encodedSamples(field).flatMap((value) => complaints(() => checkSchema(schema, value, key)));
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
