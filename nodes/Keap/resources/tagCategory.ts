import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { tagCategories } from '../../shared/locators/tagCategories';

const PATH = '/crm/rest/v2/tags/categories';
const ONE = '/crm/rest/v2/tags/categories/{tag_category_id}';

const tagCategoryId = tagCategories.field('tagCategoryId', 'Tag Category', {
	in: 'path',
	required: true,
	description: 'The tag category to work on',
});
const description = fields.text('description', 'Description', { rows: 2 });

export const tagCategory: Resource = {
	value: 'tagCategory',
	name: 'Tag Category',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a tag category',
			description: 'Create a new tag category',
			method: 'POST',
			path: PATH,
			fields: [
				fields.text('name', 'Name', {
					required: true,
					placeholder: 'e.g. Newsletter',
					description: 'The name of the tag category; Keap wants it to be unique',
				}),
				fields.collection('additionalFields', 'Additional Fields', [description]),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a tag category',
			description: 'Delete a tag category permanently',
			method: 'DELETE',
			path: ONE,
			fields: [tagCategoryId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a tag category',
			description: 'Retrieve a tag category',
			method: 'GET',
			path: ONE,
			fields: [tagCategoryId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many tag categories',
			description: 'Retrieve a list of tag categories',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[
						fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'since_create_time' }),
						fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'until_create_time' }),
						fields.text('description', 'Description', { in: 'filter' }),
						fields.text('name', 'Name', { in: 'filter' }),
						fields.moment('updatedAfter', 'Updated After', { in: 'filter', key: 'since_update_time' }),
						fields.moment('updatedBefore', 'Updated Before', { in: 'filter', key: 'until_update_time' }),
					],
					'Add Filter',
				),
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
			records: 'tag_categories',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a tag category',
			description: 'Change the name or description of a tag category',
			method: 'PATCH',
			path: ONE,
			fields: [tagCategoryId, fields.collection('updateFields', 'Update Fields', [description, fields.text('name', 'Name')])],
			mask: true,
		},
	],
};
