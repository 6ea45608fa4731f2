import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { leadSourceCategories } from '../../../shared/records/marketing/leadSourceCategories';
import { crud } from '../../../shared/rows/crud';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';

export const leadSourceCategory: Resource = {
	value: 'leadSourceCategory',
	name: 'Lead Source Category',
	operations: crud(leadSourceCategories, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Advertising', description: 'A name that no other category has' }),
		],
		more: [fields.text('description', 'Description', { rows: 3 })],
		filters: [
			fields.text('description', 'Description', { in: 'filter', description: WHOLE_OR_BEGINNING }),
			fields.text('name', 'Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
		],
	}),
};
