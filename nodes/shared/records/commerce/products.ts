import type { IDataObject } from 'n8n-workflow';

import { UNSTATED_UNITS } from '../../catalogue/money/units';
import { picked } from '../../catalogue/simplify';
import { nameLabel } from '../../locators/labels';
import { NUMBER } from '../../locators/locator';
import { byName } from '../../locators/names/byName';
import { namesBySearch } from '../../locators/names/named';
import { inner } from '../../runtime/isRecord';
import { defineRecord } from '../kind/record';

/** Without the number in stock: Keap's lists leave it out, and a record has the same fields however it was read. */
const shape = (product: IDataObject): IDataObject => ({
	...picked(product, [
		'id',
		'name',
		'sku',
		'price',
		'currency_code',
		'active',
		'short_description',
		'description',
		'subscription_only',
		'shippable',
		'weight',
		'taxable',
		'storefront_hidden',
		'has_legacy_image',
	]),
	...picked(inner(product.inventory), ['inventory_limit', 'out_of_stock_enabled']),
	...picked(product, ['categories', 'options', 'subscription_plans', 'create_time', 'update_time']),
});

const list = { path: '/crm/rest/v2/products', records: 'products', label: nameLabel('name') } as const;

/** Names that begin so; an account may have thousands of products. */
const filter = (name: string): string => `name==${name}*`;

export const products = defineRecord({
	one: 'product',
	...list,
	byIds: { filter: 'product_ids' },
	order: [
		['name', 'Name'],
		['sku', 'SKU'],
		['last_updated_time', 'Updated'],
	],
	alsoBy: byName(namesBySearch('product', 'products', { ...list, filter }), NUMBER.encode),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [filter(typed), `sku==${typed}*`]) },
	amounts: { price_adjustment: UNSTATED_UNITS.optionPriceAdjustment },
	shape,
});
