import { judge, mayNot, unknown } from '../findings';
import { fieldsOf, listIn } from '../keap';
import type { Assumption } from '../types';
import { V2 } from '../workbench';

const UNITS = ['nodes/shared/catalogue/money/units.ts'];
const RULE = 'Numbers with a decimal type are in the major unit (225.50) wherever Keap states a unit; for these it states none.';
const WRONG = 'Amounts are written and shown a hundred times too small or too large; one constant changes that.';
const byHand = (how: string): string => `Not asked, for it takes records that cannot be removed. By hand: ${how}`;

/** Units of money that Keap leaves open; each is one constant, for what is sent, filtered by and shown alike. */
export const MONEY: readonly Assumption[] = [
	{
		id: 'account-currency',
		question: 'Are all amounts in the currency of the business profile?',
		believed: 'Yes: no request names a currency, and the profile’s `currency_code` is read at most once an hour.',
		source: "Keap's description leaves it open.",
		restsOn: ['nodes/shared/catalogue/money/accountCurrency.ts'],
		otherwise: 'Amounts of a currency without decimals would be written a hundred times too large.',
		asked: 'Compares the currency of the profile with that of orders; neither is shown.',
		reads: async (keap) => {
			const profile = await keap.get(`${V2}/businessProfile`);
			const orders = await keap.get(`${V2}/orders`, { page_size: 50 });
			if (orders.status === 403) return mayNot;
			const used = listIn(orders, 'orders').flatMap(({ total }) => fieldsOf(total).currency_code ?? []);
			const own = fieldsOf(profile.body).currency_code;
			if (used.length === 0 || typeof own !== 'string') return unknown('no order with a currency');
			const others = used.filter((code) => code !== own).length;
			return judge(others === 0, `${others} of ${used.length} orders in another`);
		},
	},
	{
		id: 'currency-decimals',
		question: 'Is "the smallest unit" of a currency that of ISO 4217?',
		believed: 'None for JPY, KRW and CLP, three for KWD, BHD, OMR, JOD and TND, two for most.',
		source: 'Keap\'s description says "the smallest unit" but not which one that is.',
		restsOn: ['nodes/shared/catalogue/money/currencies.ts'],
		otherwise: 'Amounts in these currencies are wrong by a power of ten.',
		asked: 'Not asked: it takes an account in such a currency; `order-money` shows it there.',
	},
	{
		id: 'payments-amount',
		question: 'In which unit is `amount` in the list of an order’s payments?',
		believed: 'In the major unit.',
		source: RULE,
		restsOn: UNITS,
		otherwise: WRONG,
		asked: byHand('record a payment of 10.00 and read the list beside `payment_amount`.'),
	},
	{
		id: 'billing-amount',
		question: 'In which unit is `billing_amount` of a subscription?',
		believed: 'In the major unit.',
		source: RULE,
		restsOn: UNITS,
		otherwise: WRONG,
		asked: byHand('start a subscription without one and compare it with the price of its plan.'),
	},
	{
		id: 'price-adjustment',
		question: 'In which unit is `price_adjustment` of product options?',
		believed: 'In the major unit.',
		source: RULE,
		restsOn: UNITS,
		otherwise: WRONG,
		asked: byHand('add 1.50 to an option and look at the product in Keap.'),
	},
	{
		id: 'interest-price',
		question: 'In which unit is `price` of an interest written?',
		believed: 'In the major unit; its answer is in cents.',
		source: RULE,
		restsOn: UNITS,
		otherwise: WRONG,
		asked: byHand('add an interest at 10.00: 1000 in the answer confirms it.'),
	},
	{
		id: 'special-amount',
		question: 'In which unit is `special.amount` of an order item whose `discount_method` is AMOUNT?',
		believed: 'In the major unit.',
		source: RULE,
		restsOn: UNITS,
		otherwise: WRONG,
		asked: byHand('look at an order with a discount of 10.00.'),
	},
];
