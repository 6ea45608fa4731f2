import type { IDataObject } from 'n8n-workflow';

import { askKeap } from '../../../shared/catalogue/calls/request';
import { fieldsToClear } from '../../../shared/catalogue/fields/commonFields';
import * as encode from '../../../shared/catalogue/fields/encode';
import { texts } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import { addressMembers } from '../../../shared/catalogue/fields/reachFields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Field, Perform, Resource } from '../../../shared/catalogue/operation/types';
import { inner } from '../../../shared/runtime/isRecord';
import { row } from '../../../shared/rows/row';
import { keapRequest } from '../../../shared/transport';
import { writesAs } from '../../../shared/rows/writesAs';

const PATH = '/crm/rest/v2/businessProfile';
/** Keap gives the profile no ID. */
const expects = ['name', 'email', 'currency_code', 'time_zone'];

/** Parts of the address that can't be empty: Keap takes it only whole, and line 2 as an empty text. */
const NEEDED: Readonly<Record<string, string>> = {
	line1: 'Street Address 1',
	locality: 'City',
	region: 'State or Region',
	country_code: 'Country Code',
	postal_code: 'Postal Code',
};

/** Keap's limits for the address of the business; they are narrower than those of a contact's. */
const LIMITS: Readonly<Record<string, number>> = { line1: 75, line2: 75, locality: 50, postalCode: 15 };

const address = addressMembers.map((member): Field => {
	const { name, displayName } = member.property;
	const max = LIMITS[name];
	return {
		...(max === undefined ? member : fields.text(name, displayName, { max })),
		clearable: false,
		...(member.to !== undefined && { to: { in: 'body', key: `address.${member.to.key}` } }),
	};
});

const goals: Field = fields.field(
	{
		name: 'businessGoals',
		displayName: 'Business Goals',
		description: 'With commas between them. They take the place of all that Keap has.',
	},
	{ type: 'string', default: '' },
	texts,
);

const color = (name: string, displayName: string): Field =>
	fields.field(
		{ name, displayName, placeholder: 'e.g. #36A635', description: 'As six digits behind a #' },
		{ type: 'color', default: '' },
		encode.text(),
	);

/** Keap replaces the address as a whole, so the parts that are not given are sent as Keap has them: https://developer.infusionsoft.com/docs/restv2/#tag/Business-Profile/operation/updateBusinessProfile */
const update: Perform = async (work, call) => {
	const { body, item } = call;
	if (body.address === undefined) return await askKeap(work, call);
	const { body: profile } = await keapRequest<IDataObject>(work.context, {
		method: 'GET',
		path: PATH,
		item,
		signal: work.signal,
		expects: { record: expects },
	});
	const known = inner(profile.address);
	const given = inner(body.address);
	const whole = Object.fromEntries(['line2', ...Object.keys(NEEDED)].map((part) => [part, given[part] ?? known[part] ?? '']));
	const missing = Object.keys(NEEDED).filter((part) => whole[part] === '');
	if (missing.length > 0)
		throw new BadInput(
			`${missing.length > 1 ? 'are' : 'is'} needed`,
			'Keap takes the address of the business only whole, and has no value for this part yet.',
			missing.map((part) => NEEDED[part]).join(', '),
		);
	return await askKeap(work, { ...call, body: { ...body, address: whole } });
};

export const businessProfile: Resource = writesAs('configures', {
	value: 'businessProfile',
	name: 'Business Profile',
	operations: [
		row('get', 'Get', `GET ${PATH}`, {
			action: 'Get the business profile',
			description: "Retrieve the account's name, address, currency and time zone",
			fields: [],
			expects,
		}),
		row('update', 'Update', `PATCH ${PATH}`, {
			action: 'Update the business profile',
			description: 'Change some fields of the business profile and leave the others alone',
			mask: true,
			expects,
			// All items write the one profile.
			serialKey: () => PATH,
			perform: update,
			fields: [
				fields.collection('updateFields', 'Update Fields', [
					...address,
					color('businessPrimaryColor', 'Primary Color'),
					color('businessSecondaryColor', 'Secondary Color'),
					fields.email('email', 'Email'),
					fields.text('currencyCode', 'Currency Code', {
						placeholder: 'e.g. USD',
						description: 'Three letters (ISO 4217). Amounts that Keap has already are not converted.',
					}),
					fields.text('name', 'Business Name', { key: 'name' }),
					fields.text('phone', 'Phone'),
					fields.text('website', 'Website'),
					goals,
					fieldsToClear([
						['business_goals', 'Business Goals'],
						['business_primary_color', 'Primary Color'],
						['business_secondary_color', 'Secondary Color'],
						['phone', 'Phone'],
						['website', 'Website'],
					]),
				]),
			],
		}),
	],
});
