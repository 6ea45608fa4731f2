import { row } from '../../../shared/rows/row';
import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { addressMembers, checkAddressV1 } from '../../../shared/catalogue/fields/reachFields';
import type { Field } from '../../../shared/catalogue/operation/types';
import { contacts } from '../../../shared/records/people/contacts';
import { addCard, cardNumber, checkNotExpired, digits, month } from './cardChecks';

const hidden = { typeOptions: { password: true } };

const card: readonly Field[] = [
	fields.field(
		{
			name: 'cardNumber',
			displayName: 'Card Number',
			required: true,
			placeholder: 'e.g. 4111111111111111',
			hint: "Card data passes through n8n in the clear. Take it from an expression, never type it in here, and switch off the saving of executions in this workflow's settings.",
			description:
				'The number of the card. n8n stores what a node is given: the workflow, its executions and their logs then hold card data, for which your company answers under PCI DSS.',
		},
		{ type: 'string', default: '', ...hidden },
		cardNumber,
	),
	fields.text('cardType', 'Card Type', {
		required: true,
		placeholder: 'e.g. Visa',
		description: 'The brand as Keap writes it, such as Visa, MasterCard, American Express or Discover',
	}),
	fields.field(
		{
			name: 'expirationMonth',
			displayName: 'Expiration Month',
			required: true,
			placeholder: 'e.g. 03',
			description: 'The month in two digits',
		},
		{ type: 'string', default: '' },
		month,
	),
	fields.field(
		{
			name: 'expirationYear',
			displayName: 'Expiration Year',
			required: true,
			placeholder: 'e.g. 2030',
			description: 'The year in four digits',
		},
		{ type: 'string', default: '' },
		digits(4, 4, '2030'),
	),
];

const cardDetails: readonly Field[] = [
	entry('address', 'Billing Address', { members: addressMembers, checkEntry: checkAddressV1 }),
	fields.email('emailAddress', 'Email'),
	fields.field(
		{ name: 'maestroIssueNumber', displayName: 'Maestro Issue Number', placeholder: 'e.g. 1', description: 'Stands on some Maestro cards' },
		{ type: 'string', default: '' },
		digits(1, 2, '1'),
	),
	fields.field(
		{ name: 'maestroStartDateMonth', displayName: 'Maestro Start Month', placeholder: 'e.g. 03' },
		{ type: 'string', default: '' },
		month,
	),
	fields.field(
		{ name: 'maestroStartDateYear', displayName: 'Maestro Start Year', placeholder: 'e.g. 2024' },
		{ type: 'string', default: '' },
		digits(4, 4, '2024'),
	),
	fields.text('nameOnCard', 'Name on Card'),
	fields.field(
		{
			name: 'verificationCode',
			displayName: 'Verification Code',
			description: 'The 3 or 4 digits on the card (CVV). Nobody may store them, so give them by expression only.',
		},
		{ type: 'string', default: '', ...hidden },
		digits(3, 4, '123'),
	),
];

// Only version 1 of the API takes a card: https://developer.infusionsoft.com/docs/rest/
export const addCreditCard = row('addCreditCard', 'Add Credit Card', 'POST /crm/rest/v1/contacts/{contactId}/creditCards', {
	effect: 'charges',
	action: 'Add a credit card to a contact',
	description:
		'Give a contact a credit card. Prefer a payment page of Keap: card data that passes through n8n is stored with the execution.',
	fields: [contacts.inPath({ key: 'contactId' }), ...card, fields.additionalFields(cardDetails)],
	check: checkNotExpired,
	perform: addCard,
});
