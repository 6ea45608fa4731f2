import { nameLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** Opportunities by their title. */
export const opportunities = defineLocator(
	'searchOpportunities',
	searchByPrefix({
		path: '/crm/rest/v2/opportunities',
		records: 'opportunities',
		label: nameLabel('opportunity_title'),
		filters: (typed) => (typed === '' ? [] : [`opportunity_title==${typed}*`]),
	}),
);
