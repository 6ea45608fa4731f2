import { inner, picked, withCustomFields } from '../../../shared/catalogue/simplify';
import type { Simplifier } from '../../../shared/catalogue/operation/types';
import { companyModel } from './fields';

/** What Keap leaves out of a single company unless it is asked for. */
export const optionalCompanyFields: readonly string[] = [
	'address',
	'custom_fields',
	'email_address',
	'fax_number',
	'notes',
	'phone_number',
	'website',
];

/** Everything Keap can tell of a company in a list; without `fields` it leaves most of it out. */
export const allCompanyFields: readonly string[] = [
	'id',
	'company_name',
	'address',
	'phone_number',
	'fax_number',
	'email_address',
	'notes',
	'website',
	'custom_fields',
	'create_time',
	'update_time',
	'anniversary_date',
	'assistant_name',
	'assistant_phone',
	'billing_information',
	'birth_date',
	'contact_type',
	'first_name',
	'job_title',
	'last_name',
	'middle_name',
	'preferred_name',
	'owner_id',
	'referral_code',
	'spouse_name',
	'suffix',
	'title',
	'groups',
];

/** A company as people think of it: flat, custom fields by label. */
export const simplifyCompany: Simplifier = withCustomFields(companyModel, (company) => {
	const address = inner(company.address);
	return {
		...picked(company, ['id', 'company_name', 'website', 'owner_id', 'notes', 'create_time', 'update_time']),
		email: inner(company.email_address).email ?? null,
		phone: inner(company.phone_number).number ?? null,
		city: address.locality ?? null,
		country_code: address.country_code ?? null,
	};
});
