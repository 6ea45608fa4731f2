import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const tags = defineRecord({
	one: 'tag',
	path: '/crm/rest/v2/tags',
	records: 'tags',
	byIds: { filter: 'tag_ids' },
	order: [
		['create_time', 'Created'],
		['name', 'Name'],
		['update_time', 'Updated'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list', nameMode: true },
});
