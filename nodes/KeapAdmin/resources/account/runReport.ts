import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { limitOf, toRequest } from '../../../shared/catalogue/calls/request';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { listOf } from '../../../shared/runtime/listOf';
import { keapRequest, tokenIn } from '../../../shared/transport';

const PAGE_SIZE = 1_000;

/** A report over a whole account takes Keap minutes, and asking again after one would begin it anew: ten minutes a page. */
const DEADLINE_MS = 600_000;

/**
 * The rows of a report, page by page. Its pages differ from those of Keap's lists: they are asked for by POST, and the token of
 * the next one comes as `page_token`, or under the name that all other lists have for it.
 * @throws NodeOperationError when a token comes again: the report would never end
 */
export const runReport: Perform = async (work, call) => {
	const { limit = Infinity } = limitOf(call);
	const request = toRequest(call, work);
	const rows: IDataObject[] = [];
	const seen = new Set<string | number>();
	let token: string | number | undefined;
	do {
		const query = { ...request.query, page_size: Math.min(PAGE_SIZE, limit - rows.length), page_token: token };
		const { body } = await keapRequest<IDataObject>(work.context, {
			...request,
			query,
			expects: { list: 'results' },
			timeoutMs: DEADLINE_MS,
		});
		for (const { columns } of listOf(body.results).slice(0, limit - rows.length)) rows.push(rowOf(listOf(columns)));
		token = tokenIn(body, ['page_token', 'next_page_token']);
		if (token !== undefined && seen.has(token))
			throw new NodeOperationError(work.context.getNode(), 'Keap sends the same page of the report again: it would never end', {
				itemIndex: call.item,
				description: 'The rows read so far are not passed on. Run the report again, or set a Limit.',
			});
		if (token !== undefined) seen.add(token);
	} while (token !== undefined && rows.length < limit);
	return rows;
};

/** One row with its columns as keys. Of several columns of one name, the others are numbered: `total`, `total (2)`. */
export function rowOf(columns: readonly IDataObject[]): IDataObject {
	const names = new Set(columns.map(({ field_name: name }) => String(name)));
	const row = new Map<string, unknown>();
	for (const { field_name: name, value } of columns) {
		let key = String(name);
		// A column that is really called "total (2)" keeps its name.
		for (let number = 2; row.has(key); number += 1) {
			const next = `${String(name)} (${number})`;
			if (!names.has(next)) key = next;
		}
		row.set(key, value ?? null);
	}
	return Object.fromEntries(row) as IDataObject;
}
