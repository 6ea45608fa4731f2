import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Keap gives 25 automations a page, so it does the searching: names that contain what was typed. */
export const automations = defineRecord({
	one: 'automation',
	path: '/crm/rest/v2/automations',
	records: 'automations',
	pageSize: 25,
	label: nameLabel('title'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}`]) },
});
