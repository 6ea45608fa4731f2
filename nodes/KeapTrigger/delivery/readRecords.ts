import { readerOf, readMissing } from '../../shared/catalogue/batching/missing';
import { chunksOf } from '../../shared/runtime/chunksOf';
import { isRecord, ownOf } from '../../shared/runtime/isRecord';
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { httpCodeOf, isCancelled, keapCredentials, keapGetAll, keapRequest } from '../../shared/transport';
import { nameOf, type Source, SOURCES, type Wanted } from './records';

/** Keap documents 100 ids. */
const MOST_IDS = 100;
/** Calls under way at once; the throttle decides when each goes. */
const AT_ONCE = 20;
/** A call that failed for several records is made again in so many parts, to find the record that it fails for. */
const PARTS = 4;
/** After so many failures without a success, the cause is not a single record. */
const FAILURES_OF_ALL = 5;
/** Calls that one execution may spend on finding such records, beside those that it needs anyway. */
const MOST_EXTRA_CALLS = 100;

/** By `nameOf`; a record that is gone is in neither. */
export interface Readings {
	readonly records: Map<string, IDataObject>;
	/** Why a record could not be read, in words. */
	readonly failures: Map<string, string>;
}

/**
 * Reads records of several kinds, each once, in as few calls as Keap allows: a hundred in one for most kinds. A record that
 * Keap can't give costs no other record: a call that fails for several is split until the one is found. Where nothing can be
 * read (the day is used up, the key is refused, the network is gone) all that is left has that reason, without further calls.
 *
 * @throws only when the execution was stopped: Keap does not send an event again, so every other item has to come out
 */
export async function readRecords(context: IExecuteFunctions, wanted: readonly Wanted[]): Promise<Readings> {
	const readings: Readings = { records: new Map(), failures: new Map() };
	const kinds = new Map<string, Set<string>>();
	for (const { object, id } of wanted) kinds.set(object, (kinds.get(object) ?? new Set()).add(id));
	const [usable] = await Promise.allSettled([keapCredentials(context)]);
	const state: State = { extraCalls: MOST_EXTRA_CALLS, ...(usable.status === 'rejected' && { lasting: usable.reason as unknown }) };
	for (const [object, ids] of kinds) await readKind(context, object, [...ids], readings, state);
	return readings;
}

/** All of them fail for one reason. */
export const failedFor = (wanted: readonly Wanted[], reason: string): Readings => ({
	records: new Map(),
	failures: new Map(wanted.map((each) => [nameOf(each), reason])),
});

interface State {
	/** Why nothing more can be read. */
	lasting?: unknown;
	/** How many calls may still be spent on splitting. */
	extraCalls: number;
}

async function readKind(
	context: IExecuteFunctions,
	object: string,
	ids: readonly string[],
	readings: Readings,
	state: State,
): Promise<void> {
	const source = ownOf(SOURCES, object);
	if (source === undefined) return;
	const fail = (group: readonly string[], error: unknown) => {
		for (const id of group) readings.failures.set(nameOf({ object, id }), reasonOf(error));
	};
	let queue = chunksOf(ids, source.filter === undefined ? 1 : (source.max ?? MOST_IDS));
	let hasRead = false;
	let failed = 0;
	while (queue.length > 0) {
		const groups = queue.splice(0, AT_ONCE);
		if (state.lasting !== undefined) {
			for (const group of groups) fail(group, state.lasting);
			continue;
		}
		const outcomes = await Promise.allSettled(groups.map(async (group) => await readGroup(context, source, group)));
		for (const [index, outcome] of outcomes.entries()) {
			const group = groups[index] ?? [];
			if (outcome.status === 'fulfilled') {
				hasRead = true;
				for (const [id, record] of outcome.value)
					if (record instanceof Error) fail([id], record);
					else readings.records.set(nameOf({ object, id }), record);
				continue;
			}
			if (isCancelled(outcome.reason)) throw outcome.reason;
			failed++;
			if (isLasting(outcome.reason)) state.lasting = outcome.reason;
			if (group.length === 1 || state.lasting !== undefined || state.extraCalls < PARTS) fail(group, outcome.reason);
			else {
				state.extraCalls -= PARTS;
				queue = [...queue, ...chunksOf(group, Math.ceil(group.length / PARTS))];
			}
		}
		const last = outcomes.at(-1);
		if (hasRead || last?.status !== 'rejected') continue;
		// No answer at all means that the network failed, so other kinds of records can't be read either.
		if (httpCodeOf(last.reason) === undefined) state.lasting = last.reason;
		else if (failed >= FAILURES_OF_ALL) for (const group of queue.splice(0)) fail(group, last.reason);
	}
}

/** Whether no other record can be read either: the key is refused, or its quota is used up. */
const isLasting = (error: unknown): boolean => [401, 429].includes(httpCodeOf(error) ?? 0);

/** @returns the records by the ids that were asked for, or why one could not be read; those that are gone are not in it */
async function readGroup(context: IExecuteFunctions, source: Source, ids: readonly string[]): Promise<Map<string, IDataObject | Error>> {
	const { path, filter, records, query, max } = source;
	const [first = ''] = ids;
	if (filter === undefined) return await readOne(context, source, first);
	const request = { method: 'GET', path, query: { ...query, filter: `${filter}==${ids.join(',')}` } } as const;
	// A filter that takes a single id takes that of another object, such as an invoice's order: there nothing can be compared.
	const isAsked = max === 1 ? undefined : ({ id }: IDataObject): boolean => ids.includes(String(id));
	const found = await keapGetAll(context, request, { records, pageSize: MOST_IDS, isAsked });
	if (max === 1) return new Map(found.slice(0, 1).map((record) => [first, withTextId(record)]));
	const listed = new Map<string, IDataObject | Error>(found.map((record) => [String(record.id), withTextId(record)]));
	const reader = readerOf({ context }, source, query);
	const missing = ids.filter((id) => !listed.has(id));
	if (reader === undefined || missing.length === 0) return listed;
	// The event is of the last minute, and lists may lag behind: what is new is not gone.
	const alone = await readMissing(missing, reader);
	return new Map([...listed, ...[...alone].map(([id, record]) => [id, record instanceof Error ? record : withTextId(record)] as const)]);
}

async function readOne(context: IExecuteFunctions, { path, query }: Source, id: string): Promise<Map<string, IDataObject>> {
	// Keap documents no ID inside an appointment.
	const expects = { record: ['id', 'title', 'start_date'] };
	const request = { method: 'GET', path: `${path}/{id}`, pathParams: { id }, query, expects } as const;
	const [read] = await Promise.allSettled([keapRequest(context, request)]);
	if (read.status === 'rejected') {
		if (httpCodeOf(read.reason) === 404) return new Map();
		throw read.reason;
	}
	const { body } = read.value;
	if (!isRecord(body)) throw new Error('Keap answered with something else than a record');
	return new Map([[id, withTextId({ id, ...body })]]);
}

/** Ids of v1 records are numbers, of v2 text: here they are one. */
const withTextId = (record: IDataObject): IDataObject => (typeof record.id === 'number' ? { ...record, id: String(record.id) } : record);

function reasonOf(error: unknown): string {
	const { message, description } = error as { message?: unknown; description?: unknown };
	return [message, description]
		.filter((text) => typeof text === 'string' && text !== '')
		.join('. ')
		.slice(0, 1_000);
}
