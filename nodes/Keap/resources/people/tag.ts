import type { IDataObject } from 'n8n-workflow';

import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { picked } from '../../../shared/catalogue/simplify';
import { inner } from '../../../shared/runtime/isRecord';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import { contacts } from '../../../shared/records/people/contacts';
import { tagCategories } from '../../../shared/records/people/tagCategories';
import { tags } from '../../../shared/records/people/tags';
import { crud } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { createdAndUpdated } from '../../../shared/rows/timeFilters';
import { applyRow, removeRow } from './tagging/rows';

export const appliedTimes: readonly Field[] = [
	fields.moment('appliedAfter', 'Applied After', { in: 'filter', key: 'since_applied_time' }),
	fields.moment('appliedBefore', 'Applied Before', { in: 'filter', key: 'until_applied_time' }),
];

export const tagFilters: readonly Field[] = [
	tagCategories.field('categoryId', 'Category', { in: 'filter' }),
	fields.text('description', 'Description', { in: 'filter' }),
	fields.text('name', 'Name', { in: 'filter' }),
];

const email = fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' });

/** How the tags of a record can be ordered. */
export const tagOrder = fields.orderBy([
	['applied_time', 'Applied'],
	['category_id', 'Category ID'],
	['create_time', 'Created'],
	['name', 'Name'],
	['update_time', 'Updated'],
]);

/** Keap wraps each tag of a record in when it was applied. */
export const flatTag = ({ tag: wrapped, applied_time: applied = null }: IDataObject): IDataObject => ({
	...picked(inner(wrapped), ['id', 'name', 'description', 'category', 'create_time', 'update_time']),
	applied_time: applied,
});

/** Keap wraps each company with the tag in when it got it. */
const flatCompany = ({ company, applied_time: applied = null }: IDataObject): IDataObject => ({
	...picked(inner(company), ['id', 'company_name']),
	email: inner(inner(company).email_address).email ?? null,
	applied_time: applied,
});

const listing = (filters: readonly Field[], order: ReadonlyArray<readonly [string, string]>): Field[] => [
	fields.filters([...appliedTimes, ...filters]),
	fields.moreOptions([fields.orderBy([['applied_time', 'Applied'], ...order])]),
];

export const tag: Resource = {
	value: 'tag',
	name: 'Tag',
	operations: [
		applyRow,
		...crud(tags, {
			fields: [
				fields.text('name', 'Name', {
					required: true,
					placeholder: 'e.g. Customer',
					description: 'The name of the tag; Keap wants it to be unique in its category',
				}),
			],
			more: [
				tagCategories.field('categoryId', 'Category', { key: 'category.id', description: 'The category the tag belongs to' }),
				fields.text('description', 'Description', { rows: 2 }),
			],
			filters: [...idFilters({ list: 'tag_ids' }), ...tagFilters, ...createdAndUpdated],
		}),
		row('getCompanies', 'Get Companies With Tag', 'GET /crm/rest/v2/tags/{tag_id}/companies', {
			action: 'Get the companies with a tag',
			description: 'Retrieve the companies that have a tag',
			fields: [
				tags.inPath(),
				...paging,
				...output,
				...listing(
					[fields.text('companyName', 'Company Name', { in: 'filter' }), email],
					[
						['company_name', 'Company Name'],
						['email', 'Email'],
					],
				),
			],
			simplify: { shape: flatCompany },
			answer: 'records',
			records: 'tagged_companies',
		}),
		row('getContacts', 'Get Contacts With Tag', 'GET /crm/rest/v2/tags/{tag_id}/contacts', {
			action: 'Get the contacts with a tag',
			description: 'Retrieve the contacts that have a tag',
			fields: [
				tags.inPath(),
				...paging,
				...listing(
					[email, fields.text('givenName', 'First Name', { in: 'filter' }), fields.text('familyName', 'Last Name', { in: 'filter' })],
					[
						['email', 'Email'],
						['given_name', 'First Name'],
						['family_name', 'Last Name'],
					],
				),
			],
			answer: 'records',
			records: 'contacts',
		}),
		row('getForContact', 'Get Tags of Contact', 'GET /crm/rest/v2/contacts/{contact_id}/tags', {
			action: 'Get the tags of a contact',
			description: 'Retrieve the tags that a contact has',
			fields: [
				contacts.inPath(),
				...paging,
				...output,
				fields.filters([...appliedTimes, ...tagFilters, ...createdAndUpdated]),
				fields.moreOptions([tagOrder]),
			],
			simplify: { shape: flatTag },
			answer: 'records',
			records: 'tags',
		}),
		removeRow,
	],
};
