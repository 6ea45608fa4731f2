import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { customFieldTabs } from '../../../shared/records/account/customFieldTabs';
import { crud } from '../../../shared/rows/crud';
import { forRecordTypes } from './forRecordTypes';
import { writesAs } from '../../../shared/rows/writesAs';

export const customFieldTab: Resource = writesAs('configures', {
	value: 'customFieldTab',
	name: 'Custom Field Tab',
	operations: crud(customFieldTabs, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Membership', description: 'What stands on the tab of the record' }),
		],
		delete: { description: 'Delete a custom field tab permanently. Keap refuses while it has groups.' },
		update: {
			plus: [fields.number('order', 'Position', { min: 0, whole: true, clearable: false, description: 'Its place among the tabs' })],
		},
	}).map((row) => forRecordTypes(row)),
});
