import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { Field, Operation } from '../../../shared/catalogue/operation/types';
import { cards } from '../../../shared/locators/commerce/cards';
import { paymentTypes } from '../../../shared/locators/commerce/paymentTypes';
import { orders } from '../../../shared/records/commerce/orders';
import { row } from '../../../shared/rows/row';
import { chargeCard } from './charge';

type Kind = 'record' | 'charge';

const shownFor = (kind: Kind, { property, ...field }: Field): Field => ({
	...field,
	property: { ...property, displayOptions: { show: { paymentKind: [kind] } } },
});

const kind = fields.options('paymentKind', 'Do', {
	in: 'none',
	choices: [
		['record', 'Record a Payment', 'The money has come in elsewhere. Nothing is charged.'],
		['charge', 'Charge a Card', 'Takes the money from a card of the contact now'],
	],
	description: 'Whether the payment was made already or is to be made now. Never both.',
});

const type = shownFor(
	'record',
	paymentTypes.field('paymentMethodType', 'Payment Type', {
		required: true,
		description: 'How it was paid: one of the manual payment types in Keap under Ecommerce Settings > Orders, by its exact name',
	}),
);

const card = shownFor(
	'charge',
	cards.field('paymentMethodId', 'Card', {
		required: true,
		description: "The card that is charged; the list shows those of the order's contact",
	}),
);

const time = shownFor(
	'record',
	fields.moment('paymentTime', 'Payment Time', { description: 'When it was paid; now, unless you say something else' }),
);

const common: readonly Field[] = [
	orders.field('orderId', 'Order', { in: 'path', required: true, description: 'The order that is paid' }),
	money('paymentAmount', 'Amount', {
		required: true,
		form: 'major',
		bounds: 'positive',
		description: 'More than 0, and at most what is still to be paid',
	}),
	fields.boolean('applyToCommissions', 'Apply to Commissions', {
		required: true,
		default: true,
		description: 'Whether affiliates earn their commissions on the payment',
	}),
];

const details = fields.additionalFields([
	fields.moment('externalCreateTime', 'External Created', { description: 'When it was made in the system it comes from' }),
	fields.text('externalSource', 'External Source'),
	fields.text('externalSourceValue', 'External Source Value'),
	fields.text('externalStatusValue', 'External Status'),
	fields.moment('externalUpdateTime', 'External Updated'),
	fields.text('externalCreateUser', 'External User'),
	fields.text('notes', 'Notes', { rows: 2 }),
]);

/** Any of these stands for an answer of Keap's; that of a card that was declined has no ID. */
const expects = ['id', 'transaction_id', 'payment_status_message'];

/** Keap charges a card as soon as one is named, whatever else is said: so each kind of payment reads its own parameters only. */
export const newPayment: Operation = row('create', 'Create', 'POST /crm/rest/v2/orders/{order_id}/payments', {
	effect: ({ paymentKind }) => (paymentKind === 'charge' ? 'charges' : 'writes'),
	action: 'Record a payment or charge a card',
	description:
		'Record a payment that was made elsewhere, or charge a card now: that takes money. A card that is declined is an error, and nothing is charged twice by itself. Add all items to the order before.',
	fields: [kind, ...common, type, card, time, details],
	expects,
	variants: {
		by: 'paymentKind',
		of: {
			record: { fields: [kind, ...common, type, time, details] },
			charge: { fields: [kind, ...common, card, details], perform: chargeCard },
		},
	},
});
