import { NodeOperationError } from 'n8n-workflow';

import { keapRequest } from '../transport';
import { failAll, groupBy, halve, sendBundled, type Results, type Send } from './bundle';
import { readByIds } from './bundledReads';
import type { Outcome } from './outcome';
import { toRequest } from './request';
import type { BundledWrite, Call, Work } from './types';

/** Writes the ids of many items in as few calls as Keap takes; a bad id fails only the items that name it. */
export async function runBundledWrites(work: Work, bundle: BundledWrite, calls: readonly Call[]): Promise<Outcome[]> {
	const groups = groupBy(calls, ({ pathParams, query }) => JSON.stringify([pathParams, query]));
	const outcomes = await Promise.all(groups.map(async (group) => await writeGroup(work, bundle, group)));
	return outcomes.flat();
}

/** The calls of a group differ in nothing but the ids. */
async function writeGroup(work: Work, bundle: BundledWrite, calls: readonly Call[]): Promise<Outcome[]> {
	const [first] = calls;
	if (first === undefined) return [];
	const all = [...new Set(calls.flatMap((call) => idsOf(call, bundle)))];
	const results = await writeIds(work, bundle, first, all);
	return calls.map((call): Outcome => {
		const ids = idsOf(call, bundle);
		const failed = ids.filter((id) => results.get(id) instanceof Error);
		if (failed.length === 0) {
			return { call, answer: { ...call.pathParams, [bundle.ids]: ids, success: true } };
		}
		return { call, error: failureOf(work, bundle, call, ids, failed, results) };
	});
}

const idsOf = ({ body }: Call, { ids }: BundledWrite): string[] => (Array.isArray(body[ids]) ? (body[ids] as string[]) : []);

/**
 * Makes the write of `call` for other ids than its own. When Keap refuses a call as a whole, the record in the path and those
 * that the ids name are looked up, 100 in a call; what is left without the missing ones is sent again, halved if need be.
 */
export async function writeIds(work: Work, bundle: BundledWrite, call: Call, ids: readonly string[]): Promise<Results<string>> {
	const send: Send<string> = async (chunk) => {
		const { body } = await keapRequest(work.context, {
			...toRequest(call, work),
			body: { ...call.body, [bundle.ids]: chunk },
			// A shared call's error is told to every item in it, so it names none.
			...(chunk.length > 1 && { item: undefined }),
		});
		return new Map(chunk.map((id) => [id, verdictOf(body, id)]));
	};
	return await sendBundled(ids, bundle.max, send, async (chunk, error) => {
		if (chunk.length === 1) return failAll(chunk, error);
		const present = await presentIds(work, bundle, call, chunk);
		if (present instanceof Error) return failAll(chunk, present);
		const missing = chunk.filter((id) => !present.includes(id));
		const rest = missing.length === 0 ? await halve(chunk, error, send) : await sendBundled(present, bundle.max, send, async (again, why) => await halve(again, why, send));
		return new Map([...missing.map((id): [string, Error] => [id, new Error(`Keap has no ${bundle.record} with this ID`)]), ...rest]);
	});
}

/** Those of the ids that Keap has; an error when the record in the path is not there, which no other id would mend. */
async function presentIds(work: Work, { parent, lookup }: BundledWrite, { pathParams }: Call, ids: readonly string[]): Promise<string[] | Error> {
	try {
		await keapRequest(work.context, { method: 'GET', path: parent, pathParams, signal: work.signal });
		const records = await readByIds(work, lookup, ids);
		return ids.filter((id) => records.has(id));
	} catch (error) {
		return error as Error;
	}
}

// Keap's words for a result are not documented. These are known from v1's tag endpoint; anything else that sounds like failure counts as one.
const FAILURE = /fail|error|invalid|not[_ -]?found|not[_ -]?exist|unknown|denied|deleted/i;

/** Keap answers `{results: {id: word}}`, or nothing at all. An id that a filled answer leaves out was not confirmed. */
function verdictOf(body: unknown, id: string): string | Error {
	const results: unknown = typeof body === 'object' && body !== null && 'results' in body ? body.results : undefined;
	if (typeof results !== 'object' || results === null || Object.keys(results).length === 0) return 'SUCCESS';
	const verdict: unknown = (results as Record<string, unknown>)[id];
	if (verdict === undefined) return new Error('Keap did not confirm it');
	return FAILURE.test(String(verdict)) ? new Error(String(verdict)) : String(verdict);
}

/** One error for an item; the ids that were written are named, so that nobody does them again. */
function failureOf(work: Work, bundle: BundledWrite, call: Call, ids: readonly string[], failed: readonly string[], results: Results<string>): Error {
	const [first = ''] = failed;
	const cause = results.get(first) as Error;
	if (ids.length === 1 && cause.name !== 'Error') return cause;
	const written = ids.filter((id) => !failed.includes(id));
	return new NodeOperationError(work.context.getNode(), `Keap refused ${failed.length === 1 ? `the ${bundle.record}` : `${failed.length} ${bundle.record}s`} ${failed.join(', ')}: ${cause.message}`, {
		itemIndex: call.item,
		description: `Check that each ${bundle.record} exists in Keap.${written.length > 0 ? ` Done for ${written.join(', ')}.` : ''}`,
	});
}
