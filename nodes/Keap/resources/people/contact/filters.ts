import * as encode from '../../../../shared/catalogue/fields/encode';
import * as fields from '../../../../shared/catalogue/fields/fields';
import type { Field } from '../../../../shared/catalogue/operation/types';
import { regionName } from '../../../../shared/catalogue/places/address';
import { companies } from '../../../../shared/records/people/companies';
import { tags } from '../../../../shared/records/people/tags';
import { idFilters } from '../../../../shared/rows/idFilters';

const beginning = (name: string, displayName: string): Field =>
	fields.text(name, displayName, { in: 'filter', description: 'The whole text, or its beginning followed by *' });

/** The names of a kind's fields begin alike: `billing_address_locality`. */
function address(kind: 'billing' | 'shipping' | 'other', displayName: string): Field {
	const at = (part: string) => ({ in: 'filter', key: `${kind}_address_${part}` }) as const;
	return fields.group(`${kind}Address`, displayName, [
		fields.text('line1', 'Street Address 1', at('line1')),
		fields.text('locality', 'City', at('locality')),
		fields.field({ name: 'region', displayName: 'State or Region', ...at('region') }, { type: 'string', default: '' }, (raw) =>
			regionName(encode.text()(raw)),
		),
		fields.text('postalCode', 'Postal Code', at('postal_code')),
		fields.field(
			{ name: 'countryCode', displayName: 'Country Code', ...at('country_code') },
			{ type: 'string', default: '' },
			encode.countryCode,
		),
	]);
}

/** What Get Many of contacts can be narrowed by. */
export const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'contact_id' }),
	address('billing', 'Billing Address'),
	address('other', 'Other Address'),
	address('shipping', 'Shipping Address'),
	beginning('city', 'City'),
	companies.field('companyId', 'Company', { in: 'filter' }),
	fields.text('email', 'Email', {
		in: 'filter',
		placeholder: 'name@email.com',
		description: 'Any of the three addresses of a contact: the whole one, or its beginning followed by *',
	}),
	beginning('givenName', 'First Name'),
	beginning('familyName', 'Last Name'),
	beginning('leadSourceName', 'Lead Source Name'),
	beginning('middleName', 'Middle Name'),
	// Keap looks at those slots alone that are named.
	fields.text('phoneNumber', 'Phone Number', { in: 'filter', key: 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number' }),
	beginning('state', 'State or Region'),
	tags.field('tagId', 'Tag', { in: 'none' }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'start_update_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'end_update_time' }),
	beginning('website', 'Website'),
];
