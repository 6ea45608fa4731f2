import { entries } from '../../../shared/catalogue/fields/entries';
import { customFields } from '../../../shared/catalogue/customFields/customFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { addressMembers, checkAddress, faxes, phones } from '../../../shared/catalogue/fields/reachFields';
import type { CustomFieldModel, Field } from '../../../shared/catalogue/operation/types';
import { companies } from '../../../shared/locators/companies';
import { contacts } from '../../../shared/locators/contacts';
import { leadSources } from '../../../shared/locators/leadSources';
import { users } from '../../../shared/locators/users';

export const contactModel: CustomFieldModel = { path: '/crm/rest/v2/contacts/model' };

/** The contact an operation is about, in the path. */
export const contactId = contacts.field({
	name: 'contactId',
	displayName: 'Contact',
	in: 'path',
	key: 'contact_id',
	required: true,
	description: 'The contact to work on',
});

export const contactCustomFields = customFields('mapContactCustomFields');

export const EMAIL_SLOTS: readonly fields.Choice[] = [
	['EMAIL1', 'Email 1'],
	['EMAIL2', 'Email 2'],
	['EMAIL3', 'Email 3'],
];

const emails = entries({
	name: 'emails',
	displayName: 'Email Addresses',
	key: 'email_addresses',
	singular: 'Email Address',
	slots: EMAIL_SLOTS,
	members: [
		fields.email({ name: 'email', displayName: 'Email', required: true }),
		fields.text({
			name: 'optInReason',
			displayName: 'Opt-In Reason',
			description: 'Why you may send marketing email to this address. Keap opts the address in when a reason is given.',
		}),
	],
});

const addresses = entries({
	name: 'addresses',
	displayName: 'Addresses',
	singular: 'Address',
	slots: [
		['BILLING', 'Billing'],
		['SHIPPING', 'Shipping'],
		['OTHER', 'Other'],
	],
	members: addressMembers,
	checkEntry: checkAddress,
});

const SOCIAL_ACCOUNTS: readonly fields.Choice[] = [
	['FACEBOOK', 'Facebook'],
	['INSTAGRAM', 'Instagram'],
	['LINKED_IN', 'LinkedIn'],
	['PINTEREST', 'Pinterest'],
	['SNAPCHAT', 'Snapchat'],
	['TWITTER', 'Twitter'],
	['YOUTUBE', 'YouTube'],
];

const socialAccounts = entries({
	name: 'socialAccounts',
	displayName: 'Social Accounts',
	singular: 'Social Account',
	members: [
		fields.options({ name: 'type', displayName: 'Network', required: true, choices: SOCIAL_ACCOUNTS }),
		fields.text({ name: 'name', displayName: 'Account Name', required: true, placeholder: 'e.g. ada.lovelace' }),
	],
});

const SOURCE_TYPES: readonly fields.Choice[] = [
	['API', 'API'],
	['APPOINTMENT', 'Appointment'],
	['FORM_API_HOSTED', 'Form API Hosted'],
	['FORM_API_INTERNAL', 'Form API Internal'],
	['IMPORT', 'Import'],
	['INTERNAL_FORM', 'Internal Form'],
	['LANDING_PAGE', 'Landing Page'],
	['MANUAL', 'Manual'],
	['OTHER', 'Other'],
	['UNKNOWN', 'Unknown'],
	['WEBFORM', 'Web Form'],
];

/** Everything a contact can hold besides the first email address, for create, upsert and update alike. */
export const contactDetails: readonly Field[] = [
	addresses,
	fields.day({ name: 'anniversaryDate', displayName: 'Anniversary' }),
	fields.text({ name: 'assistantName', displayName: 'Assistant Name', max: 20 }),
	fields.text({ name: 'assistantPhone', displayName: 'Assistant Phone', max: 15 }),
	fields.text({ name: 'billingInformation', displayName: 'Billing Information', max: 100 }),
	fields.day({ name: 'birthDate', displayName: 'Birthday' }),
	companies.field({ name: 'companyId', displayName: 'Company', key: 'company.id', description: 'The company the contact belongs to' }),
	fields.text({
		name: 'contactType',
		displayName: 'Contact Type',
		placeholder: 'e.g. Customer',
		description: 'One of the types set up in Keap, such as Lead or Customer',
	}),
	emails,
	faxes,
	fields.text({ name: 'givenName', displayName: 'First Name', max: 40 }),
	fields.text({ name: 'jobTitle', displayName: 'Job Title', max: 255 }),
	fields.text({ name: 'familyName', displayName: 'Last Name', max: 40 }),
	leadSources.field({ name: 'leadSourceId', displayName: 'Lead Source', key: 'leadsource_id', description: 'Where the contact came from' }),
	fields.text({ name: 'middleName', displayName: 'Middle Name', max: 100 }),
	users.field({ name: 'ownerId', displayName: 'Owner', description: 'The user who looks after the contact' }),
	phones,
	fields.text({ name: 'preferredLocale', displayName: 'Preferred Locale', placeholder: 'e.g. en_US' }),
	fields.text({ name: 'preferredName', displayName: 'Preferred Name', max: 100 }),
	fields.text({ name: 'prefix', displayName: 'Prefix', placeholder: 'e.g. Dr.' }),
	fields.text({ name: 'referralCode', displayName: 'Referral Code' }),
	socialAccounts,
	fields.options({ name: 'sourceType', displayName: 'Source Type', choices: SOURCE_TYPES, description: 'How the contact came into Keap' }),
	fields.text({ name: 'spouseName', displayName: 'Spouse Name', max: 100 }),
	fields.text({ name: 'suffix', displayName: 'Suffix', placeholder: 'e.g. Jr.' }),
	fields.text({ name: 'timeZone', displayName: 'Time Zone', placeholder: 'e.g. America/New_York' }),
	fields.text({ name: 'website', displayName: 'Website', max: 100, placeholder: 'e.g. https://example.com' }),
];

/** The first email address as a field of its own: most contacts have just one. Put before those of the list. */
export const email = fields.email({
	name: 'email',
	displayName: 'Email',
	in: 'none',
	description: "The contact's main email address (Email 1 in Keap)",
});

export const optInReason = fields.text({
	name: 'optInReason',
	displayName: 'Opt-In Reason',
	in: 'none',
	description: 'Why you may send marketing email to the address in Email. Keap opts the address in when a reason is given.',
});

/** Read by the follow-up after creation. */
export const tagIds = fields.recordList({
	name: 'tagIds',
	displayName: 'Tags to Apply',
	in: 'none',
	loadOptionsMethod: 'getTags',
	description: 'Tags that the contact gets once it is there.',
});
