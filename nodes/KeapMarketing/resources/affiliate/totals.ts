import { type IDataObject, NodeOperationError } from 'n8n-workflow';

import { toRequest } from '../../../shared/catalogue/calls/request';
import { type Decimal, decimalText, toDecimal } from '../../../shared/catalogue/money/decimal';
import type { Perform } from '../../../shared/catalogue/operation/types';
import { listOf } from '../../../shared/runtime/listOf';
import { keapRequest, tokenIn } from '../../../shared/transport';

const PAGE_SIZE = 1_000;
const TOTALS = ['amount_earned', 'clawbacks', 'commission_total'] as const;

/** Exactly, as decimals: 0.1 and 0.2 make 0.3. */
function plus(a: Decimal, b: Decimal): Decimal {
	const scale = Math.max(a.scale, b.scale);
	const units = ({ units: own, scale: has }: Decimal): bigint => own * 10n ** BigInt(scale - has);
	return { units: units(a) + units(b), scale, written: scale };
}

/**
 * The totals of an affiliate's commissions. Keap gives with each page those of that page alone, so they are added up to the last one.
 * @throws NodeOperationError when a page comes again: the sum would be wrong
 */
export const addUp: Perform = async (work, call) => {
	const request = toRequest(call, work);
	const sums = new Map<string, Decimal>(TOTALS.map((name) => [name, toDecimal(0)]));
	const seen = new Set<string | number>();
	let count = 0;
	let token: string | number | undefined;
	do {
		const { body } = await keapRequest<IDataObject>(work.context, {
			...request,
			query: { ...request.query, page_size: PAGE_SIZE, page_token: token },
			expects: { list: 'affiliate_commissions' },
		});
		count += listOf(body.affiliate_commissions).length;
		for (const [name, sum] of sums) sums.set(name, plus(sum, toDecimal(body[name] ?? 0)));
		token = tokenIn(body);
		if (token !== undefined && seen.has(token))
			throw new NodeOperationError(work.context.getNode(), 'Keap sends the same page of commissions again: they would be added up twice', {
				itemIndex: call.item,
				description: 'Run the node again, or narrow the time.',
			});
		if (token !== undefined) seen.add(token);
	} while (token !== undefined);
	const totals = [...sums].map(([name, sum]): [string, number] => [name, Number(decimalText(sum))]);
	return { affiliate_id: call.pathParams.affiliate_id ?? null, ...Object.fromEntries(totals), commission_count: count };
};
