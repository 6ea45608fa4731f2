import { withAmountsWritten } from '../../../nodes/shared/catalogue/money/resolveAmounts';
import type { Field, Operation } from '../../../nodes/shared/catalogue/operation/types';
import { factOf } from '../../catalogue/contract/rows';
import type { RecordedCall } from '../../sandbox';
import { readMultipart } from '../../sandbox/contract/multipart';
import type { Operation as Fact, Schema } from '../../sandbox/contract/operations';
import type { GivenField } from './given';

const textOf = (value: unknown): string => (Array.isArray(value) ? value.join() : String(value));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Lists of records may arrive with more in them: the main email address, entries that an update keeps, or other parameters' entries
 * of the same list.
 */
function loosely(value: unknown, arrived: unknown): unknown {
	const records = Array.isArray(arrived) && isRecord(value) ? [value] : value;
	return Array.isArray(records) && records.some(isRecord)
		? expect.arrayContaining(records.map((one: unknown) => expect.objectContaining(one as Record<string, unknown>) as unknown))
		: value;
}

/** The fields that go somewhere, each with what it writes; an entry of a list is one beside others. */
const writtenBy = (given: readonly GivenField[], place: string): Array<{ key: string; operator: string; value: unknown }> =>
	given.flatMap(({ field, raw }) => {
		if (field.to?.in !== place) return [];
		const { key, operator = '==', isEntry } = field.to;
		const value = encoded(field, raw);
		return [{ key, operator, value: isEntry === true ? [value] : value }];
	});

/** Amounts as the account, which has dollars, is sent them. */
const encoded = ({ encode }: Field, raw: unknown): unknown => withAmountsWritten(encode === undefined ? raw : encode(raw), 'USD');

/** What the item wrote: where Keap takes many records in one call, the body's list holds it; a form holds it in parts. */
function bodyOf({ body, headers }: RecordedCall, { bundledCreate, fields }: Operation, fact: Fact | undefined): unknown {
	const type = headers['content-type'] ?? '';
	// A bare list has no name but the one that the row gives it.
	if (Array.isArray(body)) return { [fields.find(({ to }) => to?.in === 'body')?.to?.key ?? '']: body as unknown };
	if (type.startsWith('multipart/') && isRecord(fact?.body?.schema))
		return readMultipart(String(body), type, fact.body.schema as { readonly [name: string]: Schema });
	if (bundledCreate === undefined) return body;
	const [first] = (body as Record<string, unknown[]>)[bundledCreate.list] ?? [];
	return first;
}

/** The value at a dotted name. */
const at = (body: unknown, key: string): unknown =>
	key.split('.').reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), body);

/** Holds the call of a row to what the agent gave: path, query, filter, body and mask, each value where the row says. */
export function expectArrival(operation: Operation, given: readonly GivenField[], calls: readonly RecordedCall[]): void {
	const fact = factOf(operation.method, operation.path);
	const call = calls.find(({ operationId, method }) => operationId === fact?.id && method === operation.method);
	if (call === undefined)
		throw new Error(
			`${operation.method} ${operation.path} never arrived, but: ${calls.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
		);
	// Of several records in a path, each is a call of its own: the first is held to it.
	const inPath = (value: unknown): string => String(Array.isArray(value) ? value[0] : value);
	const path = writtenBy(given, 'path').reduce((template, { key, value }) => template.replace(`{${key}}`, inPath(value)), operation.path);
	expect(decodeURIComponent(call.path)).toBe(path);
	const { filter, update_mask: mask, ...query } = call.query;
	const fixed = Object.fromEntries(Object.entries(operation.query ?? {}).map(([name, value]) => [name, textOf(value)]));
	const asked = Object.fromEntries(writtenBy(given, 'query').map(({ key, value }) => [key, textOf(value)]));
	expect(query).toMatchObject({ ...(operation.simplify?.fields === undefined && fixed), ...asked });
	expect(filter?.split(';') ?? []).toEqual(
		expect.arrayContaining([
			...writtenBy(given, 'filter').flatMap(({ key, operator, value }) => `${key}${operator}${textOf(value)}`.split(';')),
			...given.flatMap(({ condition }) => condition ?? []),
		]),
	);
	const body = bodyOf(call, operation, fact);
	const wanted = writtenBy(given, 'body');
	for (const { key, value } of wanted) expect({ [key]: at(body, key) }).toEqual({ [key]: loosely(value, at(body, key)) });
	// What Keap wants with every update, and has to be left as it is, is not in the mask.
	const completed = operation.completion?.fields ?? {};
	const changed = Object.keys(body ?? {}).filter((name) => !(name in completed) || wanted.some(({ key }) => key === name));
	if (operation.mask === true) expect(mask?.split(',').sort()).toEqual(changed.sort());
	expect(body ?? {}).toMatchObject(
		Object.fromEntries(Object.entries(operation.body ?? {}).filter(([name]) => !wanted.some(({ key }) => key === name))),
	);
}
