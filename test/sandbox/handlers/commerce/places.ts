import type { RecordStore } from '../../store/recordStore';
import type { SandboxState } from '../../store/state';

const V2 = '/crm/rest/v2';

/** Where the sandbox keeps what is sold. Plans, options and items have ids of their own over all products and orders. */
const at =
	(path: string) =>
	(state: SandboxState): RecordStore =>
		state.collection(`${V2}/${path}`);

export const products = at('products');
export const plans = at('subscriptionPlans');
export const productOptions = at('productOptions');
export const categories = at('productCategories');
export const bundles = at('productInterestBundles');
export const orders = at('orders');
export const orderItems = at('orderItems');
export const invoices = at('invoices');
export const payments = at('sales/payments');
export const transactions = at('sales/transactions');
export const subscriptions = at('subscriptions');
export const merchants = at('merchants');
export const shippingMethods = at('shipping');
export const affiliates = at('affiliates');
/** What affiliates earned, order by order. */
export const commissions = at('affiliateCommissions');
