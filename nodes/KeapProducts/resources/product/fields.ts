import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';
import { idFilters } from '../../../shared/rows/idFilters';
import type { Field } from '../../../shared/catalogue/operation/types';

/** What a new product needs. */
export const needed: readonly Field[] = [
	fields.text('name', 'Name', { required: true, placeholder: 'e.g. Rye bread', description: 'What the product is called' }),
	fields.text('shortDescription', 'Short Description', {
		required: true,
		placeholder: 'e.g. A loaf of rye',
		description: 'What lists and shopping carts say of it',
	}),
	money('price', 'Price', { form: 'minor', required: true, placeholder: 'e.g. 4.50', description: 'What one of it costs' }),
];

/** Switches, in one form for a new product and for one that is there. */
export const settings: Field = fields.collection(
	'settings',
	'Settings',
	[
		fields.boolean('active', 'Active', { default: true, description: 'Whether the product can be sold' }),
		fields.boolean('cityTaxable', 'City Taxable', { description: 'Whether taxes of the city apply' }),
		fields.boolean('countryTaxable', 'Country Taxable', { description: 'Whether taxes of the country apply' }),
		fields.boolean('needsDigitalDelivery', 'Needs Digital Delivery', { description: 'Whether the product is delivered as a file' }),
		fields.boolean('isPackage', 'Package', { description: 'Whether the product is a package of several' }),
		fields.boolean('shippable', 'Shippable', { default: true, description: 'Whether the product is shipped' }),
		fields.boolean('stateTaxable', 'State Taxable', { description: 'Whether taxes of the state apply' }),
		fields.boolean('storefrontHidden', 'Storefront Hidden', { description: 'Whether to leave the product out of the store' }),
		fields.boolean('subscriptionOnly', 'Subscription Only', { description: 'Whether the product is sold by subscription plans alone' }),
		fields.boolean('taxable', 'Taxable', { description: 'Whether the product is taxed' }),
	],
	'Add Setting',
);

export const details: readonly Field[] = [
	fields.text('bottomHtml', 'Bottom HTML', { rows: 3, description: 'HTML below the product in the store' }),
	fields.text('deliveryDescription', 'Delivery Description', { rows: 2 }),
	fields.text('description', 'Description', { rows: 3 }),
	fields.text('sku', 'SKU', { placeholder: 'e.g. RYE-1', description: 'Your own number of the product' }),
	fields.text('topHtml', 'Top HTML', { rows: 3, description: 'HTML above the product in the store' }),
	fields.number('weight', 'Weight', { min: 0, description: 'In the unit that the account uses' }),
];

/** Keap keeps these in an object of a new product, and takes them beside the others in an update. */
const inventory = (within: string): Field[] => [
	fields.email('inventoryEmail', 'Inventory Email', {
		key: `${within}email_for_inventory_notifications`,
		description: 'Who gets notices about its stock',
	}),
	fields.number('inventoryLimit', 'Inventory Limit', {
		key: `${within}inventory_limit`,
		min: 0,
		whole: true,
		description: 'The limit that Keap keeps for the stock of the product',
	}),
	fields.boolean('outOfStockEnabled', 'Out of Stock Enabled', {
		key: `${within}out_of_stock_enabled`,
		description: "Whether Keap's rules for products out of stock hold for it",
	}),
];

export const newInventory: readonly Field[] = [
	...inventory('inventory.'),
	fields.number('inventoryCount', 'Inventory Count', {
		key: 'inventory.inventory_count',
		min: 0,
		whole: true,
		description: 'How many are in stock. Later on, Adjust Inventory changes it.',
	}),
];

export const changedInventory: readonly Field[] = inventory('');

export const filters: readonly Field[] = [
	fields.text('description', 'Description', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	...idFilters({ list: 'product_ids', one: 'product_id' }),
	fields.text('name', 'Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	fields.text('shortDescription', 'Short Description', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	fields.text('sku', 'SKU', { in: 'filter', description: WHOLE_OR_BEGINNING }),
];
