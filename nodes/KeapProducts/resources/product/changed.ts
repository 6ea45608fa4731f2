import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { toRequest } from '../../../shared/catalogue/calls/request';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { inner } from '../../../shared/runtime/isRecord';
import { listOf } from '../../../shared/runtime/listOf';
import { countOf, keapRequest } from '../../../shared/transport';

const PAGE = 1_000;

/** More pages than any catalogue has: an answer that never ends is an error. */
const MOST_PAGES = 1_000;

/**
 * What was made or changed since a token, read to the end: one item for each product, with the token for the next time.
 * Keap counts pages here by `offset`, and gives a new token with each; that of the first page knows of nothing that came later.
 */
export const readChanged: Perform = async (work, call) => {
	const request = toRequest(call, work);
	const products: IDataObject[] = [];
	let token: unknown;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const query = { ...request.query, limit: PAGE, offset: products.length };
		const { body } = await keapRequest<IDataObject>(work.context, { ...request, query, expects: { list: 'product_statuses' } });
		const found = listOf(body.product_statuses);
		token ??= body.sync_token;
		products.push(...found.map(({ product }) => inner(product)));
		const total = countOf(body);
		// A page may be smaller than was asked for: only an empty one, or the count, says that it was the last. A count that a full
		// page just reaches may be that of the page alone.
		if (found.length === 0 || (total !== undefined && products.length >= total && found.length < PAGE))
			return products.map((product) => ({ ...product, sync_token: token ?? null }));
	}
	throw new NodeOperationError(work.context.getNode(), "Keap's list of changed products does not end", {
		itemIndex: call.item,
		description: 'Nothing was passed on. Try again later, or use Get Many.',
	});
};
