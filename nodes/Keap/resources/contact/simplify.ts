import { customFieldsByLabel } from '../../../shared/catalogue/customFields/customFields';
import { first, inner, picked } from '../../../shared/catalogue/simplify';
import type { Simplifier } from '../../../shared/catalogue/operation/types';
import { contactModel } from './fields';

/** Everything Keap can tell of a contact; without `fields` it leaves some of it out. */
export const allContactFields: readonly string[] = [
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
];

/** Passed on as they are. */
const PLAIN = [
	'id',
	'given_name',
	'family_name',
	'contact_type',
	'job_title',
	'owner_id',
	'leadsource_id',
	'tag_ids',
	'create_time',
	'update_time',
] as const;

/** A contact as people think of it: flat, with the first email address and phone number, and custom fields by label. */
export const simplifyContact: Simplifier = {
	fields: [...PLAIN, 'company', 'email_addresses', 'phone_numbers', 'addresses', 'custom_fields'],
	shape: async (contact, context) => {
		const company = inner(contact.company);
		const address = first(contact.addresses);
		return {
			...picked(contact, PLAIN),
			email: first(contact.email_addresses).email ?? null,
			email_opt_status: first(contact.email_addresses).email_opt_status ?? null,
			phone: first(contact.phone_numbers).number ?? null,
			company_id: company.id ?? null,
			company_name: company.company_name ?? null,
			city: address.locality ?? null,
			country_code: address.country_code ?? null,
			custom_fields: await customFieldsByLabel(context, contactModel, contact.custom_fields),
		};
	},
};
