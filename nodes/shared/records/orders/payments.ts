import type { IDataObject } from 'n8n-workflow';

import { UNSTATED_UNITS } from '../../catalogue/money/units';
import { picked } from '../../catalogue/simplify';
import { cardLabel } from '../../locators/cardLabel';
import { isRecord } from '../../runtime/isRecord';
import { defineRecord } from '../kind/record';

/** `Visa ending in 1111 (03/2030)` of a payment or a transaction by card. */
export const cardOf = ({ payment_method: card }: IDataObject): string | null => (isRecord(card) ? cardLabel(card) : null);

/** What came in for all orders. A charge that failed is no payment: it is among the transactions. */
export const payments = defineRecord({
	one: 'payment',
	path: '/crm/rest/v2/sales/payments',
	records: 'payments',
	byIds: { filter: 'ids', onlyListed: true },
	created: 'payment_time',
	order: [
		['amount', 'Amount'],
		['contact_id', 'Contact ID'],
		['id', 'ID'],
		['payment_time', 'Payment Time'],
	],
	label: ({ id, amount, payment_time: time, type }) =>
		`${[typeof time === 'string' ? time.slice(0, 10) : undefined, amount, type].filter((part) => part !== undefined).join(' ')} (#${String(id)})`,
	findBy: {
		by: 'prefix',
		query: { order_by: 'payment_time desc' },
		filters: (typed) => (/^\d+$/.test(typed) ? [`order_id==${typed}`, `id==${typed}`] : []),
	},
	shape: (payment) => ({
		...picked(payment, ['id', 'type', 'amount', 'status', 'payment_time', 'contact_id', 'order_ids', 'note', 'refund_payment_id']),
		card: cardOf(payment),
		...picked(payment, ['merchant_account_id', 'merchant_account_type', 'commissioned', 'external_transaction_id', 'update_time']),
	}),
});

/** The payments of one order, as its invoice has them. */
export const paymentsOfOrder = defineRecord({
	one: 'payment',
	path: '/crm/rest/v2/orders/{order_id}/payments',
	records: 'invoice_order_payments',
	order: [
		['amount', 'Amount'],
		['skip_commission', 'Commission Skipped'],
		['invoice_id', 'Invoice ID'],
		['payment_id', 'Payment ID'],
		['pay_status', 'Payment Status'],
		['pay_time', 'Payment Time'],
		['last_updated_time', 'Updated'],
	],
	amounts: { amount: UNSTATED_UNITS.orderPaymentAmount },
	shape: (payment) =>
		picked(payment, [
			'id',
			'payment_id',
			'invoice_id',
			'amount',
			'pay_status',
			'pay_time',
			'note',
			'skip_commission',
			'refund_invoice_payment_id',
			'last_updated_time',
		]),
});
