/**
 * What the contract file leaves open about lists: which filter fields take a prefix (`Ma*`), which compare, which know `NONE`,
 * and the largest page. Everything that stands in no row is `field==value` only, with pages of at most 1,000.
 */
export interface FilterRule {
	prefix?: readonly string[];
	compare?: readonly string[];
	none?: readonly string[];
	/** Field to the field that must be given with it. */
	needs?: Readonly<Record<string, string>>;
	maxPage?: number;
}

const DEFAULT_MAX_PAGE = 1_000;

const RULES: Readonly<Record<string, FilterRule>> = {
	'v2/getReferralsByAffiliateId': { prefix: ['source'] },
	'v2/listAffiliate': { prefix: ['name'], compare: ['id'] },
	'v2/listAllAutomationIds': { prefix: ['name'], compare: ['id', 'automation_id'], maxPage: 25 },
	'v2/listAllNotes': { prefix: ['title'], compare: ['id'] },
	'v2/listAutomations': { prefix: ['name'], compare: ['id', 'automation_id'], maxPage: 25 },
	'v2/listCategoryDiscounts': { prefix: ['name', 'description'], compare: ['id'] },
	'v2/listCompanies': { prefix: ['name', 'city', 'state'], compare: ['company_id'] },
	'v2/listCompaniesForTagId': { none: ['email'] },
	'v2/listContacts': {
		prefix: ['email', 'given_name', 'family_name', 'middle_name', 'city', 'state', 'website', 'lead_source_name'],
		compare: ['contact_id'],
		needs: { phone_number: 'phone_fields' },
	},
	'v2/listContactsWithTagId': { none: ['email', 'given_name', 'family_name'] },
	'v2/listLeadSourceCategories': { prefix: ['name', 'description'] },
	'v2/listLeadSources': { prefix: ['name', 'vendor', 'medium', 'message', 'description'], compare: ['id'] },
	'v2/listNotes': { prefix: ['title'], compare: ['id'] },
	'v2/listOpportunities': {
		prefix: ['opportunity_title', 'lead_source_name', 'contact_city', 'contact_state'],
		compare: ['opportunity_id', 'projected_revenue_high', 'projected_revenue_low'],
	},
	'v2/listOpportunityStages': { prefix: ['opportunity_stage_name'], compare: ['opportunity_stage_id'] },
	'v2/listOrders': { prefix: ['title'], compare: ['id'] },
	'v2/listPaginatedUsers': { maxPage: 100 },
	'v2/listPayments': { compare: ['id', 'amount'] },
	'v2/listProductCategories': { prefix: ['name'], compare: ['product_category_id'] },
	'v2/listProducts': { prefix: ['name', 'sku', 'description', 'short_description'], compare: ['product_id'] },
	'v2/listReferrals': { prefix: ['source', 'description'], compare: ['referral_partner_id', 'contact_id'] },
	'v2/listSubscriptions': { compare: ['id', 'billing_amount'] },
	'v2/listTagCategories': { none: ['name', 'description'] },
	'v2/listTags': { none: ['category_id', 'description'] },
	'v2/listTagsForCompany': { none: ['category_id'] },
	'v2/listTagsForContact': { none: ['category_id'] },
	'v2/listTasks': { prefix: ['title'], compare: ['id'] },
	'v2/listTransactions': { compare: ['amount'] },
};

/** The rule of a list, by operation key. */
export const filterRule = (key: string): FilterRule & { maxPage: number } => ({ maxPage: DEFAULT_MAX_PAGE, ...RULES[key] });
