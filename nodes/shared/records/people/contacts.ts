import type { IDataObject } from 'n8n-workflow';

import type { Shaping } from '../../catalogue/operation/types';
import { first, picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import type { KeapContext } from '../../transport';
import { personLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { contactFilters } from './search/contactFilters';
import { CONTACT_LISTS } from './contactLists';
import { byEmail } from './contactsByEmail';
import { tagNames, userName } from './names';

const NAME = ['id', 'given_name', 'middle_name', 'family_name'] as const;
const REST = ['contact_type', 'job_title', 'leadsource_id', 'create_time', 'update_time'] as const;

/** Where the others come from. */
const FROM = {
	email: 'email_addresses',
	phone: 'phone_numbers',
	company_id: 'company',
	company_name: 'company',
	city: 'addresses',
	tag_names: 'tag_ids',
	owner_name: 'owner_id',
	email_opt_status: 'email_addresses',
	country_code: 'addresses',
} as const;

/** Flat, with the first email address and phone number; tags and owner by ID and by name. */
async function shape(contact: IDataObject, context: KeapContext, { wants = () => true }: Shaping = {}): Promise<IDataObject> {
	const company = inner(contact.company);
	const address = first(contact.addresses);
	const email = first(contact.email_addresses);
	// An answer without tags does not say that the contact has none.
	const tagIds = Array.isArray(contact.tag_ids) ? (contact.tag_ids as unknown[]).map(String) : null;
	return {
		...picked(contact, NAME),
		email: email.email ?? null,
		phone: first(contact.phone_numbers).number ?? null,
		company_id: company.id ?? null,
		company_name: company.company_name ?? null,
		city: address.locality ?? null,
		tag_ids: tagIds,
		tag_names: tagIds === null || !wants('tag_names') ? null : await tagNames(context, tagIds),
		owner_id: contact.owner_id ?? null,
		owner_name: wants('owner_name') ? await userName(context, contact.owner_id) : null,
		email_opt_status: email.email_opt_status ?? null,
		country_code: address.country_code ?? null,
		...picked(contact, REST),
	};
}

export const contacts = defineRecord({
	one: 'contact',
	path: '/crm/rest/v2/contacts',
	records: 'contacts',
	created: 'create_time',
	byIds: { filter: 'ids' },
	order: [
		['create_time', 'Created'],
		['email', 'Email'],
		['id', 'ID'],
		['update_time', 'Updated'],
	],
	label: personLabel,
	alsoBy: byEmail,
	findBy: { by: 'prefix', query: { fields: ['id', 'given_name', 'family_name', 'email_addresses'] }, filters: contactFilters },
	customFields: true,
	writesTakeFields: true,
	lists: CONTACT_LISTS,
	shape,
	shapeNeeds: [...NAME, ...REST, ...new Set(Object.values(FROM)), 'custom_fields'],
	from: FROM,
	fields: [
		'account_id',
		'addresses',
		'anniversary_date',
		'assistant_name',
		'assistant_phone',
		'billing_information',
		'birth_date',
		'company',
		'contact_type',
		'create_time',
		'created_by',
		'custom_fields',
		'email_addresses',
		'family_name',
		'fax_numbers',
		'given_name',
		'groups',
		'id',
		'job_title',
		'last_updated_by',
		'leadsource_id',
		'links',
		'middle_name',
		'notes',
		'origin',
		'owner_id',
		'phone_numbers',
		'preferred_locale',
		'preferred_name',
		'prefix',
		'referral_code',
		'score_value',
		'social_accounts',
		'source_type',
		'spouse_name',
		'suffix',
		'tag_ids',
		'time_zone',
		'update_time',
		'utm_parameters',
		'website',
	],
});
