import { paging } from '../../../shared/catalogue/fields/commonFields';
import { entry } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { addressMembers, checkAddress, faxMembers, mainEmail, phoneMembers } from '../../../shared/catalogue/fields/reachFields';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import { contactTypes } from '../../../shared/locators/contactTypes';
import { companies } from '../../../shared/records/people/companies';
import { tags } from '../../../shared/records/people/tags';
import { users } from '../../../shared/records/people/users';
import { crud } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { createdAndUpdated } from '../../../shared/rows/timeFilters';
import { appliedTimes, flatTag, tagFilters, tagOrder } from './tag';

/** Everything a company can hold besides its name. Keap keeps the person to talk to in fields of the company itself. */
const details: readonly Field[] = [
	entry('address', 'Address', { members: addressMembers, checkEntry: checkAddress, slot: 'BILLING' }),
	fields.day('anniversaryDate', 'Anniversary'),
	fields.text('assistantName', 'Assistant Name'),
	fields.text('assistantPhone', 'Assistant Phone'),
	fields.text('billingInformation', 'Billing Information'),
	fields.day('birthDate', 'Birthday'),
	contactTypes.field('contactType', 'Contact Type', { description: 'One of the types set up in Keap, such as Lead or Customer' }),
	mainEmail(),
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

const filters: readonly Field[] = [
	...idFilters({ one: 'company_id' }),
	fields.text('city', 'City', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' }),
	fields.text('name', 'Name', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('state', 'State or Region', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'since_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'until_time' }),
];

export const company: Resource = {
	value: 'company',
	name: 'Company',
	operations: [
		...crud(companies, {
			fields: [
				fields.text('companyName', 'Company Name', {
					required: true,
					placeholder: 'e.g. Acme Corporation',
					description: 'The name of the company',
				}),
			],
			more: details,
			filters,
		}),
		row('applyTag', 'Apply Tag', 'POST /crm/rest/v2/companies/{company_id}/tags/{tag_id}', {
			action: 'Apply a tag to a company',
			description: 'Give a tag to a company',
			fields: [companies.inPath(), tags.inPath()],
			answer: 'success',
		}),
		row('getTags', 'Get Tags', 'GET /crm/rest/v2/companies/{company_id}/tags', {
			action: 'Get the tags of a company',
			description: 'Retrieve the tags that a company has',
			fields: [
				companies.inPath(),
				...paging,
				...output,
				fields.filters([...appliedTimes, ...tagFilters, ...createdAndUpdated]),
				fields.moreOptions([tagOrder]),
			],
			simplify: { shape: flatTag },
			answer: 'records',
			records: 'tags',
		}),
		row('removeTag', 'Remove Tag', 'DELETE /crm/rest/v2/companies/{company_id}/tags/{tag_id}', {
			effect: 'writes',
			action: 'Remove a tag from a company',
			description: 'Take a tag away from a company',
			fields: [companies.inPath(), tags.inPath()],
			answer: 'deleted',
		}),
	],
};
