import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const userGroups = defineRecord({
	one: 'user group',
	path: '/crm/rest/v2/userGroups',
	records: 'user_groups',
	unpaged: true,
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
