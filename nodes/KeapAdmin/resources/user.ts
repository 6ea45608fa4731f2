import { addressMembers, checkAddress, faxes, mainEmail, phones } from '../../shared/catalogue/fields/reachFields';
import { entry } from '../../shared/catalogue/fields/entries';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Field, Perform, Resource } from '../../shared/catalogue/operation/types';
import { users } from '../../shared/records/people/users';
import { anyTimeZones } from '../../shared/locators/timeZones';
import { crud } from '../../shared/rows/crud';
import { idFilters } from '../../shared/rows/idFilters';
import { row } from '../../shared/rows/row';
import { keapRequest } from '../../shared/transport';

const filters: readonly Field[] = [
	...idFilters({ list: 'user_ids' }),
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
];

/** The signature is a piece of HTML, which Keap sends without JSON around it: https://developer.infusionsoft.com/docs/restv2/#tag/Users/operation/getUserSignature */
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
		...crud(users, {
			fields: [
				fields.email('email', 'Email', { required: true, description: 'Where Keap sends the invitation' }),
				fields.text('givenName', 'First Name', { required: true, placeholder: 'e.g. Ada', description: 'The first name of the user' }),
			],
			more: [
				fields.boolean('admin', 'Admin', { description: 'Whether the user may change everything in the account' }),
				fields.boolean('partner', 'Partner', { description: 'Whether the user is a Keap partner' }),
			],
			filters,
			create: {
				effect: 'charges',
				// Only version 1 of the API invites users: https://developer.infusionsoft.com/docs/rest/
				path: '/crm/rest/v1/users',
				expects: ['id', 'email_address'],
				description: 'Invite a new user to the Keap account. A user more may cost money.',
			},
			delete: false,
			update: {
				// A user signs in with the email address.
				effect: 'opens',
				without: ['email', 'admin', 'partner'],
				plus: [
					entry('address', 'Address', { members: addressMembers, checkEntry: checkAddress, slot: 'BILLING' }),
					fields.text('companyName', 'Company Name'),
					// Keap keeps several addresses of a user and lets the first be written.
					mainEmail({ clearable: false }),
					...faxes,
					fields.text('familyName', 'Last Name', { clearable: false }),
					...phones(),
					anyTimeZones.field('timeZone', 'Time Zone', { description: 'In which the user works' }),
					fields.text('website', 'Website', { placeholder: 'e.g. https://example.com' }),
				],
			},
		}),
		row('getCurrent', 'Get Current User', 'GET /crm/rest/v2/oauth/connect/userinfo', {
			expects: ['id', 'sub', 'email'],
			action: 'Get the current user',
			description: 'Retrieve the user whom the API key belongs to',
			fields: [],
		}),
		row('getSignature', 'Get Signature', 'GET /crm/rest/v2/users/{user_id}/signature', {
			action: 'Get the email signature of a user',
			description: "Retrieve the HTML that stands below a user's emails",
			fields: [users.inPath()],
			perform: getSignature,
		}),
	],
};
