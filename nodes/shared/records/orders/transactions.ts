import { fullName, picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import { defineRecord } from '../kind/record';
import { cardOf } from './payments';

/** Every attempt to move money, with those that failed. Their list gives no IDs; payments do, as `transaction_id`. */
export const transactions = defineRecord({
	one: 'transaction',
	path: '/crm/rest/v2/sales/transactions',
	records: 'transactions',
	order: [
		['amount', 'Amount'],
		['contact_id', 'Contact ID'],
		['transaction_time', 'Transaction Time'],
	],
	shape: (transaction) => {
		const person = inner(transaction.contact);
		return {
			...picked(transaction, [
				'amount',
				'status',
				'is_successful',
				'transaction_method',
				'transaction_time',
				'description',
				'error_details',
			]),
			...picked(transaction, ['external_response_code', 'external_reference_id', 'contact_id']),
			contact_name: fullName(person.given_name, person.family_name),
			contact_email: person.email ?? null,
			...picked(transaction, ['order_ids', 'payment_id']),
			card: cardOf(transaction),
			...picked(transaction, ['merchant_account_id', 'merchant_account_type']),
		};
	},
});
