import { deepCopy, type IDataObject } from 'n8n-workflow';

import { failAll, halve, sendBundled, type Send } from '../../../shared/catalogue/batching/bundle';
import { keyOf, sharedWrites, type WriteForAll } from '../../../shared/catalogue/batching/sharedWrites';
import { toRequest } from '../../../shared/catalogue/calls/request';
import type { Answer, Call } from '../../../shared/catalogue/operation/types';
import { listOf } from '../../../shared/runtime/listOf';
import { httpCodeOf, keapRequest } from '../../../shared/transport';

/** Keap names no maximum. */
const MOST_ITEMS = 100;

/**
 * Adds the list items of all n8n items about one option in one call: Keap takes a bare list, and answers with the whole option.
 * Where it refuses them together, the one at fault is found and fails alone; an option that is gone fails all.
 */
const write: WriteForAll = async (work, calls) => {
	const callOf = new Map(calls.map((call) => [keyOf(call), call]));
	const send: Send<Answer> = async (keys) => {
		const sent = keys.map((key) => callOf.get(key)).filter((call): call is Call => call !== undefined);
		const { body } = await keapRequest<IDataObject>(work.context, {
			...toRequest(sent[0] as Call, work),
			body: sent.flatMap((call) => listOf(call.body.list_items)),
			// Every n8n item of a shared call gets its error, so the error names no single one.
			...(sent.length > 1 && { item: undefined }),
		});
		return new Map(keys.map((key) => [key, deepCopy(body)]));
	};
	return await sendBundled([...callOf.keys()], MOST_ITEMS, send, async (keys, error) =>
		String(httpCodeOf(error)) === '404' ? failAll(keys, error) : await halve(keys, error, send),
	);
};

export const addItems = sharedWrites(async () => await Promise.resolve(write));
