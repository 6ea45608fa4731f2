import { customFields } from '../../../shared/catalogue/customFields/customFields';
import * as encode from '../../../shared/catalogue/fields/encode';
import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { addressMembers, checkAddress, faxMembers, phoneMembers } from '../../../shared/catalogue/fields/reachFields';
import type { CustomFieldModel, Field } from '../../../shared/catalogue/operation/types';
import { companies } from '../../../shared/locators/companies';
import { users } from '../../../shared/locators/users';

export const companyModel: CustomFieldModel = { path: '/crm/rest/v2/companies/model' };

/** The company an operation is about, in the path. */
export const companyId = companies.field('companyId', 'Company', {
	in: 'path',
	key: 'company_id',
	required: true,
	description: 'The company to work on',
});

export const companyCustomFields = customFields('mapCompanyCustomFields', companyModel);

/** Keap keeps one email address a company, in the slot of a contact's first. */
const email = fields.field(
	{ name: 'email', displayName: 'Email', key: 'email_address', placeholder: 'name@email.com' },
	{ type: 'string', default: '' },
	(raw) => {
		const address = encode.email(raw);
		return address === undefined ? undefined : { email: address, field: 'EMAIL1' };
	},
);

/** Everything a company can hold besides its name. Keap keeps the person to talk to in fields of the company itself. */
export const companyDetails: readonly Field[] = [
	entry('address', 'Address', { members: addressMembers, checkEntry: checkAddress, slot: 'BILLING' }),
	fields.day('anniversaryDate', 'Anniversary'),
	fields.text('assistantName', 'Assistant Name'),
	fields.text('assistantPhone', 'Assistant Phone'),
	fields.text('billingInformation', 'Billing Information'),
	fields.day('birthDate', 'Birthday'),
	fields.text('contactType', 'Contact Type', {
		placeholder: 'e.g. Customer',
		description: 'One of the types set up in Keap, such as Lead or Customer',
	}),
	email,
	entry('fax', 'Fax Number', { key: 'fax_number', members: faxMembers, slot: 'FAX1' }),
	fields.text('firstName', 'First Name', { description: 'First name of the person to talk to' }),
	fields.text('jobTitle', 'Job Title', { description: 'Job title of the person to talk to' }),
	fields.text('lastName', 'Last Name', { description: 'Last name of the person to talk to' }),
	fields.text('middleName', 'Middle Name'),
	fields.text('notes', 'Notes', { rows: 3 }),
	users.field('ownerId', 'Owner', { description: 'The user who looks after the company' }),
	entry('phone', 'Phone Number', { key: 'phone_number', members: phoneMembers, slot: 'PHONE1' }),
	fields.text('preferredName', 'Preferred Name'),
	fields.text('prefix', 'Prefix', { key: 'title', placeholder: 'e.g. Dr.' }),
	fields.text('referralCode', 'Referral Code'),
	fields.text('spouseName', 'Spouse Name'),
	fields.text('suffix', 'Suffix', { placeholder: 'e.g. Jr.' }),
	fields.text('website', 'Website', { placeholder: 'e.g. https://example.com' }),
];

export const CLEARABLE: readonly fields.Choice[] = [
	['address', 'Address'],
	['anniversary_date', 'Anniversary'],
	['assistant_name', 'Assistant Name'],
	['assistant_phone', 'Assistant Phone'],
	['billing_information', 'Billing Information'],
	['birth_date', 'Birthday'],
	['contact_type', 'Contact Type'],
	['custom_fields', 'Custom Fields'],
	['email_address', 'Email'],
	['fax_number', 'Fax Number'],
	['first_name', 'First Name'],
	['job_title', 'Job Title'],
	['last_name', 'Last Name'],
	['middle_name', 'Middle Name'],
	['notes', 'Notes'],
	['owner_id', 'Owner'],
	['phone_number', 'Phone Number'],
	['preferred_name', 'Preferred Name'],
	['title', 'Prefix'],
	['referral_code', 'Referral Code'],
	['spouse_name', 'Spouse Name'],
	['suffix', 'Suffix'],
	['website', 'Website'],
];
