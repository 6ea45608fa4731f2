import { operationKey, type Operation } from './operations';

export type FilterOperator = '==' | '!=' | '<' | '>' | '<=' | '>=';

/**
 * What a list takes as a filter. The contract file names operators, wildcards and values for some lists; the table below
 * has those of the others, which Keap describes in prose. Whatever stands in neither is `field==value` only.
 */
export interface FilterRule {
	fields: readonly string[];
	/** Operators by field; `==` where none are named. */
	operators: Readonly<Record<string, readonly FilterOperator[]>>;
	/** Fields that take a prefix: `Ma*`. */
	prefix: readonly string[];
	/** Fields that can be asked for `NONE`, a missing value. */
	none: readonly string[];
	/** The only values that a field takes. */
	values: Readonly<Record<string, readonly string[]>>;
	/** Field to the field that must be given with it. */
	needs: Readonly<Record<string, string>>;
	/** Whether a name is that of a custom field, whose rules depend on its type; undefined where none can be filtered by. */
	isCustom?: (name: string) => boolean;
}

interface InProse {
	prefix?: readonly string[];
	/** Fields that take all operators. */
	compare?: readonly string[];
	none?: readonly string[];
	needs?: Readonly<Record<string, string>>;
}

const ALL: readonly FilterOperator[] = ['==', '!=', '<', '>', '<=', '>='];

const PROSE: Readonly<Record<string, InProse>> = {
	'v2/listAllAutomationIds': { prefix: ['name'], compare: ['id', 'automation_id'] },
	'v2/listAllNotes': { prefix: ['title'], compare: ['id'] },
	'v2/listAutomations': { prefix: ['name'], compare: ['id', 'automation_id'] },
	'v2/listCompanies': { prefix: ['name', 'city', 'state'], compare: ['company_id'] },
	'v2/listCompaniesForTagId': { none: ['email'] },
	'v2/listContacts': {
		prefix: ['email', 'given_name', 'family_name', 'middle_name', 'city', 'state', 'website', 'lead_source_name'],
		compare: ['contact_id'],
		needs: { phone_number: 'phone_fields' },
	},
	'v2/listContactsWithTagId': { none: ['email', 'given_name', 'family_name'] },
	'v2/listNotes': { prefix: ['title'], compare: ['id'] },
	'v2/listOpportunities': {
		prefix: ['opportunity_title', 'lead_source_name', 'contact_city', 'contact_state'],
		compare: ['opportunity_id', 'projected_revenue_high', 'projected_revenue_low'],
	},
	'v2/listOpportunityStages': { prefix: ['opportunity_stage_name'], compare: ['opportunity_stage_id'] },
	'v2/listTagCategories': { none: ['name', 'description'] },
	'v2/listTags': { none: ['category_id', 'description'] },
	'v2/listTagsForCompany': { none: ['category_id'] },
	'v2/listTagsForContact': { none: ['category_id'] },
	'v2/listTasks': { prefix: ['title'], compare: ['id'] },
};

/** Lists without a maximum of their own. */
const DEFAULT_MAX_PAGE = 1_000;

/** The largest page of a list. */
export const maxPage = ({ query }: Operation): number => query.find(({ name }) => name === 'page_size')?.maximum ?? DEFAULT_MAX_PAGE;

/**
 * What the filter of a list takes.
 * @param isCustom whether the account has a custom field of this name; without it none can be filtered by
 */
export function filterRule(operation: Operation, isCustom?: (name: string) => boolean): FilterRule {
	const {
		fields = [],
		operators = {},
		wildcards = [],
		values = {},
		customFields,
	} = operation.query.find(({ name }) => name === 'filter') ?? {};
	const { prefix = [], compare = [], none = [], needs = {} } = PROSE[operationKey(operation)] ?? {};
	const named = Object.entries(operators).map(([field, some]): [string, FilterOperator[]] => [
		field,
		some.map((text) => text.split(' ')[0] as FilterOperator),
	]);
	return {
		fields,
		operators: { ...Object.fromEntries(compare.map((field) => [field, ALL])), ...Object.fromEntries(named) },
		prefix: [...prefix, ...wildcards],
		none,
		values,
		needs,
		...(customFields === true && { isCustom }),
	};
}
