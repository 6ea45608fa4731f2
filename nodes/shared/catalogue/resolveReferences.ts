import type { IDataObject } from 'n8n-workflow';

import type { KeapQuery } from '../transport';
import type { Fail, Outcome } from './operation/outcome';
import type { Call, Field, Operation, ReferenceResolver, Work } from './operation/types';
import { BadInput, shown } from './operation/badInput';
import { referencesIn, withIds } from './operation/reference';

/** Each way to look records up that the fields bring, once. */
const resolversOf = (fields: readonly Field[]): Set<ReferenceResolver> =>
	new Set(
		fields.flatMap(({ resolver, resolvers = [], members = [] }) => [
			...(resolver === undefined ? [] : [resolver]),
			...resolvers,
			...resolversOf(members),
		]),
	);

const textsOf = ({ pathParams, query, body, filter, values }: Call): Set<string> =>
	new Set(referencesIn([pathParams, query, body, filter ?? [], values]));

/** Left as it is, the value would be sent as an empty one. */
const notLookedUp = (text: string): BadInput =>
	new BadInput(`names a record otherwise than by ID: ${shown(text.slice(text.indexOf(' ') + 1))}`, 'Give the ID here.');

const written = (call: Call, ids: ReadonlyMap<string, string>): Call => ({
	...call,
	pathParams: withIds(call.pathParams, ids) as Call['pathParams'],
	query: withIds(call.query, ids) as KeapQuery,
	body: withIds(call.body, ids) as IDataObject,
	values: withIds(call.values, ids) as Call['values'],
	...(call.filter !== undefined && {
		filter: call.filter.map((part) => (typeof part === 'string' ? (withIds(part, ids) as string) : part)),
	}),
});

/**
 * Looks up what items name otherwise than by ID, for all of them together and each once.
 * @returns the calls that can go on, and the outcomes of those that name what is not there
 */
export async function resolveReferences(
	work: Work,
	{ fields }: Operation,
	calls: readonly Call[],
	fail: Fail,
): Promise<[Call[], Outcome[]]> {
	const wanted = new Map(calls.map((call) => [call, textsOf(call)]));
	const texts = new Set([...wanted.values()].flatMap((ofCall) => [...ofCall]));
	if (texts.size === 0) return [[...calls], []];
	const found = new Map<string, string | Error>();
	const wanting = (text: string): Call[] => calls.filter((call) => wanted.get(call)?.has(text));
	for (const resolver of resolversOf(fields)) {
		const own = new Set([...texts].filter((text) => text.startsWith(`${resolver.kind} `)));
		if (own.size > 0) for (const [text, id] of await resolver.resolve(work, own, wanting)) found.set(text, id);
	}
	const ready: Call[] = [];
	const refused: Outcome[] = [];
	for (const [call, own] of wanted) {
		const ids = new Map([...own].map((text) => [text, found.get(text)]));
		const error = [...ids].map(([text, id]) => (id === undefined ? notLookedUp(text) : id)).find((id) => id instanceof Error);
		if (error !== undefined) refused.push(fail(call, error));
		else ready.push(own.size === 0 ? call : written(call, ids as Map<string, string>));
	}
	return [ready, refused];
}
