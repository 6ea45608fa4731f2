import type { IDataObject } from 'n8n-workflow';

import { chunksOf } from '../../runtime/chunksOf';
import { httpCodeOf, type KeapContext, type KeapQuery, keapRequest } from '../../transport';
import type { Results } from './bundle';
import type { BundledRead } from '../operation/types';

/** Reads one record by itself. @throws what `keapRequest` throws: with the status 404 for a record that is not there */
export type ReadOne = (id: string) => Promise<IDataObject>;

/** So many are asked for at a time. */
const AT_ONCE = 10;

/** Keap has understood what was asked and has no such record, or no way to ask for one by itself: then its list is all there is. */
const NOT_THERE: ReadonlySet<number> = new Set([400, 403, 404, 405, 409, 410, 422]);

/** How a record is read by itself, where its list says of it that it can be. */
export function readerOf(
	{ context, signal }: { readonly context: KeapContext; readonly signal?: AbortSignal },
	{ one }: Pick<BundledRead, 'one'>,
	query: KeapQuery = {},
): ReadOne | undefined {
	if (one === undefined) return undefined;
	const { fields } = query;
	const about = { method: 'GET', path: one.path, ...(fields !== undefined && { query: { fields } }), signal } as const;
	return async (id) =>
		(await keapRequest<IDataObject>(context, { ...about, pathParams: { [one.id]: id }, expects: { record: ['id'] } })).body;
}

/**
 * Reads the records that a list did not name although it was asked for them. A list can lag behind a write by seconds, so that it
 * proves nothing of an ID that another node has just been given. They are asked for by themselves, the newest first; as soon as Keap
 * has none of ten, the list is believed for the older ones as well.
 *
 * @returns a record or an error by ID; what Keap does not have is absent
 */
export async function readMissing(ids: readonly string[], readOne: ReadOne): Promise<Results<IDataObject>> {
	const found: Results<IDataObject> = new Map();
	for (const some of chunksOf([...ids].sort(newestFirst), AT_ONCE)) {
		const results = await Promise.all(some.map(async (id): Promise<IDataObject | Error | undefined> => await read(id, readOne)));
		for (const [index, result] of results.entries()) if (result !== undefined) found.set(some[index] ?? '', result);
		if (results.every((result) => result === undefined)) break;
	}
	return found;
}

async function read(id: string, readOne: ReadOne): Promise<IDataObject | Error | undefined> {
	try {
		const record = await readOne(id);
		// A contact that was merged may be answered with the one that is left.
		return String(record.id) === String(Number(id)) || String(record.id) === id ? record : undefined;
	} catch (error) {
		return NOT_THERE.has(Number(httpCodeOf(error))) ? undefined : (error as Error);
	}
}

const newestFirst = (one: string, other: string): number => other.length - one.length || (other > one ? 1 : -1);
