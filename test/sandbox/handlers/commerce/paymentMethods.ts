import { badRequest, notFound } from '../../errors';
import type { SandboxState } from '../../store/state';
import type { Handler, KeapRecord } from '../../types';
import { without } from '../../without';
import { answerList } from '../lists';
import { checkReference } from '../references';
import { bodyOf } from './crud';
import { merchants, shippingMethods } from './places';

type Card = Record<string, unknown> & { payment_method_id: string };

const pathOf = (contact: string) => `/crm/rest/v2/contacts/${contact}/paymentMethods`;

/** A card as every list of them shows it: its id goes by another name than those of other records. */
const view = (card: KeapRecord, state: SandboxState): Card => ({
	merchant_account_id: state.commerce.defaultMerchant,
	merchant_account_type: String(merchants(state).get(state.commerce.defaultMerchant)?.type ?? 'UNSUPPORTED'),
	credit_card_id: card.id,
	...without(card, 'id', 'inactive', 'create_time', 'update_time'),
	payment_method_id: card.id,
});

/** The cards of a contact that may be charged, the most recently added last. */
export const cardsOf = (state: SandboxState, contact: string): Card[] =>
	(state.existing(pathOf(contact))?.rows ?? []).filter(({ inactive }) => inactive !== true).map((card) => view(card, state));

const list: Handler = (exchange) => {
	const { state, operation } = exchange;
	const rows = [...state.contacts.keys()].flatMap((contact) => cardsOf(state, contact).map((card): KeapRecord => ({ ...card, id: '' })));
	return answerList(exchange, {
		rows,
		version: JSON.stringify(rows.map(({ payment_method_id: id, contact_id: contact }) => [id, contact])),
		path: operation.path,
		readers: { since_time: ({ created_time: time }) => [time], until_time: ({ created_time: time }) => [time] },
		show: (card) => without(card, 'id'),
	});
};

/** The key of a session of Keap's own form for cards. */
const createConfig: Handler = (exchange) => {
	const { contact_id: contact } = bodyOf(exchange);
	if (contact === undefined) throw badRequest('contact_id is required', 'contact_id');
	checkReference({ contact_id: contact }, 'contact_id', exchange.state.contacts);
	return { status: 200, body: { session_key: `session-of-contact-${String(contact)}` } };
};

const listMerchants: Handler = (exchange) => {
	const { state, operation } = exchange;
	const answer = answerList(exchange, {
		rows: merchants(state).rows,
		version: String(merchants(state).version),
		path: operation.path,
		show: ({ id, name, type, is_test }) => ({ id, name, type, is_test }),
	});
	return { ...answer, body: { default_merchant_account_id: state.commerce.defaultMerchant, ...(answer.body as object) } };
};

const setDefault: Handler = ({ state, params }) => {
	const id = params.id ?? '';
	if (!merchants(state).has(id)) throw notFound('merchant account', id);
	state.commerce.defaultMerchant = id;
	return { status: 200 };
};

const listShipping: Handler = ({ state }) => ({
	status: 200,
	body: { shipping_methods: shippingMethods(state).rows.map((method) => without(method, 'create_time', 'update_time')) },
});

export const PAYMENT_METHOD_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createPaymentMethodConfig': createConfig,
	'v2/listMerchants': listMerchants,
	'v2/listPaymentMethods': list,
	'v2/listShippingMethods': listShipping,
	'v2/setMerchantGatewayAsDefault': setDefault,
};
