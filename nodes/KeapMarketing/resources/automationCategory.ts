import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { automationCategories, automationCategoryList } from '../../shared/locators/automationCategories';

const PATH = '/crm/rest/v2/automationCategory';

export const automationCategory: Resource = {
	value: 'automationCategory',
	name: 'Automation Category',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an automation category',
			description: 'Create a new category for automations',
			method: 'POST',
			path: PATH,
			fields: [fields.text('name', 'Name', { required: true, placeholder: 'e.g. Newsletter', description: 'The name of the category' })],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete automation categories',
			description: 'Delete categories permanently. Their automations stay.',
			method: 'DELETE',
			path: PATH,
			fields: [
				fields.recordList('categoryIds', 'Category Names or IDs', {
					in: 'query',
					key: 'ids',
					required: true,
					list: automationCategoryList,
					description: 'The categories to delete.',
				}),
			],
			answer: 'deleted',
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many automation categories',
			description: 'Retrieve a list of automation categories with the number of automations in each',
			method: 'GET',
			path: PATH,
			fields: paging,
			// Keap gives the list whole.
			answer: 'nested',
			records: 'automation_categories',
		},
		{
			value: 'rename',
			name: 'Rename',
			action: 'Rename an automation category',
			description: 'Give a category of automations another name',
			method: 'PATCH',
			path: `${PATH}/{id}`,
			fields: [
				automationCategories.field('categoryId', 'Category', {
					in: 'path',
					key: 'id',
					required: true,
					description: 'The category to rename',
				}),
				fields.text('name', 'New Name', { required: true, max: 100, description: 'What the category is to be called' }),
			],
		},
	],
};
