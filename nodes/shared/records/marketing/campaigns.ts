import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const campaigns = defineRecord({
	one: 'campaign',
	path: '/crm/rest/v2/campaigns',
	records: 'campaigns',
	order: [
		['datecreated', 'Created'],
		['id', 'ID'],
		['name', 'Name'],
		['publisheddate', 'Published'],
		['lastupdated', 'Updated'],
	],
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
