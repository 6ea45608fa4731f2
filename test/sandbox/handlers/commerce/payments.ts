import { isIsoDate } from '../../contract/schema';
import { badRequest, notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { without } from '../../without';
import { answerList, answerV1List } from '../lists';
import type { FieldReaders } from '../recordFields';
import { bodyOf, type Fields } from './crud';
import { configurationOf } from './ecommerce';
import { currencyOf, toMajor, toMinor } from './money';
import { balanceOf, orderOf } from './orders';
import { cardsOf } from './paymentMethods';
import { payments, transactions } from './places';

/** The payment of an order's invoice has an id of its own. */
const invoicePaymentId = ({ id }: KeapRecord): string => String(50_000 + Number(id));

const contactView = (id: unknown, state: SandboxState) => {
	const contact = state.contacts.get(String(id));
	const [email] = (contact?.email_addresses ?? []) as Array<{ email: string }>;
	return { id: String(id), email: email?.email ?? '', given_name: contact?.given_name ?? '', family_name: contact?.family_name ?? '' };
};

/** The card that is charged, or undefined for a payment that is only recorded. @throws ApiError 400 */
function cardFor(fields: Fields, order: KeapRecord, state: SandboxState): Fields | undefined {
	const { payment_method_id: method, payment_method_type: type } = fields;
	if (method === undefined && type === undefined)
		throw badRequest('payment_method_id or payment_method_type is required', 'payment_method_id');
	if (method !== undefined) {
		const card = cardsOf(state, String(order.contact_id)).find(({ payment_method_id: id }) => id === method);
		if (!card) throw badRequest(`payment_method_id: ${String(method)} is no card of the order's contact`, 'payment_method_id');
		return card;
	}
	const types = String(configurationOf(state).payment_types).split(',');
	if (!types.includes(String(type)))
		throw badRequest(`payment_method_type must be one of ${types.join(', ')}, not "${String(type)}"`, 'payment_method_type');
	return undefined;
}

/** Charges a card, or records a payment that was made elsewhere. A card that is declined is answered with 201, too. */
const createPayment: Handler = (exchange) => {
	const { state, now } = exchange;
	const order = orderOf(exchange);
	const fields = bodyOf(exchange);
	const card = cardFor(fields, order, state);
	const amount = toMinor(state, Number(fields.payment_amount), 'payment_amount');
	if (amount < 0 || (card && amount === 0))
		throw badRequest(`payment_amount must be more than 0, not ${String(fields.payment_amount)}`, 'payment_amount');
	if (amount > balanceOf(order, state))
		throw badRequest(
			`payment_amount: ${String(fields.payment_amount)} is more than the balance of ${toMajor(state, balanceOf(order, state))}`,
			'payment_amount',
		);
	const verdict = card ? (state.commerce.chargeVerdicts.shift() ?? 'APPROVED') : undefined;
	const isPaid = verdict === undefined || verdict === 'APPROVED';
	const made = {
		amount,
		order_id: order.id,
		contact_id: order.contact_id,
		payment_time: fields.payment_time ?? now,
		merchant_account_id: card?.merchant_account_id ?? '0',
		...(card && { payment_method: card, merchant_account_type: card.merchant_account_type }),
		create_time: now,
		update_time: now,
	};
	const payment = isPaid
		? payments(state).add({
				...made,
				type: card ? 'Credit Card' : fields.payment_method_type,
				note: fields.notes ?? '',
				status: card ? 'APPROVED' : 'NONE',
				pay_status: card ? 'APPROVED' : 'MANUAL_PAID',
				skip_commission: fields.apply_to_commissions !== true,
				invoice_id: order.invoice_id,
			})
		: undefined;
	const transaction = transactions(state).add({
		...made,
		payment_id: payment?.id,
		status: isPaid ? 'APPROVED' : 'FAILED',
		transaction_method: card ? 'CAPTURE' : 'MANUAL',
		is_successful: isPaid,
		transaction_time: made.payment_time,
		...(!isPaid && { error_details: verdict }),
	});
	return {
		status: 201,
		body: {
			...(payment && { id: invoicePaymentId(payment) }),
			invoice_id: order.invoice_id,
			payment_amount: toMajor(state, amount),
			...(verdict !== undefined && { payment_status_message: verdict }),
			transaction_id: transaction.id,
		},
	};
};

const ofOrder: Handler = (exchange) => {
	const { state } = exchange;
	const order = orderOf(exchange);
	const readers: FieldReaders = {
		id: (payment) => [invoicePaymentId(payment)],
		amount: ({ amount }) => [toMajor(state, Number(amount))],
		payment_id: ({ id }) => [id],
		pay_time: ({ payment_time: time }) => [time],
		last_updated_time: ({ update_time: time }) => [time],
	};
	return answerList(exchange, {
		rows: payments(state).rows.filter(({ order_id: id }) => id === order.id),
		version: String(payments(state).version),
		path: `payments of order ${order.id}`,
		readers,
		show: (payment) => ({
			id: invoicePaymentId(payment),
			amount: toMajor(state, Number(payment.amount)),
			note: payment.note,
			invoice_id: payment.invoice_id,
			payment_id: payment.id,
			pay_time: payment.payment_time,
			pay_status: payment.pay_status,
			last_updated_time: payment.update_time,
			skip_commission: payment.skip_commission,
		}),
	});
};

const readersOf = (state: SandboxState, time: 'payment_time' | 'transaction_time'): FieldReaders => ({
	amount: ({ amount }) => [toMajor(state, Number(amount))],
	order_id: ({ order_id: id }) => [id],
	order_ids: ({ order_id: id }) => [id],
	since_time: (record) => [record[time]],
	until_time: (record) => [record[time]],
	merchant_account_id: ({ merchant_account_id: id }) => [id],
});

const allPayments: Handler = (exchange) => {
	const { state } = exchange;
	return answerList(exchange, {
		rows: payments(state).rows,
		version: String(payments(state).version),
		path: exchange.operation.path,
		readers: readersOf(state, 'payment_time'),
		show: ({ order_id: order, amount, skip_commission: skip, ...payment }) => ({
			...without(payment, 'create_time', 'pay_status', 'invoice_id'),
			amount: toMajor(state, Number(amount)),
			commissioned: skip !== true,
			synced: false,
			order_ids: [order],
		}),
	});
};

/** Transactions have ids that only payments and version 1 give. */
const allTransactions: Handler = (exchange) => {
	const { state } = exchange;
	return answerList(exchange, {
		rows: transactions(state).rows,
		version: String(transactions(state).version),
		path: exchange.operation.path,
		readers: readersOf(state, 'transaction_time'),
		show: ({ order_id: order, amount, contact_id: contact, ...transaction }) => ({
			...without(transaction, 'id', 'create_time', 'update_time', 'payment_time'),
			amount: toMajor(state, Number(amount)),
			order_ids: [order],
			contact_id: contact,
			contact: contactView(contact, state),
		}),
	});
};

const viewInV1 = (found: KeapRecord, state: SandboxState) => ({
	id: Number(found.id),
	amount: toMajor(state, Number(found.amount)),
	contact_id: Number(found.contact_id),
	currency: currencyOf(state),
	order_ids: String(found.order_id),
	status: found.status,
	transaction_date: found.transaction_time,
	type: found.transaction_method,
	errors: found.error_details ?? '',
	test: false,
});

const transactionInV1 = ({ state, params }: Exchange) => {
	const found = transactions(state).get(params.transactionId ?? '');
	if (!found) throw notFound('transaction', params.transactionId ?? '');
	return { status: 200, body: viewInV1(found, state) };
};

/** Version 1 gives its transactions in no order that is documented: here by ID, the newest last. */
const allInV1: Handler = (exchange) => {
	const { state, query } = exchange;
	const { since, until, contact_id: contact } = query;
	for (const [name, time] of Object.entries({ since, until })) {
		if (time !== undefined && !isIsoDate(time, 'always'))
			throw badRequest(`${name} must be a date and time like 2024-01-31T12:00:00.000Z, not "${time}"`, name);
	}
	const found = transactions(state).rows.filter(
		({ transaction_time: time, contact_id: of }) =>
			(since === undefined || Date.parse(String(time)) >= Date.parse(since)) &&
			(until === undefined || Date.parse(String(time)) <= Date.parse(until)) &&
			(contact === undefined || String(of) === contact),
	);
	return answerV1List(
		exchange,
		exchange.operation.path,
		'transactions',
		found.map((row) => viewInV1(row, state)),
	);
};

export const PAYMENT_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getTransactions': allInV1,
	'v1/getTransactionsTransactionId': transactionInV1,
	'v2/createPaymentForAnOrder': createPayment,
	'v2/listOrderPayments': ofOrder,
	'v2/listPayments': allPayments,
	'v2/listTransactions': allTransactions,
};
