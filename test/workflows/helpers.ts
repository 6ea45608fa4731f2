import type { IDataObject, INodeParameters, INodeParameterResourceLocator } from 'n8n-workflow';

import type { KeapRecord, RecordedCall, SandboxOptions } from '../sandbox';
import type { RunResult } from '../support/engine';
import { startKeap, type Keap } from '../support/keap';

/**
 * A fresh engine, sandbox and key for each test of a `describe`: throttles and look-up caches live as long as the process.
 * @returns the running test's own
 */
export function keapForEachTest(options: SandboxOptions & { withBaseNodes?: boolean } = {}): () => Keap {
	let keap: Keap | undefined;
	beforeEach(async () => {
		keap = await startKeap(options);
	});
	afterEach(async () => await keap?.close());
	return () => {
		if (!keap) throw new Error('The fixture is there inside tests only');
		return keap;
	};
}

/** What a record's parameter holds when a user gives its ID, or an expression for it. */
export const byId = (value: string | number): INodeParameterResourceLocator => ({ __rl: true, mode: 'id', value: String(value) });

/** Parameters of an operation: `on('contact')('get', { … })`. */
export const on =
	(resource: string) =>
	(operation: string, parameters: INodeParameters = {}): INodeParameters => ({ resource, operation, ...parameters });

/** `count` items made from their index. */
export const itemsOf = (count: number, make: (index: number) => IDataObject): IDataObject[] =>
	Array.from({ length: count }, (_unused, index) => make(index));

/** The same text so many times: lists of calls. */
export const times = (count: number, text: string): string[] => Array.from({ length: count }, () => text);

/** Calls that change something, in the order in which they arrived. */
export const writes = ({ sandbox }: Keap): RecordedCall[] => sandbox.calls.filter(({ method }) => method !== 'GET');

/** The body of the only call that changed something. */
export function onlyBody(keap: Keap): Record<string, unknown> {
	const [call, ...more] = writes(keap);
	if (call === undefined || more.length > 0) throw new Error(`One write was expected, there were ${writes(keap).length}`);
	return call.body as Record<string, unknown>;
}

/** What Keap keeps of a contact. */
export function stored({ sandbox }: Keap, id: string | number): KeapRecord {
	const record = sandbox.state.contacts.get(String(id));
	if (record === undefined) throw new Error(`The sandbox has no contact ${id}`);
	return record;
}

/** The emails of a stored contact with their slots, as `EMAIL1 ada@…`. */
export const slotsOf = (list: unknown, value: string): string[] =>
	(list as Array<Record<string, unknown>>).map((entry) => `${String(entry.field)} ${String(entry[value])}`);

/** Message and description of the error that ended an execution, in one text. */
export const errorText = ({ error }: RunResult): string => (error ? `${error.message} | ${error.description ?? ''}` : '');

/** The texts of failed items among an output: `error` of each, undefined for good ones. */
export const errorsOf = (items: readonly IDataObject[]): unknown[] => items.map(({ error }) => error);

/** The index of the input item behind each output item. */
export const pairsOf = (result: RunResult, output = 0): unknown[] =>
	result
		.itemsWithPairing('Keap', output)
		.map(({ pairedItem }) => (typeof pairedItem === 'object' && !Array.isArray(pairedItem) ? pairedItem.item : pairedItem));

/** The key that the running test's sandbox has seen last. */
export const keyOf = ({ sandbox }: Keap): string => sandbox.calls.at(-1)?.headers['x-keap-api-key'] ?? '';

/** Every text in a value of any depth, errors' hidden fields, keys of objects and buffers included. */
export function textsIn(value: unknown, seen = new Set<unknown>()): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null || seen.has(value)) return [];
	seen.add(value);
	if (value instanceof Map || value instanceof Set) return [...value].flatMap((one: unknown) => textsIn(one, seen));
	return Reflect.ownKeys(value).flatMap((name) => [String(name), ...textsIn((value as Record<PropertyKey, unknown>)[name], seen)]);
}

/** Fails when a secret, plain, encoded or in base64, stands anywhere in a value. */
export function expectNowhere(secret: string, value: unknown): void {
	const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
	expect(secret).not.toBe('');
	expect(textsIn(value).filter((text) => forms.some((form) => text.includes(form)))).toEqual([]);
}
