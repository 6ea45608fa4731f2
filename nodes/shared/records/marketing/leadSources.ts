import { nameLabel } from '../../locators/labels';
import { picked } from '../../catalogue/simplify';
import { defineRecord } from '../kind/record';

/** Where contacts come from. */
export const leadSources = defineRecord({
	one: 'lead source',
	path: '/crm/rest/v2/leadSources',
	records: 'lead_sources',
	created: 'create_time',
	order: [
		['create_time', 'Created'],
		['end_time', 'End'],
		['medium', 'Medium'],
		['name', 'Name'],
		['start_time', 'Start'],
		['status', 'Status'],
		['update_time', 'Updated'],
		['vendor', 'Vendor'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	shape: (source) =>
		picked(source, [
			'id',
			'name',
			'status',
			'lead_source_category_id',
			'medium',
			'vendor',
			'message',
			'description',
			'start_time',
			'end_time',
			'create_time',
			'update_time',
		]),
});
