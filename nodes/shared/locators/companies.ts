import { nameLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

export const companies = defineLocator(
	'searchCompanies',
	searchByPrefix({
		path: '/crm/rest/v2/companies',
		records: 'companies',
		label: nameLabel('company_name'),
		filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]),
	}),
);
