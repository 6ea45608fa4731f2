import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const productCategories = defineRecord({
	one: 'product category',
	many: 'product categories',
	path: '/crm/rest/v2/productCategories',
	records: 'product_categories',
	id: 'category_id',
	order: [['id', 'ID']],
	label: nameLabel('name'),
	findBy: { by: 'list' },
});
