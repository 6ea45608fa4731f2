import * as fields from '../../../shared/catalogue/fields/fields';
import { askKeap } from '../../../shared/catalogue/calls/request';
import type { Field, Perform, Resource } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import {
	affiliateClawbacks,
	affiliateCommissions,
	affiliatePayments,
	affiliateSummaries,
} from '../../../shared/records/partners/affiliateEarnings';
import { affiliates } from '../../../shared/records/marketing/affiliates';
import { listOf } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { textsOf } from '../../../shared/rows/texts';
import { readSummaries } from './summaries';
import { addUp } from './totals';

const within: readonly Field[] = [affiliates.inPath({ key: 'affiliate_id' })];

const period = (word: string, key: { since: string; until: string } = { since: 'since_time', until: 'until_time' }): Field[] => [
	fields.moment('after', `${word} After`, { in: 'filter', key: key.since }),
	fields.moment('before', `${word} Before`, { in: 'filter', key: key.until }),
];

/** Keap's answer names the total alone. */
const getTotal: Perform = async (work, call) => ({
	affiliate_id: call.pathParams.affiliate_id ?? null,
	...((await askKeap(work, call)) as object),
});

export const affiliateCommission: Resource = {
	value: 'affiliateCommission',
	name: 'Affiliate Commission',
	operations: [
		{
			...listOf(affiliateCommissions, { within, filters: period('Earned') }),
			...textsOf(affiliateCommissions).getAll,
			description: 'Retrieve a list of what an affiliate has earned, one item for each commission',
		},
		row('addUp', 'Add Up', 'GET /crm/rest/v2/affiliates/{affiliate_id}:commissions', {
			action: 'Add up the commissions of an affiliate',
			description: 'Retrieve what an affiliate earned within a time, and what of it was taken back. Each 1,000 commissions take a call.',
			fields: [...within, fields.filters(period('Earned'))],
			expects: ['affiliate_commissions'],
			perform: addUp,
		}),
		{
			...listOf(affiliateClawbacks, {
				within: [affiliates.inPath({ key: 'affiliateId' })],
				filters: [
					fields.moment('after', 'Taken Back After', { in: 'query', key: 'since' }),
					fields.moment('before', 'Taken Back Before', { in: 'query', key: 'until' }),
				],
			}),
			value: 'getClawbacks',
			name: 'Get Clawbacks',
			action: 'Get the clawbacks of an affiliate',
			description: 'Retrieve the commissions that were taken back from an affiliate, as after a refund',
		},
		{
			...listOf(affiliatePayments, { within, filters: period('Paid') }),
			value: 'getPayments',
			name: 'Get Payments',
			action: 'Get the payments to an affiliate',
			description: 'Retrieve what was paid out to an affiliate',
		},
		{
			...listOf(affiliateSummaries, {
				filters: [...period('Earned'), ...idFilters({ list: 'affiliate_ids' })],
			}),
			value: 'getSummaries',
			name: 'Get Summaries',
			action: 'Get the summaries of all affiliates',
			description: 'Retrieve what each affiliate has earned, what was taken back, and what is still due',
		},
		row('getSummary', 'Get Summary', 'GET /crm/rest/v2/affiliates/summaries', {
			action: 'Get the summary of an affiliate',
			description:
				'Retrieve what an affiliate has earned, what was taken back, and what is still due. Many items share calls: 100 affiliates each.',
			fields: [
				affiliates.field('affiliateId', 'Affiliate', {
					in: 'filter',
					key: 'affiliate_ids',
					required: true,
					description: 'The affiliate to work on',
				}),
				...output,
				fields.filters(period('Earned')),
			],
			...(affiliateSummaries.simplify !== undefined && { simplify: affiliateSummaries.simplify }),
			expects: ['affiliate_summaries'],
			performInGroups: readSummaries,
		}),
		row('getTotal', 'Get Total', 'GET /crm/rest/v2/affiliates/{affiliate_id}/commissionTotal', {
			action: 'Get the total commission of an affiliate',
			description: 'Retrieve what an affiliate has earned in all, with the address of the ledger in Keap',
			fields: within,
			expects: ['affiliate_commission_total'],
			perform: getTotal,
		}),
	],
};
