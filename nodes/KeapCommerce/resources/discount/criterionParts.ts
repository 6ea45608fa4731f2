import * as encode from '../../../shared/catalogue/fields/encode';
import * as fields from '../../../shared/catalogue/fields/fields';
import { quantity } from '../../../shared/catalogue/fields/quantities';
import { money } from '../../../shared/catalogue/money/moneyField';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Field } from '../../../shared/catalogue/operation/types';
import { products } from '../../../shared/records/commerce/products';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';

/** The types of criterion that Keap has, by its own names. */
export const TYPES = {
	DATE_RANGE: 'Date Range',
	PROMO_CODE: 'Promo Code',
	PRODUCT: 'Product',
	SUBSCRIPTION_PLAN: 'Subscription Plan',
	ORDER_TOTAL: 'Order Total',
} as const;

export type CriterionType = keyof typeof TYPES;

export const ALL_TYPES = Object.keys(TYPES) as CriterionType[];
/** Those that a discount of product categories takes. */
export const TYPES_OF_CATEGORIES: readonly CriterionType[] = ['DATE_RANGE', 'PROMO_CODE'];

/** What a criterion asks for, by its type. */
export type Parts = Readonly<Record<CriterionType, readonly Field[]>>;

/** How many of something, as text, so that an empty one is none. */
const count = (name: string, displayName: string, placeholder: string, description?: string): Field =>
	fields.field(
		{ name, displayName, placeholder, ...(description !== undefined && { description }) },
		{ type: 'string', default: '' },
		encode.number({ min: 1, max: fields.MOST_WHOLE, whole: true }),
	);

const COMPARISONS: readonly fields.Choice[] = [
	['GREATER_THAN', 'More Than'],
	['LESS_THAN', 'Less Than'],
];

const comparison = (choices: readonly fields.Choice[]): Field =>
	fields.options('operator', 'Order Total Is', { choices, description: 'How the total of the order compares with the amount' });

/** The parts that are the same in a new criterion and in the change of one. */
const DATES = [fields.moment('rangeStartTime', 'Start'), fields.moment('rangeEndTime', 'End')];
const CODE = fields.text('code', 'Promo Code', { placeholder: 'e.g. SPRING' });
const PRODUCT = products.field('productId', 'Product', { description: 'The product that has to be on the order' });
const AT_MOST = count('productQuantityMax', 'Quantity at Most', 'e.g. 10', 'How many of the product may be on the order');
const PLAN = subscriptionPlans.field('planId', 'Subscription Plan', { description: 'The plan that has to be on the order' });
const TOTAL = money('totalAmount', 'Total Amount', { form: 'major', description: 'What the total of the order is compared with' });

/** Of a new criterion. Keap marks none of it as required; a criterion without any of it would ask for nothing. */
export const NEW_PARTS: Parts = {
	DATE_RANGE: DATES,
	PROMO_CODE: [CODE],
	PRODUCT: [
		PRODUCT,
		quantity('productQuantityMin', 'Quantity at Least', { description: 'How many of the product have to be on the order' }),
		AT_MOST,
	],
	SUBSCRIPTION_PLAN: [
		PLAN,
		quantity('subscriptionQuantity', 'Quantity', { description: 'How many subscriptions to the plan have to be on the order' }),
	],
	ORDER_TOTAL: [comparison(COMPARISONS), TOTAL],
};

/** Of a change: nothing is filled in by default, for what is filled in is written. */
export const CHANGED_PARTS: Parts = {
	DATE_RANGE: DATES,
	PROMO_CODE: [CODE],
	PRODUCT: [PRODUCT, count('productQuantityMin', 'Quantity at Least', 'e.g. 2'), AT_MOST],
	SUBSCRIPTION_PLAN: [PLAN, count('subscriptionQuantity', 'Quantity', 'e.g. 1')],
	ORDER_TOTAL: [comparison([['', 'Unchanged'], ...COMPARISONS]), TOTAL],
};

export const keyOf = ({ to }: Field): string => to?.key ?? '';

export const partsOf = (type: unknown): readonly Field[] =>
	typeof type === 'string' && Object.hasOwn(NEW_PARTS, type) ? NEW_PARTS[type as CriterionType] : [];

/** Keap's names of what a criterion of a type has. */
export const keysOf = (type: unknown): string[] => partsOf(type).map(keyOf);

export const nameOfType = (type: unknown): string =>
	typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type as CriterionType] : String(type);

/** A field that n8n shows only for one type of criterion stands in the form with its default for all of them. */
const isDefault = (field: Field, value: unknown): boolean => value === undefined || value === field.encode?.(field.property.default);

/** @throws BadInput when a criterion has a part that another type has: left out, the discount would hold for more orders than was meant */
export function refuseAlienParts(type: unknown, criterion: Readonly<Record<string, unknown>>): void {
	const others = ALL_TYPES.filter((one) => one !== type).flatMap(partsOf);
	const alien = others.find((field) => !isDefault(field, criterion[keyOf(field)]));
	if (alien !== undefined)
		throw new BadInput(
			`does not belong to a criterion of the type ${nameOfType(type)}`,
			'Leave it out, or add a criterion of its own for it.',
			alien.property.displayName,
		);
}

/** @throws BadInput when the two ends of a range are the wrong way round */
export function checkRanges(criterion: Readonly<Record<string, unknown>>): void {
	const { range_start_time: start, range_end_time: end, product_quantity_min: least, product_quantity_max: most } = criterion;
	if (typeof start === 'string' && typeof end === 'string' && Date.parse(end) < Date.parse(start))
		throw new BadInput('is before Start', 'Exchange the two, or correct one.', 'End');
	if (typeof least === 'number' && typeof most === 'number' && most < least)
		throw new BadInput('is less than Quantity at Least', 'Exchange the two, or correct one.', 'Quantity at Most');
}
