import { fieldsToClear, paging, simplify } from '../../../shared/catalogue/fields/commonFields';
import { customFieldsToClear } from '../../../shared/catalogue/customFields/customFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { companies } from '../../../shared/locators/companies';
import { contacts } from '../../../shared/locators/contacts';
import { linkTypes } from '../../../shared/locators/linkTypes';
import { activity } from './activity';
import { checkHasEmail, checkReachable, send, turnByEmail, withMainEmail } from './body';
import { contactCustomFields, contactDetails, contactId, contactModel, email, optInReason, tagIds } from './fields';
import { mergeSafeUpdate } from './mergeLists';
import { payments } from './payments';
import { allContactFields, simplifyContact } from './simplify';
import { tagsAfterwards } from './tagsAfterwards';
import { upsert } from './upsert';

const PATH = '/crm/rest/v2/contacts';
const ONE = '/crm/rest/v2/contacts/{contact_id}';

const additional = fields.collection('additionalFields', 'Additional Fields', [...contactDetails, optInReason, tagIds]);

const matchOn = fields.options('duplicateOption', 'Match On', {
	in: 'query',
	choices: [
		['Email', 'Email', 'A contact with this email address is the same contact'],
		['EmailAndName', 'Email and Name', 'Email address, first name and last name must be the same'],
		['EmailAndNameAndCompany', 'Email, Name and Company', 'Email address, name and company must be the same'],
	],
	description: 'When Keap takes a contact for one it has already',
});

const CLEARABLE: readonly fields.Choice[] = [
	['addresses', 'Addresses'],
	['anniversary_date', 'Anniversary'],
	['assistant_name', 'Assistant Name'],
	['assistant_phone', 'Assistant Phone'],
	['billing_information', 'Billing Information'],
	['birth_date', 'Birthday'],
	['company', 'Company'],
	['contact_type', 'Contact Type'],
	['custom_fields', 'Custom Fields'],
	['email_addresses', 'Email Addresses'],
	['fax_numbers', 'Fax Numbers'],
	['given_name', 'First Name'],
	['job_title', 'Job Title'],
	['family_name', 'Last Name'],
	['leadsource_id', 'Lead Source'],
	['middle_name', 'Middle Name'],
	['owner_id', 'Owner'],
	['phone_numbers', 'Phone Numbers'],
	['preferred_locale', 'Preferred Locale'],
	['preferred_name', 'Preferred Name'],
	['prefix', 'Prefix'],
	['referral_code', 'Referral Code'],
	['social_accounts', 'Social Accounts'],
	['spouse_name', 'Spouse Name'],
	['suffix', 'Suffix'],
	['time_zone', 'Time Zone'],
	['website', 'Website'],
];

const listHandling = fields.options('listHandling', 'Existing List Entries', {
	in: 'none',
	default: 'merge',
	choices: [
		['merge', 'Keep', 'Fill the slots you give and keep all others. Reads the contact first: one more call for up to 100 contacts.'],
		['replace', 'Remove', 'Replace each list you give as a whole: its other entries are deleted. No further call.'],
	],
	description:
		'What happens to the email addresses, phone numbers, addresses, fax numbers, social accounts and custom fields that the contact has and that your list does not mention',
});

/** For the contact that an upsert finds. */
const listsOfKnown = fields.options('listHandling', 'Existing List Entries', {
	in: 'none',
	default: 'merge',
	choices: [
		[
			'merge',
			'Keep',
			'Fill the slots you give and keep all others. Looks contacts up first: one more call an item, for many items far fewer.',
		],
		[
			'replace',
			'Remove',
			'Delete from a contact that is there already what your lists do not mention, as Keap does by itself. No further call.',
		],
	],
	description:
		'What happens to the other email addresses, phone numbers, addresses, fax numbers, social accounts and custom fields of a contact that is there already. They are kept unless this says Remove.',
});

