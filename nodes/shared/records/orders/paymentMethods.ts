import { picked } from '../../catalogue/simplify';
import { cardLabel } from '../../locators/cardLabel';
import { inner } from '../../runtime/isRecord';
import { defineRecord } from '../kind/record';

/** The cards of all contacts: brand, last digits and expiry, never a number. */
export const paymentMethods = defineRecord({
	one: 'payment method',
	path: '/crm/rest/v2/paymentMethods',
	records: 'payment_methods',
	order: [
		['contact_id', 'Contact ID'],
		['created_time', 'Created'],
		['merchant_account_id', 'Merchant Account ID'],
		['payment_method_id', 'Payment Method ID'],
	],
	shape: (method) => ({
		...picked(method, ['payment_method_id', 'contact_id', 'credit_card_id', 'payment_method_type', 'status', 'created_time']),
		card: cardLabel(method),
		...picked(inner(method.card_info), ['brand', 'card_type', 'last_four', 'expiration_month', 'expiration_year']),
		...picked(method, ['merchant_account_id', 'merchant_account_type']),
	}),
});
