import { UNSTATED_UNITS } from '../../catalogue/money/units';
import { picked } from '../../catalogue/simplify';
import { searchCachedList } from '../../locators/cachedList';
import { chosenRecord } from '../../locators/chosenRecord';
import { nameLabel } from '../../locators/labels';
import type { ListSearch } from '../../locators/locator';
import { defineRecord } from '../kind/record';
import { products } from './products';

const records = 'product_options';
const label = nameLabel('option_label');

/** The options of the product that is chosen already; none without a product. */
const search: ListSearch = async function (filter = '') {
	const product = chosenRecord(this, 'productId');
	if (product === undefined) return { results: [] };
	return await searchCachedList({ path: `${products.path}/${product}/options`, records, unpaged: true, label }).call(this, filter);
};

/** What a customer chooses or writes when buying a product, such as its size. */
export const productOptions = defineRecord({
	one: 'product option',
	path: '/crm/rest/v2/products/{product_id}/options',
	records,
	unpaged: true,
	label,
	findBy: { by: 'search', search },
	amounts: { price_adjustment: UNSTATED_UNITS.optionPriceAdjustment },
	shape: (option) =>
		picked(option, ['id', 'option_label', 'option_type', 'required', 'display_order', 'list_items', 'text_rules', 'product_id']),
});
