import * as encode from './encode';
import { entries } from './entries';
import * as fields from './fields';
import type { ListRules } from '../operation/listRules';
import type { Field } from '../operation/types';

/** How somebody is reached, as contacts, companies and users have it alike. */

export const addressMembers: readonly Field[] = [
	fields.text('line1', 'Street Address 1', { max: 100 }),
	fields.text('line2', 'Street Address 2', { max: 100 }),
	fields.text('locality', 'City'),
	fields.text('region', 'State or Region', {
		placeholder: 'e.g. Arizona',
		description: 'A name or a code: Arizona, AZ or US-AZ. Needs a country.',
	}),
	fields.text('postalCode', 'Postal Code'),
	fields.field(
		{
			name: 'countryCode',
			displayName: 'Country Code',
			placeholder: 'e.g. USA',
			description: 'A code or a name, such as USA, US or United States',
		},
		{ type: 'string', default: '' },
		encode.countryCode,
	),
];

/** An address as Keap's v2 and its v1 take it. @throws BadInput for a region that its country does not have, and for what is too long */
export { addressForKeap as checkAddress, addressForV1 as checkAddressV1 } from '../places/address';

export const phoneMembers: readonly Field[] = [
	fields.text('number', 'Number', { required: true, placeholder: 'e.g. +1 555 010 2030' }),
	fields.text('extension', 'Extension'),
	fields.text('type', 'Type', { placeholder: 'e.g. Work', description: 'A label such as Work, Home or Mobile' }),
];

export const faxMembers: readonly Field[] = [
	fields.text('number', 'Number', { required: true }),
	fields.text('type', 'Type', { placeholder: 'e.g. Work' }),
];

export const PHONE_SLOTS: readonly fields.Choice[] = [
	['PHONE1', 'Phone 1'],
	['PHONE2', 'Phone 2'],
	['PHONE3', 'Phone 3'],
	['PHONE4', 'Phone 4'],
	['PHONE5', 'Phone 5'],
];

export const phones = entries('phones', 'Phone Numbers', {
	key: 'phone_numbers',
	singular: 'Phone Number',
	slots: PHONE_SLOTS,
	members: phoneMembers,
});

export const faxes = entries('faxes', 'Fax Numbers', {
	key: 'fax_numbers',
	singular: 'Fax Number',
	slots: [
		['FAX1', 'Fax 1'],
		['FAX2', 'Fax 2'],
	],
	members: faxMembers,
});

/** How updates keep the other entries of these lists. */
export const PHONE_LIST: ListRules = {
	phone_numbers: { slot: 'field', written: ['number', 'extension', 'type', 'field'], needs: 'number' },
};
export const FAX_LIST: ListRules = { fax_numbers: { slot: 'field', written: ['number', 'type', 'field'], needs: 'number' } };

/** The one email address that Keap lets be written of a company or a user, in the slot of a contact's first. */
export const mainEmail = (texts: fields.FieldTexts = {}): Field =>
	fields.field(
		{ name: 'email', displayName: 'Email', key: 'email_address', placeholder: 'name@email.com', ...texts },
		{ type: 'string', default: '' },
		(raw) => {
			const address = encode.email(raw);
			return address === undefined ? undefined : { email: address, field: 'EMAIL1' };
		},
	);
