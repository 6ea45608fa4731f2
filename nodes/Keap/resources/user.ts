import { fieldsToClear, paging, simplify } from '../../shared/catalogue/fields/commonFields';
import * as encode from '../../shared/catalogue/fields/encode';
import { entry } from '../../shared/catalogue/fields/entries';
import * as fields from '../../shared/catalogue/fields/fields';
import { mergeSafeUpdate } from '../../shared/catalogue/batching/mergeLists';
import { addressMembers, checkAddress, FAX_LIST, faxes, PHONE_LIST, phones } from '../../shared/catalogue/fields/reachFields';
import { first, picked } from '../../shared/catalogue/simplify';
import type { BundledRead, Field, Perform, Resource, Simplifier } from '../../shared/catalogue/operation/types';
import { users } from '../../shared/locators/users';
import { keapRequest } from '../../shared/transport';

const PATH = '/crm/rest/v2/users';
const ONE = '/crm/rest/v2/users/{user_id}';

/** Keap lists no more users on a page. */
const PAGE = 100;

/** A user who has left or only refers is still found by ID. */
const byIds: BundledRead = {
	path: PATH,
	filter: 'include_inactive==true;include_partners==true;user_ids',
	records: 'users',
	id: 'user_id',
	max: PAGE,
};

const userId = users.field('userId', 'User', { in: 'path', required: true, description: 'The user to work on' });

const givenName = (required: boolean): Field =>
	fields.text('givenName', 'First Name', { required, placeholder: 'e.g. Ada', description: 'The first name of the user' });

/** Keap keeps several addresses of a user and lets the first be written. */
const email = fields.field(
	{ name: 'email', displayName: 'Email', key: 'email_address', placeholder: 'name@email.com' },
	{ type: 'string', default: '' },
	(raw) => {
		const address = encode.email(raw);
		return address === undefined ? undefined : { email: address, field: 'EMAIL1' };
	},
);

const updateFields: readonly Field[] = [
	entry('address', 'Address', { members: addressMembers, checkEntry: checkAddress, slot: 'BILLING' }),
	fields.text('companyName', 'Company Name'),
	email,
	faxes,
	fieldsToClear([
		['address', 'Address'],
		['company_name', 'Company Name'],
		['fax_numbers', 'Fax Numbers'],
		['phone_numbers', 'Phone Numbers'],
		['time_zone', 'Time Zone'],
		['website', 'Website'],
	]),
	givenName(false),
	fields.text('familyName', 'Last Name'),
	phones,
	fields.text('timeZone', 'Time Zone', { placeholder: 'e.g. America/New_York' }),
	fields.text('website', 'Website', { placeholder: 'e.g. https://example.com' }),
];

const simplifyUser: Simplifier = {
	shape: (user) => ({
		...picked(user, ['id', 'given_name', 'family_name', 'status', 'admin', 'partner', 'title', 'time_zone']),
		email: first(user.email_addresses).email ?? null,
		phone: first(user.phone_numbers).number ?? null,
	}),
};

/** The signature is a piece of HTML, which Keap sends as it is. */
const getSignature: Perform = async ({ context, signal }, { operation, pathParams, item }) => {
	const { body } = await keapRequest<string | null>(context, {
		method: 'GET',
		path: operation.path,
		pathParams,
		item,
		signal,
		expects: 'text',
	});
	return { user_id: pathParams.user_id ?? '', signature: body ?? '' };
};

export const user: Resource = {
	value: 'user',
	name: 'User',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a user',
			description: 'Invite a new user to the Keap account. A user more may cost money.',
			method: 'POST',
			path: '/crm/rest/v1/users',
			expects: ['id', 'email_address'],
			fields: [
				fields.email('email', 'Email', { required: true, description: 'Where Keap sends the invitation' }),
				givenName(true),
				fields.collection('additionalFields', 'Additional Fields', [
					fields.boolean('admin', 'Admin', { description: 'Whether the user may change everything in the account' }),
					fields.boolean('partner', 'Partner', { description: 'Whether the user is a Keap partner' }),
				]),
			],
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a user',
			description: 'Retrieve a user. Many items share calls: 100 users each.',
			method: 'GET',
			path: ONE,
			fields: [userId, simplify],
			simplify: simplifyUser,
			bundledRead: byIds,
		},
		{
			value: 'getCurrent',
			name: 'Get Current User',
			action: 'Get the current user',
			description: 'Retrieve the user whom the API key belongs to',
			method: 'GET',
			path: '/crm/rest/v2/oauth/connect/userinfo',
			expects: ['id', 'sub', 'email'],
			fields: [],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many users',
			description: 'Retrieve a list of users',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection(
					'filters',
					'Filters',
					[
						fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' }),
						fields.text('givenName', 'First Name', { in: 'filter' }),
						fields.boolean('includeInactive', 'Include Inactive', {
							in: 'filter',
							default: true,
							description: 'Whether to return users who can no longer sign in, too',
						}),
						fields.boolean('includePartners', 'Include Partners', {
							in: 'filter',
							default: true,
							description: 'Whether to return Keap partners, too',
						}),
					],
					'Add Filter',
				),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['create_time', 'Created'],
							['email', 'Email'],
							['name', 'Last Name'],
						]),
					],
					'Add Option',
				),
			],
			simplify: simplifyUser,
			answer: 'records',
			records: 'users',
			pageSize: PAGE,
		},
		{
			value: 'getSignature',
			name: 'Get Signature',
			action: 'Get the email signature of a user',
			description: "Retrieve the HTML that stands below a user's emails",
			method: 'GET',
			path: `${ONE}/signature`,
			fields: [userId],
			perform: getSignature,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a user',
			description: 'Change some fields of a user and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [userId, fields.collection('updateFields', 'Update Fields', updateFields)],
			mask: true,
			performInGroups: mergeSafeUpdate({ lists: { ...FAX_LIST, ...PHONE_LIST }, id: 'user_id', lookup: byIds }),
		},
	],
};