const filters: readonly Field[] = [
	fields.text('city', 'City', { in: 'filter' }),
	companies.field('companyId', 'Company', { in: 'filter' }),
	fields.text('email', 'Email', {
		in: 'filter',
		placeholder: 'name@email.com',
		description: 'The whole address, or its beginning followed by *',
	}),
	fields.text('givenName', 'First Name', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('familyName', 'Last Name', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('leadSourceName', 'Lead Source Name', { in: 'filter' }),
	fields.text('phoneNumber', 'Phone Number', { in: 'filter', key: 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number' }),
	fields.text('state', 'State or Region', { in: 'filter' }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'start_update_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'end_update_time' }),
	fields.text('website', 'Website', { in: 'filter' }),
];

const order = fields.orderBy([
	['create_time', 'Created'],
	['email', 'Email'],
	['id', 'ID'],
	['update_time', 'Updated'],
]);

const linkFields: readonly Field[] = [
	contacts.field('contactId', 'Contact', { key: 'contact1_id', required: true, description: 'The contact to work on' }),
	contacts.field('linkedContactId', 'Linked Contact', {
		key: 'contact2_id',
		required: true,
		description: 'The contact at the other end of the link',
	}),
	linkTypes.field('linkTypeId', 'Link Type', {
		required: true,
		description: 'How the two belong together. Link types are set up in Keap.',
	}),
];

export const contact: Resource = {
	value: 'contact',
	name: 'Contact',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a contact',
			description: 'Create a new contact, even if one with this email address exists',
			method: 'POST',
			path: PATH,
			fields: [email, ...contactCustomFields, additional],
			customFields: contactModel,
			check: checkReachable,
			perform: send,
			finish: tagsAfterwards,
		},
		{
			value: 'upsert',
			name: 'Create or Update',
			action: 'Create or update a contact',
			description: 'Create a new contact, or update the current one if it already exists (upsert)',
			method: 'POST',
			path: PATH,
			fields: [email, ...contactCustomFields, additional, fields.collection('options', 'Options', [listsOfKnown, matchOn], 'Add Option')],
			query: { duplicate_option: 'Email' },
			customFields: contactModel,
			check: checkHasEmail,
			turn: turnByEmail,
			performInGroups: upsert,
			finish: tagsAfterwards,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a contact',
			description: 'Delete a contact permanently',
			method: 'DELETE',
			path: ONE,
			fields: [contactId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a contact',
			description: 'Retrieve a contact. Many items share calls: 100 contacts each.',
			method: 'GET',
			path: ONE,
			fields: [contactId, simplify],
			query: { fields: allContactFields },
			simplify: simplifyContact,
			bundledRead: { path: PATH, filter: 'ids', records: 'contacts', id: 'contact_id', max: 100 },
		},
		{
			value: 'getLinks',
			name: 'Get Links',
			action: 'Get the links of a contact',
			description: 'Retrieve the contacts that a contact is linked to',
			method: 'GET',
			path: `${ONE}/links`,
			fields: [contactId],
			answer: 'nested',
			records: 'links',
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many contacts',
			description: 'Retrieve a list of contacts',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection('filters', 'Filters', filters, 'Add Filter'),
				fields.collection('options', 'Options', [order], 'Add Option'),
			],
			query: { fields: allContactFields },
			simplify: simplifyContact,
			answer: 'records',
			records: 'contacts',
		},
		{
			value: 'link',
			name: 'Link',
			action: 'Link two contacts',
			description: 'Link two contacts, for instance as spouses',
			method: 'POST',
			path: `${PATH}:link`,
			expects: ['contact1_id'],
			fields: linkFields,
		},
		{
			value: 'merge',
			name: 'Merge',
			action: 'Merge two contacts',
			description: 'Merge a duplicate into a contact. The duplicate is gone afterwards.',
			method: 'POST',
			path: `${PATH}:merge`,
			fields: [
				contacts.field('contactId', 'Contact to Keep', { required: true, description: 'The contact that stays' }),
				contacts.field('duplicateContactId', 'Duplicate Contact', {
					required: true,
					description: 'The contact that is merged into the other one and then gone',
				}),
			],
		},
		{
			value: 'unlink',
			name: 'Unlink',
			action: 'Unlink two contacts',
			description: 'Remove the link between two contacts',
			method: 'POST',
			path: `${PATH}:unlink`,
			fields: linkFields,
			answer: 'success',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a contact',
			description: 'Change some fields of a contact and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				contactId,
				...contactCustomFields,
				fields.collection('updateFields', 'Update Fields', [
					email,
					...contactDetails,
					optInReason,
					customFieldsToClear,
					fieldsToClear(CLEARABLE),
					listHandling,
				]),
			],
			mask: true,
			customFields: contactModel,
			check: withMainEmail,
			performInGroups: mergeSafeUpdate,
		},
		...activity,
		...payments,
	],
};
