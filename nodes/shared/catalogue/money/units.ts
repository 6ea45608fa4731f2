/**
 * How an operation of Keap writes money: `minor` in the currency's smallest unit (12.50 USD is 1250), `major` as people write it.
 */
export type MoneyUnit = 'minor' | 'major';

/** How money goes into a request: as a number in either unit, or in the major unit as text. */
export type MoneyForm = MoneyUnit | 'majorText';

/**
 * Money whose unit Keap states nowhere. Each follows the rule that holds wherever it is stated: numbers with a decimal type are major.
 * One live answer of each kind decides; then this is the only line to change, for what is sent, filtered by and shown alike.
 */
export const UNSTATED_UNITS = {
	/** `amount` of a payment in the list of an order's payments. Keap's older API gives decimals. */
	orderPaymentAmount: 'major',
	/** `billing_amount` of a subscription. By default it is the price of the plan. */
	subscriptionBillingAmount: 'major',
	/** `price_adjustment` of an option of a product and of its list items. */
	optionPriceAdjustment: 'major',
	/** `price` of an interest as it is written; as it is read it is in the minor unit, and says so. */
	interestPrice: 'major',
	/** `special.amount` of an order item whose `discount_method` is AMOUNT. */
	specialAmount: 'major',
} as const satisfies Readonly<Record<string, MoneyUnit>>;
