import type { Handler } from '../../types';
import { DISCOUNT_HANDLERS } from './discounts';
import { INTEREST_BUNDLE_HANDLERS } from './interestBundles';
import { ORDER_ITEM_HANDLERS } from './orderItems';
import { ORDER_HANDLERS } from './orders';
import { PAYMENT_METHOD_HANDLERS } from './paymentMethods';
import { PAYMENT_PLAN_HANDLERS } from './paymentPlans';
import { PAYMENT_HANDLERS } from './payments';
import { PLAN_HANDLERS } from './plans';
import { PRODUCT_CATEGORY_HANDLERS } from './productCategories';
import { PRODUCT_OPTION_HANDLERS } from './productOptions';
import { PRODUCT_HANDLERS } from './products';
import { SUBSCRIPTION_HANDLERS } from './subscriptions';

/** What is sold, ordered and paid. */
export const COMMERCE_HANDLERS: Readonly<Record<string, Handler>> = {
	...DISCOUNT_HANDLERS,
	...INTEREST_BUNDLE_HANDLERS,
	...ORDER_HANDLERS,
	...ORDER_ITEM_HANDLERS,
	...PAYMENT_HANDLERS,
	...PAYMENT_METHOD_HANDLERS,
	...PAYMENT_PLAN_HANDLERS,
	...PLAN_HANDLERS,
	...PRODUCT_CATEGORY_HANDLERS,
	...PRODUCT_HANDLERS,
	...PRODUCT_OPTION_HANDLERS,
	...SUBSCRIPTION_HANDLERS,
};
