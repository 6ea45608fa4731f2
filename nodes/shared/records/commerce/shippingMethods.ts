import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const shippingMethods = defineRecord({
	one: 'shipping method',
	path: '/crm/rest/v2/shipping',
	records: 'shipping_methods',
	unpaged: true,
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
