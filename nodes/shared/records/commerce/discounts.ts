import type { ListSearch } from '../../locators/locator';
import { searchCachedList } from '../../locators/cachedList';
import { nameLabel } from '../../locators/labels';
import { defineRecord, type RecordFacts } from '../kind/record';

const ROOT = '/crm/rest/v2/discounts';
const LIST = { records: 'discounts', label: nameLabel('name') } as const;

type Order = NonNullable<RecordFacts['order']>;

/** A kind of discount: Keap keeps each in a list of its own. */
interface DiscountFacts {
	/** Its part of Keap's paths. */
	readonly folder: string;
	readonly order: Order;
	readonly byIds?: RecordFacts['byIds'];
}

/** What every kind can be ordered by. */
const BY_NAME: Order = [
	['id', 'ID'],
	['name', 'Name'],
];
const BY_VALUE: Order = [...BY_NAME, ['discount_type', 'Discount Type'], ['discount_value', 'Discount Value']];
const COMMISSIONS: Order[number] = ['apply_to_commissions', 'Apply to Commissions'];

const KINDS = {
	orderTotal: { folder: 'orderTotals', order: [...BY_VALUE, COMMISSIONS, ['discount_strategy', 'Discount Strategy']] },
	product: { folder: 'products', order: [...BY_VALUE, COMMISSIONS, ['product_id', 'Product ID']] },
	productCategory: { folder: 'productCategories', order: BY_NAME, byIds: { filter: 'ids' } },
	shipping: { folder: 'shipping', order: BY_VALUE },
	freeTrial: {
		folder: 'freeTrials',
		order: [
			...BY_NAME,
			['free_trial_days', 'Free Trial Days'],
			['hide_price', 'Hide Price'],
			['subscription_plan_id', 'Subscription Plan ID'],
		],
	},
} as const satisfies Readonly<Record<string, DiscountFacts>>;

export type DiscountKind = keyof typeof KINDS;

/** Keap's list of the kind that a form has chosen; undefined before one is. */
export const discountPath = (kind: unknown): string | undefined =>
	typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? `${ROOT}/${KINDS[kind as DiscountKind].folder}` : undefined;

/** The discounts of the kind that the form holds; none before one is chosen. */
const search: ListSearch = async function (filter = '') {
	const path = discountPath(this.getCurrentNodeParameter('discountKind'));
	return path === undefined ? { results: [] } : await searchCachedList({ ...LIST, path }).call(this, filter);
};

/** The discounts of one kind. */
export const discountsOf = (kind: DiscountKind) => {
	const { folder, order, byIds }: DiscountFacts = KINDS[kind];
	return defineRecord({
		one: 'discount',
		path: `${ROOT}/${folder}`,
		...LIST,
		order,
		...(byIds !== undefined && { byIds }),
		findBy: { by: 'search', search },
	});
};
