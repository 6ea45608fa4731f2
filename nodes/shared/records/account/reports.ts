import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** A saved search or report of Keap's. */
export const reports = defineRecord({
	one: 'report',
	path: '/crm/rest/v2/reporting/reports',
	records: 'reports',
	created: 'created_time',
	order: [
		['created_time', 'Created'],
		['name', 'Name'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
