import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Affiliates (referral partners) by name. */
export const affiliates = defineRecord({
	one: 'affiliate',
	path: '/crm/rest/v2/affiliates',
	records: 'affiliates',
	label: nameLabel('name'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]) },
	customFields: true,
});
