import { nameLabel } from '../../locators/labels';
import { picked } from '../../catalogue/simplify';
import { defineRecord } from '../kind/record';

export const leadSourceCategories = defineRecord({
	one: 'lead source category',
	many: 'lead source categories',
	path: '/crm/rest/v2/leadSourceCategories',
	records: 'lead_source_categories',
	created: 'create_time',
	order: [['name', 'Name']],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	shape: (category) => picked(category, ['id', 'name', 'description', 'create_time', 'update_time']),
});
