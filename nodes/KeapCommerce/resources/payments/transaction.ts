import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { transactions } from '../../../shared/records/orders/transactions';
import { contacts } from '../../../shared/records/people/contacts';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { amountFilters, merchantFilters } from './filters';

export const transaction: Resource = {
	value: 'transaction',
	name: 'Transaction',
	operations: [
		...crud(transactions, {
			filters: [
				...amountFilters('amount', 'Amount', 'amount', 'major'),
				contacts.field('contactId', 'Contact', { in: 'filter' }),
				...merchantFilters,
				fields.options('transactionMethod', 'Method', {
					in: 'filter',
					choices: [
						['CAPTURE', 'Capture'],
						['MANUAL', 'Manual'],
						['REFUND', 'Refund'],
						['VOID', 'Void'],
					],
				}),
				fields.id('orderId', 'Order ID', { in: 'filter' }),
				fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Transactions from this moment on' }),
				fields.options('status', 'Status', {
					in: 'filter',
					choices: [
						['APPROVED', 'Approved'],
						['ERROR', 'Error'],
						['FAILED', 'Failed'],
						['PENDING', 'Pending'],
					],
				}),
				fields.boolean('isSuccessful', 'Successful', {
					in: 'filter',
					description: 'Whether the money moved. Pending ones are not successful either.',
				}),
				fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Transactions up to this moment' }),
			],
			create: false,
			delete: false,
			get: false,
			getAll: { description: 'Retrieve a list of charges, refunds and payments, those that failed among them' },
			update: false,
		}),
		// Version 2 has the list only, and no IDs in it.
		row('get', 'Get', 'GET /crm/rest/v1/transactions/{transactionId}', {
			action: 'Get a transaction',
			description: 'Retrieve a transaction with what went wrong. Its ID is the transaction_id of a new payment.',
			fields: [
				fields.id('transactionId', 'Transaction ID', {
					in: 'path',
					key: 'transactionId',
					required: true,
					description: 'Get Many gives no IDs; Payment > Create does',
				}),
			],
		}),
	],
};
