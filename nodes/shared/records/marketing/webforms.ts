import { nameLabel } from '../../locators/labels';
import { picked } from '../../catalogue/simplify';
import { defineRecord } from '../kind/record';

export const webforms = defineRecord({
	one: 'webform',
	path: '/crm/rest/v2/webforms',
	records: 'webforms',
	created: 'create_time',
	order: [
		['create_time', 'Created'],
		['name', 'Name'],
		['webform_type', 'Type'],
		['update_time', 'Updated'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
	shape: (form) =>
		picked(form, [
			'id',
			'name',
			'webform_type',
			'webform_url',
			'pretty_webform_url',
			'custom_slug',
			'thank_you_page_url',
			'exit_option',
			'duplicate_check_option',
			'funnel_id',
			'xid',
			'create_time',
			'update_time',
		]),
});
