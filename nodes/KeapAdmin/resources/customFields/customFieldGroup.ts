import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { customFieldGroups } from '../../../shared/records/account/customFieldGroups';
import { customFieldTabs } from '../../../shared/records/account/customFieldTabs';
import { crud } from '../../../shared/rows/crud';
import { forRecordTypes } from './forRecordTypes';
import { writesAs } from '../../../shared/rows/writesAs';

const tab = customFieldTabs.field('tabId', 'Tab', {
	clearable: false,
	description: 'The tab that it stands on; the one called Custom Fields where none is given',
});

export const customFieldGroup: Resource = writesAs('configures', {
	value: 'customFieldGroup',
	name: 'Custom Field Group',
	operations: crud(customFieldGroups, {
		fields: [
			fields.text('name', 'Name', { required: true, placeholder: 'e.g. Preferences', description: 'The heading above its custom fields' }),
		],
		more: [tab],
		filters: [customFieldTabs.field('tabId', 'Tab', { in: 'query' })],
		delete: { description: 'Delete a custom field group permanently. Keap refuses while it has custom fields.' },
		update: { plus: [fields.number('order', 'Position', { min: 0, whole: true, clearable: false, description: 'Its place on the tab' })] },
	}).map((row) => forRecordTypes(row)),
});
