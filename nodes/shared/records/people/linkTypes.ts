import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** What two contacts can be to each other, such as spouses. */
export const linkTypes = defineRecord({
	one: 'link type',
	path: '/crm/rest/v2/contacts/links/types',
	records: 'contact_link_types',
	order: [
		['create_time', 'Created'],
		['max_links', 'Max Links'],
		['name', 'Name'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
