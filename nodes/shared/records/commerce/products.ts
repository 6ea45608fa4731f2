import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const products = defineRecord({
	one: 'product',
	path: '/crm/rest/v2/products',
	records: 'products',
	byIds: { filter: 'product_ids' },
	label: nameLabel('name'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]) },
});
