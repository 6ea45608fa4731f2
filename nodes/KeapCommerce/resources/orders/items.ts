import type { IDataObject } from 'n8n-workflow';

import * as fields from '../../../shared/catalogue/fields/fields';
import { entries } from '../../../shared/catalogue/fields/entries';
import { quantity } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Field } from '../../../shared/catalogue/operation/types';
import { products } from '../../../shared/records/commerce/products';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { byName } from '../../../shared/catalogue/fields/entryParts';

const KINDS: readonly fields.Choice[] = [
	['PRODUCT', 'Product'],
	['SUBSCRIPTION', 'Subscription'],
	['SHIPPING', 'Shipping'],
	['TAX', 'Tax'],
	['FEE', 'Fee'],
	['FINANCE_CHARGE', 'Finance Charge'],
	['DISCOUNT', 'Discount'],
	['DISCOUNT_FREE_TRIAL', 'Discount: Free Trial'],
	['DISCOUNT_ORDER_TOTAL', 'Discount: Order Total'],
	['DISCOUNT_PRODUCT', 'Discount: Product'],
	['DISCOUNT_PRODUCT_CATEGORY', 'Discount: Product Category'],
	['DISCOUNT_SHIPPING', 'Discount: Shipping'],
	['OTHER', 'Other'],
];

/** What is sold has a product, and so a price of its own. */
const SOLD = ['PRODUCT', 'SUBSCRIPTION'];

/** A field that the form shows for these kinds of item only. */
const shownFor = (kinds: readonly string[], { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, displayOptions: { show: { itemType: [...kinds] } } },
});

const itemType = fields.options('itemType', 'Kind', {
	choices: KINDS,
	description: 'What the item is. Products and subscriptions have a price of their own, the others need one.',
});

const product = (texts: fields.FieldTexts = {}): Field =>
	products.field('productId', 'Product', { description: 'The product that is sold', ...texts });

const plan = (texts: fields.FieldTexts = {}): Field =>
	subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', {
		description: 'One of the plans of the product; the list shows those of the product that is chosen',
		...texts,
	});

const howMany = quantity('quantity', 'Quantity', { required: true, description: 'How many: a whole number, at least 1' });

const price = money('pricePerUnit', 'Unit Price', {
	form: 'major',
	bounds: 'any',
	description: 'Empty: the price of the product',
});

/** What an item may have besides, in the order and by itself. */
const details: readonly Field[] = [
	fields.text('description', 'Line Description'),
	fields.text('name', 'Name', { placeholder: 'e.g. By post', description: 'Empty: the name of the product' }),
	fields.text('notes', 'Notes'),
];

const soldDetails: readonly Field[] = [
	money('costPerUnit', 'Unit Cost', { form: 'major', description: 'What it costs you. Empty: the cost of the product' }),
];

const planDescription = fields.text('subscriptionPlanDescription', 'Subscription Plan Description', {
	placeholder: 'e.g. A loaf every month',
});

/**
 * Holds an item to what Keap wants of its kind.
 * @throws BadInput that names the parameter
 */
export function checkItem(item: IDataObject | Record<string, unknown>): undefined {
	const { item_type: kind = 'PRODUCT', product_id: of, subscription_plan_id: plan, price_per_unit: price } = item;
	const needs = (value: unknown, what: string, advice: string): void => {
		if (value === undefined) throw new BadInput('is needed', advice, what);
	};
	if (!SOLD.includes(String(kind)))
		return needs(price, 'Unit Price', 'Only products and subscriptions have a price of their own: give this item one.') as undefined;
	needs(of, 'Product', 'Choose the product that is sold, or another Kind for an item without one.');
	if (kind === 'SUBSCRIPTION') needs(plan, 'Subscription Plan', 'Choose one of the plans of the product.');
	return undefined;
}

/** By name, as the rules of n8n want the parts of an entry. */
const parts: readonly Field[] = byName([
	itemType,
	shownFor(SOLD, product()),
	shownFor(['SUBSCRIPTION'], plan()),
	howMany,
	price,
	...details,
	...soldDetails.map((field) => shownFor(SOLD, field)),
	shownFor(['SUBSCRIPTION'], planDescription),
]);

/** What the parts of an item are called in a list from an expression. */
export const itemNames: readonly string[] = parts.map(({ property }) => property.name);

/** The items of a new order, one by one. */
export const orderItemEntries = entries('orderItems', 'Items', {
	description: 'What is ordered. At least one item.',
	singular: 'Item',
	members: parts,
	checkEntry: checkItem,
});

/** An item that is added to an order: what stands on the form, and what may be given besides. */
export const newItem = {
	fields: [itemType, shownFor(SOLD, product()), shownFor(['SUBSCRIPTION'], plan()), howMany, price],
	more: [...details, ...soldDetails, planDescription],
} as const;

/** What can be changed of an item; its kind can't. */
export const changes: readonly Field[] = [
	...details,
	...soldDetails,
	planDescription,
	product({ description: 'Another product' }),
	plan({ description: 'Another plan, one of the product' }),
	fields.optional({ ...howMany, clearable: false }),
	price,
];
