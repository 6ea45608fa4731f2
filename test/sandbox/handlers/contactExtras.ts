import { badRequest, notFound } from '../errors';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { contactOf } from './contacts';
import { answerList } from './lists';

type Fields = Readonly<Record<string, unknown>>;

const methodsOf = ({ state }: Exchange, contact: string) => state.collection(`/crm/rest/v2/contacts/${contact}/paymentMethods`);

/** A payment method goes by another name than other records. */
const view = (method: KeapRecord) => ({ payment_method_id: method.id, ...without(method, 'id', 'inactive') });

/** The payment method of the path. @throws ApiError 404 for the contact or the method */
function methodOf(exchange: Exchange): { contact: string; method: KeapRecord } {
	const { state, params } = exchange;
	const contact = contactOf(state, params.contact_id ?? '').id;
	const method = methodsOf(exchange, contact).get(params.payment_method_id ?? '');
	if (!method) throw notFound('payment method', params.payment_method_id ?? '');
	return { contact, method };
}

const list: Handler = (exchange) => {
	const contact = contactOf(exchange.state, exchange.params.contact_id ?? '').id;
	const { rows, version } = methodsOf(exchange, contact);
	return answerList(exchange, {
		rows: rows.filter(({ inactive }) => inactive !== true),
		version: String(version),
		path: `payment methods of ${contact}`,
		show: view,
	});
};

const deactivate: Handler = (exchange) => {
	const { contact, method } = methodOf(exchange);
	methodsOf(exchange, contact).set(method.id, { ...method, inactive: true });
	return { status: 204 };
};

const remove: Handler = (exchange) => {
	const { contact, method } = methodOf(exchange);
	methodsOf(exchange, contact).delete(method.id);
	return { status: 204 };
};

/** A card becomes a payment method; nothing of its number is kept but the last four digits. */
const addCard: Handler = (exchange) => {
	const { state, params, now } = exchange;
	const contact = contactOf(state, params.contactId ?? '').id;
	const card = exchange.body as Record<string, string>;
	const { card_number: number, card_type: brand } = card;
	const shown = without(card, 'card_number', 'card_type', 'verification_code');
	if (!/^\d{12,19}$/.test(number ?? '')) throw badRequest('card_number is not valid', 'card_number');
	if (!brand) throw badRequest('card_type is required', 'card_type');
	if (!/^(0[1-9]|1[0-2])$/.test(shown.expiration_month ?? '')) throw badRequest('expiration_month must be 01 to 12', 'expiration_month');
	if (!/^\d{4}$/.test(shown.expiration_year ?? '')) throw badRequest('expiration_year must have four digits', 'expiration_year');
	const method = methodsOf(exchange, contact).add({
		contact_id: contact,
		payment_method_type: 'CARD',
		created_time: now,
		card_info: { brand, last_four: number?.slice(-4), expiration_month: shown.expiration_month, expiration_year: shown.expiration_year },
	});
	return {
		status: 201,
		body: { ...shown, id: Number(method.id), contact_id: Number(contact), card_type: brand, validation_status: 'Good' },
	};
};

const addUtm: Handler = ({ state, params, body }) => {
	const contact = contactOf(state, params.contactId ?? '');
	const visit = state.collection(`/crm/rest/v1/contacts/${contact.id}/utm`).add(body as Fields);
	return { status: 201, body: { ...(body as Fields), contactUtmId: Number(visit.id) } };
};

const leadScore: Handler = ({ state, params }) => {
	const { score_value: score, update_time: time } = contactOf(state, params.contact_id ?? '');
	return { status: 200, body: { score: String(score ?? '0'), last_updated: time } };
};

export const CONTACT_EXTRA_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/postContactsContactIdCreditCards': addCard,
	'v1/postContactsContactIdUtm': addUtm,
	'v2/deactivatePaymentMethod': deactivate,
	'v2/deletePaymentMethod': remove,
	'v2/getLeadScoreDetails': leadScore,
	'v2/listPaymentMethods_1': list,
};
