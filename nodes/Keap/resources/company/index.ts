import { fieldsToClear, paging, simplify } from '../../../shared/catalogue/fields/commonFields';
import { customFieldsToClear } from '../../../shared/catalogue/customFields/customFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { mergeSafeUpdate } from '../../../shared/catalogue/batching/mergeLists';
import { CUSTOM_FIELDS } from '../../../shared/catalogue/operation/listRules';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { appliedTimes, flatTag, tagFilters, tagId, tagTimes } from '../tag';
import { CLEARABLE, companyCustomFields, companyDetails, companyId, companyModel } from './fields';
import { allCompanyFields, optionalCompanyFields, simplifyCompany } from './simplify';

const PATH = '/crm/rest/v2/companies';
const ONE = '/crm/rest/v2/companies/{company_id}';
const TAG = `${ONE}/tags/{tag_id}`;

const name = (required: boolean): Field =>
	fields.text('companyName', 'Company Name', { required, placeholder: 'e.g. Acme Corporation', description: 'The name of the company' });

const filters: readonly Field[] = [
	fields.text('city', 'City', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('email', 'Email', { in: 'filter', placeholder: 'name@email.com' }),
	fields.text('name', 'Name', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('state', 'State or Region', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'since_time' }),
	fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'until_time' }),
];

const order = fields.orderBy([
	['create_time', 'Created'],
	['email', 'Email'],
	['id', 'ID'],
	['name', 'Name'],
]);

const tagOrder = fields.orderBy([
	['applied_time', 'Applied'],
	['category_id', 'Category ID'],
	['create_time', 'Created'],
	['name', 'Name'],
	['update_time', 'Updated'],
]);

export const company: Resource = {
	value: 'company',
	name: 'Company',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a company',
			description: 'Create a new company',
			method: 'POST',
			path: PATH,
			fields: [name(true), ...companyCustomFields, fields.collection('additionalFields', 'Additional Fields', companyDetails)],
			customFields: companyModel,
		},
		{
			value: 'applyTag',
			name: 'Apply Tag',
			action: 'Apply a tag to a company',
			description: 'Give a tag to a company',
			method: 'POST',
			path: TAG,
			fields: [companyId, tagId],
			answer: 'success',
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a company',
			description: 'Delete a company permanently',
			method: 'DELETE',
			path: ONE,
			fields: [companyId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a company',
			description: 'Retrieve a company',
			method: 'GET',
			path: ONE,
			fields: [companyId, simplify],
			query: { fields: optionalCompanyFields },
			simplify: simplifyCompany,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many companies',
			description: 'Retrieve a list of companies',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection('filters', 'Filters', filters, 'Add Filter'),
				fields.collection('options', 'Options', [order], 'Add Option'),
			],
			query: { fields: allCompanyFields },
			simplify: simplifyCompany,
			answer: 'records',
			records: 'companies',
		},
		{
			value: 'getTags',
			name: 'Get Tags',
			action: 'Get the tags of a company',
			description: 'Retrieve the tags that a company has',
			method: 'GET',
			path: `${ONE}/tags`,
			fields: [
				companyId,
				...paging,
				simplify,
				fields.collection('filters', 'Filters', [...appliedTimes, ...tagFilters, ...tagTimes], 'Add Filter'),
				fields.collection('options', 'Options', [tagOrder], 'Add Option'),
			],
			simplify: { shape: flatTag },
			answer: 'records',
			records: 'tags',
		},
		{
			value: 'removeTag',
			name: 'Remove Tag',
			action: 'Remove a tag from a company',
			description: 'Take a tag away from a company',
			method: 'DELETE',
			path: TAG,
			fields: [companyId, tagId],
			answer: 'deleted',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a company',
			description: 'Change some fields of a company and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				companyId,
				...companyCustomFields,
				fields.collection('updateFields', 'Update Fields', [name(false), ...companyDetails, customFieldsToClear, fieldsToClear(CLEARABLE)]),
			],
			mask: true,
			customFields: companyModel,
			performInGroups: mergeSafeUpdate({ lists: CUSTOM_FIELDS, id: 'company_id', query: { fields: ['custom_fields'] } }),
		},
	],
};
