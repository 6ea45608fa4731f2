import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { tagCategories } from '../../../shared/records/people/tagCategories';
import { crud } from '../../../shared/rows/crud';
import { createdAndUpdated } from '../../../shared/rows/timeFilters';

export const tagCategory: Resource = {
	value: 'tagCategory',
	name: 'Tag Category',
	operations: crud(tagCategories, {
		fields: [
			fields.text('name', 'Name', {
				required: true,
				placeholder: 'e.g. Newsletter',
				description: 'The name of the tag category; Keap wants it to be unique',
			}),
		],
		more: [fields.text('description', 'Description', { rows: 2 })],
		filters: [
			fields.text('description', 'Description', { in: 'filter' }),
			fields.text('name', 'Name', { in: 'filter' }),
			...createdAndUpdated,
		],
	}),
};
