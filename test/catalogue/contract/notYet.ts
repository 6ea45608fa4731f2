/** Operations of the coverage list that no row offers yet, by the beginning of their path, under the node that they will come to. */
export const NOT_YET: Readonly<Record<string, readonly string[]>> = {
	Keap: [],
	KeapCommerce: [
		'v1/orders',
		'v1/products',
		'v1/transactions',
		'v2/discounts',
		'v2/orders',
		'v2/paymentMethodConfigs',
		'v2/paymentMethods',
		'v2/productCategories',
		'v2/productInterestBundles',
		'v2/products',
		'v2/sales/payments',
		'v2/sales/transactions',
		'v2/shipping',
		'v2/subscriptions',
	],
	KeapMarketing: ['v1/affiliates', 'v2/affiliates'],
	KeapAdmin: [],
};
