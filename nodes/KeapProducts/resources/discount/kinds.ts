import * as fields from '../../../shared/catalogue/fields/fields';
import { percent, quantity } from '../../../shared/catalogue/fields/quantities';
import { amountOrPercent } from '../../../shared/catalogue/money/amountOrPercent';
import { toDecimal, decimalText } from '../../../shared/catalogue/money/decimal';
import { money } from '../../../shared/catalogue/money/moneyField';
import { isEmpty } from '../../../shared/catalogue/fields/encode';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Field, Operation } from '../../../shared/catalogue/operation/types';
import type { DiscountKind } from '../../../shared/records/commerce/discounts';
import { productCategories } from '../../../shared/records/commerce/productCategories';
import { products } from '../../../shared/records/commerce/products';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';
import { idFilters } from '../../../shared/rows/idFilters';
import { changedCriteria, wholeCriteria } from './criteria';
import { ALL_TYPES, type CriterionType, TYPES_OF_CATEGORIES } from './criterionParts';
import type { CriteriaForm } from './updateDiscount';

/** What distinguishes one kind of discount from the others. */
export interface KindOfDiscount {
	readonly name: string;
	readonly description: string;
	/** What a new one needs. */
	readonly top: readonly Field[];
	readonly more: readonly Field[];
	/** What an update has besides. */
	readonly updated: readonly Field[];
	readonly filters: readonly Field[];
	readonly check?: NonNullable<Operation['check']>;
	readonly criteria: { readonly types: readonly CriterionType[]; readonly toCreate: Field; readonly toUpdate: Field };
	readonly form: CriteriaForm;
}

const name = fields.text('name', 'Name', {
	required: true,
	placeholder: 'e.g. Spring sale',
	description: 'What the discount is called',
});

const description = fields.text('description', 'Description', { rows: 2 });

const TYPES: readonly fields.Choice[] = [
	['PERCENT', 'Percentage'],
	['AMOUNT', 'Amount of Money'],
];
const discountType = fields.options('discountType', 'Discount Type', {
	required: true,
	choices: TYPES,
	description: 'What the value is',
});
const discountValue = money('discountValue', 'Discount Value', {
	form: 'major',
	required: true,
	placeholder: 'e.g. 15',
	description: 'Without a sign, such as 15 for 15 %, at most 100; or the amount',
});
const value = [discountType, discountValue];
const checkValue = amountOrPercent(['discount_value', 'Discount Value'], ['discount_type', 'Discount Type']);

const commissions = (texts: fields.FieldTexts = {}): Field =>
	fields.boolean('applyToCommissions', 'Apply to Commissions', {
		description: 'Whether the discount counts when commissions are calculated',
		...texts,
	});
const strategy = (texts: fields.FieldTexts): Field =>
	fields.options('discountStrategy', 'Discount Strategy', {
		choices: [
			['GROSS', 'Before Tax'],
			['NET', 'After Tax'],
		],
		description: 'Whether the discount is taken off before tax or after it',
		...texts,
	});

const product = (texts: fields.FieldTexts): Field => products.field('discountedProductId', 'Product', { key: 'product_id', ...texts });
const plan = (texts: fields.FieldTexts): Field => subscriptionPlans.field('subscriptionPlanId', 'Subscription Plan', texts);

const productCategoryIds = fields.recordList('productCategoryIds', 'Product Category Names or IDs', {
	of: productCategories,
	required: true,
	description: 'The categories whose products are discounted. An update adds them to those that it has.',
});
const removeOtherCategories = fields.boolean('removeOtherCategories', 'Remove Other Product Categories', {
	in: 'none',
	description: 'Whether to take the discount off every category that is not listed under Product Category Names or IDs',
});

const freeTrialDays = quantity('freeTrialDays', 'Free Trial Days', {
	required: true,
	default: 14,
	description: 'How many days are free before the first payment',
});
const hidePrice = (texts: fields.FieldTexts = {}): Field =>
	fields.boolean('hidePrice', 'Hide Price', { description: 'Whether to hide the price while the trial lasts', ...texts });

const filters = {
	type: fields.options('discountType', 'Discount Type', { in: 'filter', choices: TYPES }),
	// An amount or a percentage, as Keap has it: nothing here says which.
	value: fields.field(
		{ name: 'discountValue', displayName: 'Discount Value', in: 'filter', placeholder: 'e.g. 15' },
		{ type: 'string', default: '' },
		(raw) => (isEmpty(raw) ? undefined : decimalText(toDecimal(raw))),
	),
	commissions: commissions({ in: 'filter', default: true }),
};

const usual = {
	criteria: { types: ALL_TYPES, toCreate: wholeCriteria(ALL_TYPES), toUpdate: changedCriteria },
	form: { knownBy: 'criteria_id', withType: false },
} as const satisfies Partial<KindOfDiscount>;

/** Categories are only replaced by others: a discount of none would be one of nothing. */
const checkCategories: NonNullable<Operation['check']> = ({ body, values }) => {
	if (values.removeOtherCategories === true && body.product_category_ids === undefined)
		throw new BadInput(
			'are needed to remove all others',
			'Choose at least one, or switch off Remove Other Product Categories.',
			'Product Category Names or IDs',
		);
};

export const KINDS: Readonly<Record<DiscountKind, KindOfDiscount>> = {
	orderTotal: {
		name: 'Order Total',
		description: 'The total of an order',
		top: [name, ...value],
		more: [commissions(), description, strategy({ clearable: false })],
		updated: [],
		filters: [filters.commissions, strategy({ in: 'filter' }), filters.type, filters.value],
		check: checkValue,
		...usual,
	},
	product: {
		name: 'Product',
		description: 'One product',
		top: [name, product({ required: true, description: 'The product that is discounted' }), ...value],
		more: [commissions(), description],
		updated: [],
		filters: [filters.commissions, filters.type, filters.value, product({ in: 'filter' })],
		check: checkValue,
		...usual,
	},
	productCategory: {
		name: 'Product Category',
		description: 'All products of some categories',
		top: [
			name,
			productCategoryIds,
			percent('discountPercent', 'Percent', { required: true, description: 'How much of the price is discounted: 15 for 15 %' }),
			commissions({ required: true }),
		],
		more: [description],
		updated: [removeOtherCategories],
		filters: [
			fields.text('description', 'Description', { in: 'filter', description: WHOLE_OR_BEGINNING }),
			...idFilters({ list: 'ids', one: 'id' }),
			fields.text('name', 'Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
			productCategories.field('productCategoryId', 'Product Category', { in: 'filter' }),
		],
		check: checkCategories,
		criteria: { types: TYPES_OF_CATEGORIES, toCreate: wholeCriteria(TYPES_OF_CATEGORIES), toUpdate: wholeCriteria(TYPES_OF_CATEGORIES) },
		form: { knownBy: 'type', withType: true },
	},
	shipping: {
		name: 'Shipping',
		description: 'The costs of shipping',
		top: [name, ...value],
		more: [description],
		updated: [],
		filters: [filters.type, filters.value],
		check: checkValue,
		...usual,
	},
	freeTrial: {
		name: 'Free Trial',
		description: 'The first days of a subscription plan',
		top: [name, plan({ required: true, description: 'The plan that begins with a free trial' }), freeTrialDays],
		more: [description, hidePrice()],
		updated: [],
		filters: [
			fields.number('freeTrialDays', 'Free Trial Days', { in: 'filter', min: 0, whole: true }),
			hidePrice({ in: 'filter', default: true }),
			plan({ in: 'filter' }),
		],
		criteria: usual.criteria,
		form: { knownBy: 'criteria_id', withType: true },
	},
};
