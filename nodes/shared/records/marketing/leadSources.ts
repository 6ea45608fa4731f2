import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const leadSources = defineRecord({
	one: 'lead source',
	path: '/crm/rest/v2/leadSources',
	records: 'lead_sources',
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
