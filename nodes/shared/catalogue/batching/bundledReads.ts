import { deepCopy, type IDataObject } from 'n8n-workflow';

import { chunksOf } from '../../runtime/chunksOf';
import { type KeapContext, keapPages, type KeapQuery, mayBeOneRecord, unreadableRecord } from '../../transport';
import { failAll, type Failed, groupBy, halve, sendBundled, type Results, type Send } from './bundle';
import { type ReadOne, readerOf, readMissing } from './missing';
import { notFound } from '../calls/notFound';
import type { Outcome } from '../operation/outcome';
import { askKeap, simplified, toRequest } from '../calls/request';
import type { BundledRead, Call, Work } from '../operation/types';

/**
 * Reads the records of many items by their ids, 100 in a call. An id that Keap does not know fails its own items only.
 * @param failed called as soon as an item has failed
 */
export async function runBundledReads(work: Work, bundle: BundledRead, calls: readonly Call[], failed?: Failed): Promise<Outcome[]> {
	const groups = groupBy(calls, (call) => JSON.stringify(toRequest(call, work).query));
	const outcomes = await Promise.all(groups.map(async (group) => await readGroup(work, bundle, group, failed)));
	return outcomes.flat();
}

/** The calls of a group differ in nothing but the id. */
async function readGroup(work: Work, bundle: BundledRead, calls: readonly Call[], failed?: Failed): Promise<Outcome[]> {
	const [first] = calls;
	if (first === undefined) return [];
	const callOf = new Map(calls.map((call) => [idOf(call, bundle), call]));
	const readOne: ReadOne = async (id) => (await askKeap(work, callOf.get(id) ?? first)) as IDataObject;
	const query = toRequest(first, work).query;
	const records = await readByIds(work, bundle, [...callOf.keys()], query, { failed, ...(bundle.one !== undefined && { readOne }) });
	const given = new Set<string>();
	return await Promise.all(
		calls.map(async (call): Promise<Outcome> => {
			const id = idOf(call, bundle);
			const record = records.get(id);
			if (record instanceof Error) return { call, error: record };
			if (record === undefined || !isBelow(record, call, bundle)) return { call, error: notFound(work.context, call, id) };
			// Two items about one record get one each: a node that changes its item must not change the other.
			const own = given.has(id) ? deepCopy(record) : record;
			given.add(id);
			try {
				return { call, answer: await simplified(work, call, own) };
			} catch (error) {
				return { call, error: error as Error };
			}
		}),
	);
}

/** Whether a record belongs to the one that the item's path names above it. */
const isBelow = (record: IDataObject, { pathParams }: Call, { parent }: BundledRead): boolean =>
	parent === undefined || String(record[parent]) === pathParams[parent];

const idOf = (call: Call, { id }: BundledRead): string => (call.pathParams[id] ?? '').toLowerCase();

/** What may be known beside the ids that are to be read. */
interface Reading {
	/** Called as soon as an id is unknown or could not be read. */
	readonly failed?: Failed | undefined;
	/** Reads one record by itself; as the list says unless given. */
	readonly readOne?: ReadOne | undefined;
}

/**
 * Records by id, as few calls as possible. Ids that Keap does not know are absent; where records come that were not asked for,
 * Keap did not keep to the filter, and all ids of the call have that error.
 * @param query further query parameters, such as `fields`; a `filter` in it holds besides
 */
export async function readByIds(
	{ context, signal }: { readonly context: KeapContext; readonly signal?: AbortSignal },
	bundle: Omit<BundledRead, 'id'>,
	ids: readonly string[],
	query?: KeapQuery,
	{ failed, readOne = readerOf({ context, signal }, bundle, query) }: Reading = {},
): Promise<Results<IDataObject>> {
	const besides = typeof query?.filter === 'string' ? [query.filter] : [];
	const keyOf = (record: IDataObject): string => String(record[bundle.key ?? 'id']).toLowerCase();
	const send: Send<IDataObject> = async (chunk) => {
		const asked = new Set(chunk.map((id) => id.toLowerCase()));
		const request = {
			method: 'GET',
			path: bundle.path,
			query: { ...query, filter: [...besides, `${bundle.filter}==${chunk.join(',')}`].join(';') },
			signal,
		} as const;
		const found: Results<IDataObject> = new Map();
		const pages = keapPages(context, request, {
			records: bundle.records,
			pageSize: chunk.length,
			isAsked: (record) => asked.has(keyOf(record)),
		});
		for await (const page of pages) {
			// A record may come twice, on pages that overlap: that says nothing of the others.
			for (const record of page) found.set(keyOf(record), record);
			if (found.size >= asked.size) break;
		}
		return found;
	};
	const readChunk = async (chunk: readonly string[]): Promise<Results<IDataObject>> => {
		const listed = await readApart(context, bundle, chunk, send, failed);
		const missing = chunk.filter((id) => !listed.has(id.toLowerCase()));
		// What a filter of its own leaves out may well be there.
		const alone = readOne === undefined || besides.length > 0 || missing.length === 0 ? new Map() : await readMissing(missing, readOne);
		const all: Results<IDataObject> = new Map([...listed, ...alone]);
		if (chunk.some((id) => !(all.has(id.toLowerCase()) && !(all.get(id.toLowerCase()) instanceof Error)))) failed?.();
		return all;
	};
	const parts = await Promise.all(chunksOf(ids, bundle.max).map(readChunk));
	return new Map(parts.flatMap((part) => [...part]));
}

/**
 * One call for many ids; where it fails for one of them, that one fails alone. A call that Keap refuses for what it asks is halved
 * until the bad ids stand alone; so is one in which Keap fails to write out a record, provided that it can answer for another one.
 */
async function readApart(
	context: KeapContext,
	{ path }: Pick<BundledRead, 'path'>,
	ids: readonly string[],
	send: Send<IDataObject>,
	failed?: Failed,
): Promise<Results<IDataObject>> {
	const refused = async (chunk: readonly string[], error: Error): Promise<Results<IDataObject>> => await halve(chunk, error, send, failed);
	const apart = async (chunk: readonly string[], budget: { calls: number }): Promise<Results<IDataObject>> => {
		const results = await sendBundled(chunk, chunk.length, send, refused);
		const [error] = results.values();
		const isOfOne = error instanceof Error && mayBeOneRecord(error) && [...results.values()].every((result) => result === error);
		const isSplit = isOfOne && chunk.length > 1 && budget.calls > 1 && (chunk.length < ids.length || (await isAnyRead(chunk, send)));
		if (!isSplit) {
			if ([...results.values()].some((result) => result instanceof Error)) failed?.();
			return isOfOne && chunk.length === 1 ? failAll(chunk, badRecord(context, path, chunk[0] ?? '', error)) : results;
		}
		budget.calls -= 2;
		const halves = chunksOf(chunk, Math.ceil(chunk.length / 2)).map(async (half) => await apart(half, budget));
		return new Map((await Promise.all(halves)).flatMap((half) => [...half]));
	};
	return await apart(ids, { calls: ids.length });
}

/** Whether Keap answers for the first of the ids or for the last: else the fault lies in none of them, and further calls are spent for nothing. */
async function isAnyRead(ids: readonly string[], send: Send<IDataObject>): Promise<boolean> {
	for (const id of [ids[0], ids.at(-1)]) {
		const isRead = await send([id ?? '']).then(
			() => true,
			() => false,
		);
		if (isRead) return true;
	}
	return false;
}

const badRecord = (context: KeapContext, path: string, id: string, error: unknown): Error =>
	unreadableRecord(context, { method: 'GET', path }, `the record with the ID ${id}`, 'The others are not concerned.', error);
