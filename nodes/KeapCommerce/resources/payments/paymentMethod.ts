import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { paymentMethods } from '../../../shared/records/orders/paymentMethods';
import { contacts } from '../../../shared/records/people/contacts';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';

export const paymentMethod: Resource = {
	value: 'paymentMethod',
	name: 'Payment Method',
	operations: [
		...crud(paymentMethods, {
			filters: [
				contacts.field('contactId', 'Contact', { in: 'filter' }),
				fields.id('creditCardId', 'Credit Card ID', { in: 'filter', description: "The number that Keap's older API has for a card" }),
				fields.id('merchantAccountId', 'Merchant Account ID', { in: 'filter' }),
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
		row('createConfig', 'Create Config', 'POST /crm/rest/v2/paymentMethodConfigs', {
			action: 'Create a payment method config',
			description:
				"Get a session key with which Keap's own payment form, on your page, lets a contact add a card. The key is a secret: hand it to that page only.",
			expects: ['session_key'],
			fields: [contacts.field('contactId', 'Contact', { required: true, description: 'The contact who will add a card' })],
		}),
	],
};
