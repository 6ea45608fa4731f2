import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import { UNSTATED_UNITS } from '../../../shared/catalogue/money/units';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import { orders } from '../../../shared/records/commerce/orders';
import { payments, paymentsOfOrder } from '../../../shared/records/orders/payments';
import { contacts } from '../../../shared/records/people/contacts';
import { crud, listOf } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { amountFilters, merchantFilters } from './filters';
import { getPayments } from './getPayment';
import { newPayment } from './newPayment';

const STATUSES: readonly fields.Choice[] = [
	['APPROVED', 'Approved'],
	['ERROR', 'Error'],
	['FAILED', 'Failed'],
	['MANUAL_PAID', 'Paid Manually'],
	['PAYPAL_PAID', 'Paid by PayPal'],
	['PENDING', 'Pending'],
	['REFUNDED', 'Refunded'],
	['VOIDED', 'Voided'],
];

const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'id' }),
	...amountFilters('amount', 'Amount', 'amount', 'major'),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	...merchantFilters,
	fields.id('orderId', 'Order ID', { in: 'filter' }),
	fields.ids('orderIds', 'Order IDs', { in: 'filter' }),
	fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Payments from this moment on' }),
	fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Payments up to this moment' }),
];

const filtersOfOrder: readonly Field[] = [
	money('amount', 'Amount', { in: 'filter', form: UNSTATED_UNITS.orderPaymentAmount }),
	fields.boolean('skipCommission', 'Commission Skipped', {
		in: 'filter',
		default: true,
		description: 'Whether affiliates earn nothing on it',
	}),
	fields.id('invoiceId', 'Invoice ID', { in: 'filter' }),
	fields.id('paymentId', 'Payment ID', { in: 'filter' }),
	fields.options('payStatus', 'Payment Status', { in: 'filter', choices: STATUSES }),
];

export const payment: Resource = {
	value: 'payment',
	name: 'Payment',
	operations: [
		newPayment,
		row('get', 'Get', 'GET /crm/rest/v2/sales/payments', {
			action: 'Get a payment',
			description: 'Retrieve a payment. Many items share calls: 100 payments each.',
			fields: [payments.field('paymentId', 'Payment', { in: 'none', required: true, description: 'The payment to look up' }), ...output],
			...(payments.simplify !== undefined && { simplify: payments.simplify }),
			performInGroups: getPayments,
		}),
		...crud(payments, {
			filters,
			create: false,
			delete: false,
			get: false,
			getAll: { description: 'Retrieve a list of payments, for whichever order. Charges that failed are transactions.' },
			update: false,
		}),
		{
			value: 'getOfOrder',
			name: 'Get Payments of Order',
			action: 'Get the payments of an order',
			description: 'Retrieve the payments of one order, refunds and voided ones among them',
			...listOf(paymentsOfOrder, {
				within: [orders.inPath()],
				filters: filtersOfOrder,
			}),
		},
	],
};
