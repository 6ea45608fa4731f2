import type { IDataObject } from 'n8n-workflow';

import { chosenRecord } from '../../locators/chosenRecord';
import { nameLabel } from '../../locators/labels';
import { defineLocator, type ListSearch } from '../../locators/locator';
import { listOf } from '../../runtime/listOf';
import { keapRequest } from '../../transport';
import { productOptions } from './productOptions';

/** The list items of the option that is chosen already, by label; none without one. */
const search: ListSearch = async function (filter = '') {
	const [product, option] = [chosenRecord(this, 'productId'), chosenRecord(this, 'productOptionId')];
	if (product === undefined || option === undefined) return { results: [] };
	const { body } = await keapRequest<IDataObject>(this, {
		method: 'GET',
		path: productOptions.onePath,
		pathParams: { product_id: product, product_option_id: option },
		expects: { record: ['id'] },
	});
	const items = listOf(body.list_items).map(({ item_id: id, ...item }) => ({
		name: nameLabel('item_label')({ id, ...item }),
		value: String(id),
	}));
	return { results: items.filter(({ name }) => name.toLowerCase().includes(filter.trim().toLowerCase())) };
};

/** One of the values that a product option of the type List offers. */
export const productOptionItems = defineLocator('searchProductOptionItems', search);
