import { nameLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** Affiliates (referral partners) by name. */
export const affiliates = defineLocator(
	'searchAffiliates',
	searchByPrefix({
		path: '/crm/rest/v2/affiliates',
		records: 'affiliates',
		label: nameLabel('name'),
		filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]),
	}),
);
