import type { IDataObject } from 'n8n-workflow';

import type { Shaping } from '../../catalogue/operation/types';
import { picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import type { KeapContext } from '../../transport';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { userName } from './names';

/** What Keap leaves out of a single company unless it is asked for. */
const OPTIONAL = ['address', 'custom_fields', 'email_address', 'fax_number', 'notes', 'phone_number', 'website'] as const;

async function shape(company: IDataObject, context: KeapContext, { wants = () => true }: Shaping = {}): Promise<IDataObject> {
	const address = inner(company.address);
	return {
		...picked(company, ['id', 'company_name']),
		email: inner(company.email_address).email ?? null,
		phone: inner(company.phone_number).number ?? null,
		city: address.locality ?? null,
		owner_id: company.owner_id ?? null,
		owner_name: wants('owner_name') ? await userName(context, company.owner_id) : null,
		website: company.website ?? null,
		country_code: address.country_code ?? null,
		...picked(company, ['notes', 'create_time', 'update_time']),
	};
}

export const companies = defineRecord({
	one: 'company',
	many: 'companies',
	path: '/crm/rest/v2/companies',
	records: 'companies',
	created: 'create_time',
	order: [
		['create_time', 'Created'],
		['email', 'Email'],
		['id', 'ID'],
		['name', 'Name'],
	],
	label: nameLabel('company_name'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}*`]) },
	customFields: true,
	shape,
	from: { email: 'email_address', phone: 'phone_number', city: 'address', country_code: 'address', owner_name: 'owner_id' },
	fields: OPTIONAL,
	// In a list Keap leaves out nearly everything.
	fieldsOfList: [
		...OPTIONAL,
		'id',
		'company_name',
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
	],
});
