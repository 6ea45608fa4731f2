import * as fields from '../../shared/catalogue/fields/fields';
import { percent, quantity } from '../../shared/catalogue/fields/quantities';
import { inMajorUnits } from '../../shared/catalogue/money/majorUnits';
import { money } from '../../shared/catalogue/money/moneyField';
import { UNSTATED_UNITS } from '../../shared/catalogue/money/units';
import { picked } from '../../shared/catalogue/simplify';
import type { Field, Operation, Resource } from '../../shared/catalogue/operation/types';
import { output } from '../../shared/catalogue/output/parameters';
import { interestBundles, interests } from '../../shared/records/commerce/interestBundles';
import { products } from '../../shared/records/commerce/products';
import { subscriptionPlans } from '../../shared/records/commerce/subscriptionPlans';
import { asVariants } from '../../shared/rows/asVariants';
import { crud } from '../../shared/rows/crud';
import { row } from '../../shared/rows/row';
import { simplifiedWrites } from '../../shared/rows/simplifiedWrites';
import { writesAs } from '../../shared/rows/writesAs';

const bundle = interestBundles.inPath();

/** `interest_id` names it in Keap's paths; `id` in its answers is that of the product or the plan. */
const interestId = interests.field('interestId', 'Interest', {
	in: 'path',
	key: 'interest_id',
	required: true,
	description: 'The product or plan in the bundle',
});

const price = money('price', 'Price', {
	form: UNSTATED_UNITS.interestPrice,
	required: true,
	placeholder: 'e.g. 4.50',
	description: 'What one of it costs in this bundle',
});
const terms: readonly Field[] = [
	percent('discountPercent', 'Discount Percent', { form: 'whole', description: 'How much is taken off the price: 15 for 15 %' }),
	quantity('quantity', 'Quantity', { description: 'How many of it are in the bundle' }),
];

const interest = inMajorUnits({
	shape: (record) => picked(record, ['interest_id', 'type', 'id', 'quantity', 'price', 'currency_code', 'discount_percent']),
});

const ADD = 'POST /crm/rest/v2/productInterestBundles/{id}/interests';

const TYPE = fields.options('interestType', 'Type', {
	key: 'type',
	required: true,
	choices: [
		['PRODUCT', 'Product'],
		['SUBSCRIPTION_PLAN', 'Subscription Plan'],
	],
	description: 'What is put into the bundle',
});

const adding = (what: Field): Operation => ({
	...row('addInterest', 'Add Interest', ADD, {
		action: 'Add an interest to a product interest bundle',
		description: 'Put a product or a subscription plan into a bundle, with a price',
		fields: [bundle, what, price, fields.additionalFields(terms), ...output],
	}),
	simplify: interest,
});

const byType = {
	PRODUCT: adding(
		products.field('productId', 'Product', { key: 'entity_id', required: true, description: 'The product that is put into the bundle' }),
	),
	SUBSCRIPTION_PLAN: adding(
		subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', {
			key: 'entity_id',
			required: true,
			description: 'The plan that is put into the bundle',
		}),
	),
};

export const interestBundle: Resource = writesAs('configures', {
	value: 'interestBundle',
	name: 'Product Interest Bundle',
	operations: [
		...simplifiedWrites(
			interestBundles,
			crud(interestBundles, {
				fields: [
					fields.text('name', 'Name', { required: true, placeholder: 'e.g. Breakfast', description: 'What the bundle is called' }),
					fields.text('description', 'Description', { required: true, description: 'What is in it' }),
				],
				filters: [fields.text('name', 'Name', { in: 'filter' })],
				create: { description: 'Create an empty product interest bundle. Add Interest puts products and plans into it.' },
			}),
		),
		asVariants(byType.PRODUCT, TYPE, byType),
		...simplifiedWrites({ simplify: interest }, [
			row('removeInterest', 'Remove Interest', 'DELETE /crm/rest/v2/productInterestBundles/{id}/interests/{interest_id}', {
				action: 'Remove an interest from a product interest bundle',
				description: 'Take a product or a subscription plan out of a bundle',
				fields: [bundle, interestId],
				answer: 'deleted',
			}),
			row('updateInterest', 'Update Interest', 'PATCH /crm/rest/v2/productInterestBundles/{id}/interests/{interest_id}', {
				action: 'Update an interest of a product interest bundle',
				description: 'Change price, quantity or discount of a product or a plan in a bundle',
				fields: [bundle, interestId, fields.updateFields([fields.optional(price), ...terms])],
				mask: true,
			}),
		]),
	],
});
