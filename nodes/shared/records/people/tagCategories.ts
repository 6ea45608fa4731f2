import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const tagCategories = defineRecord({
	one: 'tag category',
	many: 'tag categories',
	path: '/crm/rest/v2/tags/categories',
	records: 'tag_categories',
	order: [
		['create_time', 'Created'],
		['name', 'Name'],
		['update_time', 'Updated'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
