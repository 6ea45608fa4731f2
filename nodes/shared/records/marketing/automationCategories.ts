import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const automationCategories = defineRecord({
	one: 'automation category',
	many: 'automation categories',
	path: '/crm/rest/v2/automationCategory',
	records: 'automation_categories',
	unpaged: true,
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
