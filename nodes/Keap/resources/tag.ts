import type { IDataObject } from 'n8n-workflow';

import { paging, simplify } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import { inner, picked } from '../../shared/catalogue/simplify';
import type { BundledWrite, Field, Operation, Resource } from '../../shared/catalogue/operation/types';
import { tagCategories } from '../../shared/locators/tagCategories';
import { tags } from '../../shared/locators/tags';
import { contactId } from './contact/fields';

const PATH = '/crm/rest/v2/tags';
const ONE = '/crm/rest/v2/tags/{tag_id}';

export const tagId = tags.field('tagId', 'Tag', { in: 'path', key: 'tag_id', required: true, description: 'The tag to work on' });

const description = fields.text('description', 'Description', { rows: 2 });
const category = tagCategories.field('categoryId', 'Category', { key: 'category.id', description: 'The category the tag belongs to' });

const contactIds = fields.ids('contactIds', 'Contact IDs', {
	required: true,
	description: 'One contact ID, or several separated by commas. All items that name the same tag share calls: 1,000 contacts each.',
});

/** Keap's limit is not documented; a call that it refuses is halved, so a lower one would be found. */
const inBulk: BundledWrite = {
	ids: 'contact_ids',
	max: 1000,
	record: 'contact',
	parent: ONE,
	lookup: { path: '/crm/rest/v2/contacts', filter: 'ids', records: 'contacts', max: 100 },
};

export const appliedTimes: readonly Field[] = [
	fields.moment('appliedAfter', 'Applied After', { in: 'filter', key: 'since_applied_time' }),
	fields.moment('appliedBefore', 'Applied Before', { in: 'filter', key: 'until_applied_time' }),
];

export const tagFilters: readonly Field[] = [
	tagCategories.field('categoryId', 'Category', { in: 'filter' }),
	fields.text('description', 'Description', { in: 'filter' }),
	fields.text('name', 'Name', { in: 'filter' }),
];

export const tagTimes: readonly Field[] = [
	fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'since_create_time' }),
	fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'until_create_time' }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'since_update_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'until_update_time' }),
];

/** Keap wraps each tag of a record in when it was applied. */
export const flatTag = ({ tag: wrapped, ...rest }: IDataObject): IDataObject => ({ ...inner(wrapped), ...rest });

export const applyTags: Operation & { readonly bundledWrite: BundledWrite } = {
	value: 'apply',
	name: 'Apply to Contacts',
	action: 'Apply a tag to contacts',
	description: 'Give a tag to one or more contacts. Contacts that have it already keep it.',
	method: 'POST',
	path: `${ONE}/contacts:applyTags`,
	fields: [tagId, contactIds],
	bundledWrite: inBulk,
};

export const tag: Resource = {
	value: 'tag',
	name: 'Tag',
	operations: [
		applyTags,
		{
			value: 'create',
			name: 'Create',
			action: 'Create a tag',
			description: 'Create a new tag',
			method: 'POST',
			path: PATH,
			fields: [
				fields.text('name', 'Name', {
					required: true,
					placeholder: 'e.g. Customer',
					description: 'The name of the tag; Keap wants it to be unique in its category',
				}),
				fields.collection('additionalFields', 'Additional Fields', [category, description]),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a tag',
			description: 'Delete a tag permanently',
			method: 'DELETE',
			path: ONE,
			fields: [tagId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a tag',
			description: 'Retrieve a tag. Many items share calls: 100 tags each.',
			method: 'GET',
			path: ONE,
			fields: [tagId],
			bundledRead: { path: PATH, filter: 'tag_ids', records: 'tags', id: 'tag_id', max: 100 },
		},
		{
			value: 'getCompanies',
			name: 'Get Companies With Tag',
			action: 'Get the companies with a tag',
			description: 'Retrieve the companies that have a tag',
			method: 'GET',
			path: `${ONE}/companies`,
			fields: [
				tagId,
				...paging,
				simplify,
				fields.collection(
					'filters',
					'Filters',
					[
						...appliedTimes,
						fields.text('companyName', 'Company Name', { in: 'filter' }),
						fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' }),
					],
					'Add Filter',
				),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['applied_time', 'Applied'],
							['company_name', 'Company Name'],
							['email', 'Email'],
						]),
					],
					'Add Option',
				),
			],
			simplify: {
				shape: ({ company, ...rest }) => ({
					...picked(inner(company), ['id', 'company_name']),
					email: inner(inner(company).email_address).email ?? null,
					...rest,
				}),
			},
			answer: 'records',
			records: 'tagged_companies',
		},
		{
			value: 'getContacts',
			name: 'Get Contacts With Tag',
			action: 'Get the contacts with a tag',
			description: 'Retrieve the contacts that have a tag',
			method: 'GET',
			path: `${ONE}/contacts`,
			fields: [
				tagId,
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[
						...appliedTimes,
						fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' }),
						fields.text('givenName', 'First Name', { in: 'filter' }),
						fields.text('familyName', 'Last Name', { in: 'filter' }),
					],
					'Add Filter',
				),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['applied_time', 'Applied'],
							['email', 'Email'],
							['given_name', 'First Name'],
							['family_name', 'Last Name'],
						]),
					],
					'Add Option',
				),
			],
			answer: 'records',
			records: 'contacts',
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many tags',
			description: 'Retrieve a list of tags',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection('filters', 'Filters', [...tagFilters, ...tagTimes], 'Add Filter'),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['create_time', 'Created'],
							['name', 'Name'],
							['update_time', 'Updated'],
						]),
					],
					'Add Option',
				),
			],
			answer: 'records',
			records: 'tags',
		},
		{
			value: 'getForContact',
			name: 'Get Tags of Contact',
			action: 'Get the tags of a contact',
			description: 'Retrieve the tags that a contact has',
			method: 'GET',
			path: '/crm/rest/v2/contacts/{contact_id}/tags',
			fields: [contactId, ...paging, simplify, fields.collection('filters', 'Filters', [...appliedTimes, ...tagFilters], 'Add Filter')],
			simplify: { shape: flatTag },
			answer: 'records',
			records: 'tags',
		},
		{
			value: 'remove',
			name: 'Remove From Contacts',
			action: 'Remove a tag from contacts',
			description: 'Take a tag away from one or more contacts',
			method: 'POST',
			path: `${ONE}/contacts:removeTags`,
			fields: [tagId, contactIds],
			bundledWrite: inBulk,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a tag',
			description: 'Change the name, description or category of a tag',
			method: 'PATCH',
			path: ONE,
			fields: [tagId, fields.collection('updateFields', 'Update Fields', [category, description, fields.text('name', 'Name')])],
			mask: true,
		},
	],
};
