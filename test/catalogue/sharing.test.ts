import type { Operation } from '../../nodes/shared/catalogue/operation/types';
import { ALONE_ON_PURPOSE, couldShare } from './contract/sharing';
import { allVariants, variantLabel } from './nodes';

describe('calls that Keap answers for many', () => {
	it('are shared by every row, besides those that have a reason not to', () => {
		const alone = allVariants.flatMap((row) => {
			const label = variantLabel(row);
			return label in ALONE_ON_PURPOSE ? [] : couldShare(row.operation).map((problem) => `${label}: ${problem}`);
		});
		expect(alone).toEqual([]);
	});

	it('are left aside only by rows that could share them, each with its reason', () => {
		const could = new Set(allVariants.filter(({ operation }) => couldShare(operation).length > 0).map(variantLabel));
		expect(Object.keys(ALONE_ON_PURPOSE).filter((label) => !could.has(label))).toEqual([]);
		expect(Object.values(ALONE_ON_PURPOSE).filter((reason) => reason.length < 15)).toEqual([]);
	});
});

/** The check is only worth something if it finds what could be shared. */
describe('a row that asks for each item alone', () => {
	const rowOf = (label: string): Operation => {
		const row = allVariants.find((one) => one.label === label);
		if (row === undefined) throw new Error(`There is no row ${label}`);
		return row.operation;
	};

	it.each<[string, keyof Operation, string]>([
		['contact: get', 'bundledRead', 'GET /crm/rest/v2/contacts takes many in'],
		['tag: get', 'bundledRead', 'GET /crm/rest/v2/tags takes many in tag_ids'],
		['note: get', 'bundledRead', 'GET /crm/rest/v2/'],
		['affiliateCommission: getSummary', 'performInGroups', 'affiliates/summaries takes many in affiliate_ids'],
		['tag: apply', 'bundledWrite', 'takes many in contact_ids'],
		['campaign: addContacts', 'bundledWrite', 'takes many in contact_ids'],
	])('is found: %s without its %s', (label, how, problem) => {
		expect(couldShare(rowOf(label))).toEqual([]);
		expect(couldShare({ ...rowOf(label), [how]: undefined })).toContainEqual(expect.stringContaining(problem));
	});
});
