import type { IDataObject } from 'n8n-workflow';

import { doubtOf, isCancelled, keapRequest } from '../../transport';
import { type Failed, failAll, groupBy, halve, sendBundled, type Results, type Send } from './bundle';
import { readByIds } from './bundledReads';
import { verdictsOf } from './verdicts';
import type { Outcome } from '../operation/outcome';
import { toRequest } from '../calls/request';
import { wordedError } from '../operation/wordedError';
import type { BundledWrite, Call, Work } from '../operation/types';

/**
 * Writes the ids of many items in as few calls as Keap takes; a bad id fails only the items that name it.
 * @param failed called as soon as an item has failed
 */
export async function runBundledWrites(work: Work, bundle: BundledWrite, calls: readonly Call[], failed?: Failed): Promise<Outcome[]> {
	const groups = groupBy(calls, ({ pathParams, query, body }) => JSON.stringify([pathParams, query, { ...body, [bundle.ids]: undefined }]));
	const outcomes = await Promise.all(groups.map(async (group) => await writeGroup(work, bundle, group, failed)));
	return outcomes.flat();
}

/** The calls of a group differ in nothing but the ids. */
async function writeGroup(work: Work, bundle: BundledWrite, calls: readonly Call[], failed?: Failed): Promise<Outcome[]> {
	const [first] = calls;
	if (first === undefined) return [];
	const wishes = calls.flatMap((call) => idsOf(call, bundle).map((id): Wish => ({ item: call.item, id, part: `id ${id}` })));
	const results = await writeOnce(work, bundle, first, wishes, failed);
	return calls.map((call): Outcome => {
		const ids = idsOf(call, bundle);
		const bad = ids.filter((id) => results.get(id) instanceof Error);
		if (bad.length === 0) {
			return { call, answer: { ...call.pathParams, ...onlyOne(bundle.ids, ids), [bundle.ids]: ids, success: true } };
		}
		return { call, error: failureOf(work, bundle, call, ids, bad, results) };
	});
}

/** `contact_id` beside `contact_ids` or `contacts`, null where there are several: the next node works on one record an item. */
export const onlyOne = (name: string, ids: readonly string[]): IDataObject => ({
	[name.replace(/(_ids|s)$/, '_id')]: ids.length === 1 ? (ids[0] ?? null) : null,
});

const idsOf = ({ body }: Call, { ids }: BundledWrite): string[] => (Array.isArray(body[ids]) ? (body[ids] as string[]) : []);

/** An id that an item wants written. `part` names that in the memory of the item's tries. */
export interface Wish {
	readonly item: number;
	readonly id: string;
	readonly part: string;
}

/** The write of `call` for the ids that items want, without those that an earlier try of the run has written or left in doubt. */
export async function writeOnce(
	work: Work,
	bundle: BundledWrite,
	call: Call,
	wishes: readonly Wish[],
	failed?: Failed,
): Promise<Results<string>> {
	const { tries } = work;
	const results: Results<string> = new Map();
	for (const { item, id, part } of wishes) {
		const settled = tries.recall(item, part);
		if (settled !== undefined) results.set(id, 'error' in settled ? settled.error : String(settled.answer));
	}
	const open = [...new Set(wishes.map(({ id }) => id))].filter((id) => !results.has(id));
	for (const [id, result] of await writeIds(work, bundle, call, open, failed)) results.set(id, result);
	for (const { item, id, part } of wishes) {
		const result = results.get(id);
		if (typeof result === 'string') tries.keep(item, part, { answer: result });
		else if (result !== undefined && doubtOf(result) === 'harmful') tries.keep(item, part, { error: result });
	}
	return results;
}

/**
 * Makes the write of `call` for other ids than its own. When Keap refuses a call as a whole, the record in the path and those
 * that the ids name are looked up, 100 in a call; what is left without the missing ones is sent again, halved if need be.
 */
async function writeIds(work: Work, bundle: BundledWrite, call: Call, ids: readonly string[], failed?: Failed): Promise<Results<string>> {
	const send: Send<string> = async (chunk) => {
		const { body } = await keapRequest(work.context, {
			...toRequest(call, work),
			...(bundle.naming?.(chunk) ?? { body: { ...call.body, [bundle.ids]: chunk } }),
			// Every item of a shared call gets its error, so the error names no single item.
			...(chunk.length > 1 && { item: undefined }),
		});
		return verdictsOf(body, bundle.results ?? 'results', chunk);
	};
	const halved = async (chunk: readonly string[], error: Error): Promise<Results<string>> =>
		bundle.whole === true ? failAll(chunk, error) : await halve(chunk, error, send, failed);
	const withoutMissing = async (chunk: readonly string[], error: Error): Promise<Results<string>> => {
		if (chunk.length === 1) return failAll(chunk, error);
		const present = await presentIds(work, bundle, call, chunk);
		if (present instanceof Error) return failAll(chunk, present);
		const missing = chunk.filter((id) => !present.includes(id));
		if (missing.length === 0) return await halved(chunk, error);
		failed?.();
		const rest = await sendBundled(present, bundle.max, send, halved, failed);
		return new Map([...missing.map((id): [string, Error] => [id, new Error(`Keap has no ${bundle.record} with this ID`)]), ...rest]);
	};
	return await sendBundled(ids, bundle.max, send, withoutMissing, failed);
}

/** Those of the ids that Keap has; an error when the record in the path does not exist, since then no id can succeed. */
async function presentIds(
	work: Work,
	{ parent, lookup }: BundledWrite,
	{ pathParams }: Call,
	ids: readonly string[],
): Promise<string[] | Error> {
	try {
		if (parent !== undefined)
			await keapRequest(work.context, { method: 'GET', path: parent, pathParams, signal: work.signal, expects: { record: ['id'] } });
		if (lookup === undefined) return [...ids];
		const records = await readByIds(work, lookup, ids);
		return ids.filter((id) => records.has(id));
	} catch (error) {
		return error as Error;
	}
}

/**
 * One error for an item; the ids that were written are named, so that they are not repeated.
 * @param ids all that the item names; `bad` are those of them whose result is an error
 */
export function failureOf(
	work: Work,
	bundle: Pick<BundledWrite, 'record'>,
	call: Call,
	ids: readonly string[],
	bad: readonly string[],
	results: Results<string>,
): Error {
	const causes = bad.map((id) => results.get(id) as Error);
	const cause = causes.find((error) => !isCancelled(error)) ?? (causes[0] as Error);
	// What was called off because another item failed says so itself.
	if (isCancelled(cause)) return cause;
	if (ids.length === 1 && cause.name !== 'Error') return cause;
	const written = ids.filter((id) => !bad.includes(id));
	const isUnclear = doubtOf(cause) !== undefined;
	const which = `${bad.length === 1 ? `the ${bundle.record}` : `${bad.length} ${bundle.record}s`} ${bad.join(', ')}`;
	const advice = isUnclear
		? `It may or may not have been carried out: look in Keap before you run this item again.`
		: `Check that each ${bundle.record} exists in Keap.`;
	return wordedError(
		work.context.getNode(),
		`${isUnclear ? 'Keap did not say what became of' : 'Keap refused'} ${which}: ${cause.message}`,
		{ itemIndex: call.item, description: `${advice}${written.length > 0 ? ` Done for ${written.join(', ')}.` : ''}` },
	);
}
