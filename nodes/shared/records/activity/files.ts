import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Files, the last changed first. Keap finds a file by its whole name only. */
export const files = defineRecord({
	one: 'file',
	path: '/crm/rest/v2/files',
	records: 'files',
	order: [
		['file_name', 'File Name'],
		['updated_time', 'Updated'],
	],
	label: nameLabel('file_name'),
	findBy: {
		by: 'prefix',
		query: { order_by: 'updated_time desc' },
		filters: (typed) => (typed === '' ? [] : [`file_name==${typed}`]),
	},
});
