import type { IDataObject } from 'n8n-workflow';

import { picked } from '../../catalogue/simplify';
import { defineRecord, type RecordFacts } from '../kind/record';
import { affiliates } from '../marketing/affiliates';

const idText = (id: unknown): string | null => (typeof id === 'number' || typeof id === 'string' ? String(id) : null);

/** What an affiliate has earned, item by item. Amounts are plain numbers as people write them, and Keap names no currency. */
export const affiliateCommissions = defineRecord({
	one: 'affiliate commission',
	path: '/crm/rest/v2/affiliates/{affiliate_id}:commissions',
	records: 'affiliate_commissions',
	order: [
		['time_earned', 'Earned'],
		['invoice_id', 'Invoice ID'],
	],
	shape: (commission) =>
		picked(commission, [
			'sales_affiliate_id',
			'sales_affiliate_name',
			'amount_earned',
			'time_earned',
			'invoice_id',
			'product_name',
			'description',
			'contact_id',
			'contact_first_name',
			'contact_last_name',
		]),
});

/** What has been paid out. */
export const affiliatePayments = defineRecord({
	one: 'affiliate payment',
	path: '/crm/rest/v2/affiliates/{affiliate_id}/payments',
	records: 'affiliate_payments',
	order: [
		['pay_amount', 'Amount'],
		['create_time', 'Created'],
		['pay_date', 'Paid'],
	],
	shape: (payment) => picked(payment, ['id', 'pay_amount', 'pay_date', 'pay_type', 'pay_notes', 'create_time']),
});

/** What was taken back, because an order was refunded. Only Keap's older API has them. */
export const affiliateClawbacks = defineRecord({
	one: 'affiliate clawback',
	path: '/crm/rest/v1/affiliates/{affiliateId}/clawbacks',
	records: 'clawbacks',
	// v1 writes IDs as numbers, v2 as texts: here they are texts, as everywhere.
	shape: (clawback) => ({
		sale_affiliate_id: idText(clawback.sale_affiliate_id),
		...picked(clawback, ['amount', 'date_earned']),
		invoice_id: idText(clawback.invoice_id),
		...picked(clawback, ['product_name', 'subscription_plan_name', 'description']),
		contact_id: idText(clawback.contact_id),
		...picked(clawback, ['given_name', 'family_name', 'sold_by_given_name', 'sold_by_family_name']),
	}),
});

/** Keap filters and orders by `amount_earned` and answers with `amountEarned`. */
const snaked = ({ affiliateId, amountEarned, clawbacks, balance }: IDataObject): IDataObject => ({
	affiliate_id: idText(affiliateId),
	amount_earned: amountEarned ?? null,
	clawbacks: clawbacks ?? null,
	balance: balance ?? null,
});

const SUMMARIES = {
	one: 'affiliate summary',
	many: 'affiliate summaries',
	path: `${affiliates.path}/summaries`,
	records: 'affiliate_summaries',
	order: [
		['affiliate_id', 'Affiliate ID'],
		['balance', 'Balance'],
		['clawbacks', 'Clawbacks'],
		['amount_earned', 'Earned'],
	],
	shape: snaked,
} as const satisfies RecordFacts;

/** What an affiliate has earned in all, lost by clawbacks, and is still owed. */
export const affiliateSummaries = defineRecord(SUMMARIES);

/** How summaries of many affiliates are read in one call. */
export const SUMMARIES_BY_ID = { path: SUMMARIES.path, filter: 'affiliate_ids', records: SUMMARIES.records, key: 'affiliateId', max: 100 };
