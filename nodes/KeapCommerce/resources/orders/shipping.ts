import { entry } from '../../../shared/catalogue/fields/entries';
import * as encode from '../../../shared/catalogue/fields/encode';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field } from '../../../shared/catalogue/operation/types';
import { yesNoOrNone } from '../../../shared/catalogue/fields/entryParts';

/** Orders have an address of their own form: names in it, the region as free text, the postal code under another name. */
export const shippingAddress: Field = entry('shippingAddress', 'Shipping Address', {
	description:
		'Where the order is sent. Of an address that is there, the rest stays; another place takes all of the old one away. Keap does not give a middle name back.',
	members: [
		fields.text('firstName', 'First Name'),
		fields.text('middleName', 'Middle Name'),
		fields.text('lastName', 'Last Name'),
		fields.text('company', 'Company'),
		fields.text('line1', 'Street Address 1'),
		fields.text('line2', 'Street Address 2'),
		fields.text('locality', 'City'),
		fields.text('region', 'State or Region', { placeholder: 'e.g. Arizona' }),
		fields.text('zipCode', 'Postal Code'),
		fields.text('zipFour', 'ZIP+4', { placeholder: 'e.g. 1234' }),
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
		fields.text('phone', 'Phone'),
		yesNoOrNone('isInvoiceToCompany', 'Invoice to Company', { none: 'Not Given', description: 'Where the invoice goes' }),
	],
});
