import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Field } from '../../../shared/catalogue/operation/types';
import { products } from '../../../shared/records/commerce/products';
import { subscriptionPlans } from '../../../shared/records/commerce/subscriptionPlans';
import { countOrNone } from '../../../shared/catalogue/fields/entryParts';

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

/**
 * What a criterion asks for, by its type. Nothing is filled in by default: in an update what is filled in is written, and Keap marks
 * none of it as required.
 */
export const PARTS: Readonly<Record<CriterionType, readonly Field[]>> = {
	DATE_RANGE: [fields.moment('rangeStartTime', 'Start'), fields.moment('rangeEndTime', 'End')],
	PROMO_CODE: [fields.text('code', 'Promo Code', { placeholder: 'e.g. SPRING' })],
	PRODUCT: [
		products.field('productId', 'Product', { description: 'The product that has to be on the order' }),
		countOrNone('productQuantityMin', 'Quantity at Least', { placeholder: 'e.g. 1' }),
		countOrNone('productQuantityMax', 'Quantity at Most', { placeholder: 'e.g. 10' }),
	],
	SUBSCRIPTION_PLAN: [
		subscriptionPlans.field('planId', 'Subscription Plan', { description: 'The plan that has to be on the order' }),
		countOrNone('subscriptionQuantity', 'Quantity', { placeholder: 'e.g. 1' }),
	],
	ORDER_TOTAL: [
		fields.options('operator', 'Order Total Is', {
			choices: [
				['', 'Not Set'],
				['GREATER_THAN', 'More Than'],
				['LESS_THAN', 'Less Than'],
			],
			description: 'How the total of the order compares with the amount',
		}),
		money('totalAmount', 'Total Amount', { form: 'major', description: 'What the total of the order is compared with' }),
	],
};

/** What is meant where a new criterion does not say how many. */
export const BY_DEFAULT: Readonly<Record<string, number>> = { product_quantity_min: 1, subscription_quantity: 1 };

export const keyOf = ({ to }: Field): string => to?.key ?? '';

export const partsOf = (type: unknown): readonly Field[] =>
	typeof type === 'string' && Object.hasOwn(PARTS, type) ? PARTS[type as CriterionType] : [];

/** Keap's names of what a criterion of a type has. */
export const keysOf = (type: unknown): string[] => partsOf(type).map(keyOf);

export const nameOfType = (type: unknown): string =>
	typeof type === 'string' && Object.hasOwn(TYPES, type) ? TYPES[type as CriterionType] : String(type);

/** @throws BadInput when a criterion has a part that another type has: left out, the discount would hold for more orders than was meant */
export function refuseAlienParts(type: unknown, criterion: Readonly<Record<string, unknown>>): void {
	const others = ALL_TYPES.filter((one) => one !== type).flatMap(partsOf);
	const alien = others.find((field) => criterion[keyOf(field)] !== undefined);
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
