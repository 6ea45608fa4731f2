import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { cards } from '../../../shared/locators/commerce/cards';
import { paymentMethods } from '../../../shared/records/orders/paymentMethods';
import { contacts } from '../../../shared/records/people/contacts';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { addCreditCard } from './creditCard';

const merchantAccountId = fields.id('merchantAccountId', 'Merchant Account ID', {
	in: 'filter',
	description: 'The merchant account that the card was authorized with',
});

const ofContact = [
	contacts.inPath(),
	cards.field('paymentMethodId', 'Payment Method', {
		in: 'path',
		required: true,
		description: 'The payment method to work on; the list shows those of the contact',
	}),
];

export const paymentMethod: Resource = {
	value: 'paymentMethod',
	name: 'Payment Method',
	operations: [
		...crud(paymentMethods, {
			filters: [
				contacts.field('contactId', 'Contact', { in: 'filter' }),
				fields.id('creditCardId', 'Credit Card ID', { in: 'filter', description: "The number that Keap's older API has for a card" }),
				merchantAccountId,
				fields.id('paymentMethodId', 'Payment Method ID', { in: 'filter' }),
				fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Added from this moment on' }),
				fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Added up to this moment' }),
			],
			create: false,
			delete: false,
			get: false,
			getAll: { description: 'Retrieve a list of cards, whosever they are: brand, last four digits and expiry, never the number' },
			update: false,
		}),
		addCreditCard,
		row('createConfig', 'Create Config', 'POST /crm/rest/v2/paymentMethodConfigs', {
			effect: 'opens',
			action: 'Create a payment method config',
			description:
				"Get a session key with which Keap's own payment form, on your page, lets a contact add a card. The key is a secret: hand it to that page only.",
			expects: ['session_key'],
			fields: [contacts.field('contactId', 'Contact', { required: true, description: 'The contact to work on' })],
		}),
		row('deactivate', 'Deactivate', 'POST /crm/rest/v2/contacts/{contact_id}/paymentMethods/{payment_method_id}:deactivate', {
			effect: 'deletes',
			action: 'Deactivate a payment method',
			description: 'Stop a payment method of a contact from being charged, and keep it on record',
			fields: ofContact,
			answer: 'success',
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/contacts/{contact_id}/paymentMethods/{payment_method_id}', {
			action: 'Delete a payment method',
			description: 'Delete a payment method of a contact permanently',
			fields: ofContact,
			answer: 'deleted',
		}),
		row('getForContact', 'Get Payment Methods of Contact', 'GET /crm/rest/v2/contacts/{contact_id}/paymentMethods', {
			action: 'Get the payment methods of a contact',
			description: 'Retrieve the payment methods of a contact: brand, last four digits and expiry, never the number',
			fields: [
				contacts.inPath(),
				...paging,
				fields.filters([merchantAccountId]),
				fields.moreOptions([fields.orderBy([['created_time', 'Created']])]),
			],
			answer: 'records',
			records: 'records',
		}),
	],
};
