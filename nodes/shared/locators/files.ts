import { nameLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** Files, the last changed first. Keap finds a file by its whole name only. */
export const files = defineLocator(
	'searchFiles',
	searchByPrefix({
		path: '/crm/rest/v2/files',
		records: 'files',
		query: { order_by: 'updated_time desc' },
		label: nameLabel('file_name'),
		filters: (typed) => (typed === '' ? [] : [`file_name==${typed}`]),
	}),
);
