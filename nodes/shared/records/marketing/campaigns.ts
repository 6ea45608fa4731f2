import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const campaigns = defineRecord({
	one: 'campaign',
	path: '/crm/rest/v2/campaigns',
	records: 'campaigns',
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
