import type { IDataObject } from 'n8n-workflow';

import { limitOf, toRequest } from '../../shared/catalogue/calls/request';
import { BadAnswer } from '../../shared/catalogue/operation/badAnswer';
import type { Perform } from '../../shared/catalogue/operation/types';
import { merchants } from '../../shared/records/commerce/merchants';
import { listOf } from '../../shared/runtime/listOf';
import { keapRequest, tokenIn } from '../../shared/transport';

const PAGE_SIZE = 1_000;

/** The merchant accounts with whether each is the default, which Keap says beside the list. @throws BadAnswer when a page comes again */
export const readMerchants: Perform = async (work, call) => {
	const request = toRequest(call, work);
	const { limit = Infinity } = limitOf(call);
	const found: IDataObject[] = [];
	const seen = new Set<string | number>();
	let token: string | number | undefined;
	do {
		const query = { ...request.query, page_size: Math.min(PAGE_SIZE, limit - found.length), page_token: token };
		const { body } = await keapRequest<IDataObject>(work.context, { ...request, query });
		const byDefault = String(body.default_merchant_account_id ?? '');
		found.push(...listOf(body[merchants.records]).map((account) => ({ ...account, is_default: String(account.id) === byDefault })));
		token = tokenIn(body);
		if (token !== undefined && seen.has(token))
			throw new BadAnswer('Keap sends the same page of merchant accounts again', 'Set a Limit, or try again later.');
		if (token !== undefined) seen.add(token);
	} while (token !== undefined && found.length < limit);
	return found.slice(0, limit);
};
