import { searchByPrefix } from './prefixSearch';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

/** Keap gives 25 automations a page, so it does the searching: names that contain what was typed. */
export const automations = defineLocator(
	'searchAutomations',
	searchByPrefix({
		path: '/crm/rest/v2/automations',
		records: 'automations',
		pageSize: 25,
		label: nameLabel('title'),
		filters: (typed) => (typed === '' ? [] : [`name==${typed}`]),
	}),
);
