import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const merchants = defineRecord({
	one: 'merchant account',
	path: '/crm/rest/v2/merchants',
	records: 'merchant_accounts',
	label: nameLabel('name'),
	order: [
		['id', 'ID'],
		['name', 'Name'],
	],
	findBy: { by: 'list' },
});
