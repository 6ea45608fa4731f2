import * as encode from './encode';
import { entry } from './entries';
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

/** The slots of a list in which Keap keeps a fixed number, each a parameter of its own: Phone 1, Phone 2 and so on. */
const numbered = (kind: 'Phone' | 'Fax', list: string, members: ReadonlyArray<readonly Field[]>): readonly Field[] =>
	members.map((each, index) => {
		const slot = `${kind} ${index + 1}`;
		return entry(slot.replace(' ', '').toLowerCase(), slot, { list, slot: slot.replace(' ', '').toUpperCase(), members: each });
	});

/** Phone 1 to 5. @param first the parts of Phone 1, where they are others than those of the rest */
export const phones = (first: readonly Field[] = phoneMembers): readonly Field[] =>
	numbered('Phone', 'phone_numbers', [first, phoneMembers, phoneMembers, phoneMembers, phoneMembers]);

export const faxes: readonly Field[] = numbered('Fax', 'fax_numbers', [faxMembers, faxMembers]);

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
