import { row } from '../../shared/rows/row';
import { paging } from '../../shared/catalogue/fields/commonFields';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { automationCategories } from '../../shared/records/marketing/automationCategories';
import { writesAs } from '../../shared/rows/writesAs';

export const automationCategory: Resource = writesAs('configures', {
	value: 'automationCategory',
	name: 'Automation Category',
	operations: [
		row('create', 'Create', 'POST /crm/rest/v2/automationCategory', {
			action: 'Create an automation category',
			description: 'Create a new category for automations',
			fields: [fields.text('name', 'Name', { required: true, placeholder: 'e.g. Newsletter', description: 'The name of the category' })],
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/automationCategory', {
			action: 'Delete automation categories',
			description: 'Delete categories permanently. Their automations stay.',
			fields: [
				fields.recordList('categoryIds', 'Category Names or IDs', {
					in: 'query',
					key: 'ids',
					required: true,
					of: automationCategories,
					description: 'The categories to delete.',
				}),
			],
			answer: 'deleted',
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/automationCategory', {
			action: 'Get many automation categories',
			description: 'Retrieve a list of automation categories with the number of automations in each',
			fields: paging,
			// Keap gives the list whole.
			answer: 'nested',
			records: 'automation_categories',
		}),
		row('rename', 'Rename', 'PATCH /crm/rest/v2/automationCategory/{id}', {
			action: 'Rename an automation category',
			description: 'Give a category of automations another name',
			fields: [
				automationCategories.field('categoryId', 'Category', {
					in: 'path',
					key: 'id',
					required: true,
					description: 'The category to rename',
				}),
				fields.text('name', 'New Name', { required: true, max: 100, description: 'What the category is to be called' }),
			],
		}),
	],
});
