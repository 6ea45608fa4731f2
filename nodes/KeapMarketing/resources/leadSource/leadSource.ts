import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { leadSourceCategories } from '../../../shared/records/marketing/leadSourceCategories';
import { leadSources } from '../../../shared/records/marketing/leadSources';
import { crud } from '../../../shared/rows/crud';
import { WHOLE_OR_BEGINNING } from '../../../shared/rows/filterTexts';
import { idFilters } from '../../../shared/rows/idFilters';
import { endsAfter } from '../../../shared/rows/period';

const STATUSES: readonly fields.Choice[] = [
	['ACTIVE', 'Active'],
	['INACTIVE', 'Inactive'],
];

const inPeriod = endsAfter(['start_time', 'Start Time'], ['end_time', 'End Time']);

const textFilter = (name: string, displayName: string) => fields.text(name, displayName, { in: 'filter', description: WHOLE_OR_BEGINNING });

export const leadSource: Resource = {
	value: 'leadSource',
	name: 'Lead Source',
	operations: crud(leadSources, {
		fields: [fields.text('name', 'Name', { required: true, placeholder: 'e.g. Spring Fair', description: 'Where contacts come from' })],
		more: [
			leadSourceCategories.field('leadSourceCategoryId', 'Category', { description: 'The category that it is filed under' }),
			fields.text('description', 'Description', { rows: 3 }),
			fields.moment('endTime', 'End Time', { description: 'When it stops bringing contacts' }),
			fields.text('medium', 'Medium', { placeholder: 'e.g. Fair, Newsletter, Paid Search' }),
			fields.text('message', 'Message', { description: 'What is said to people there' }),
			fields.moment('startTime', 'Start Time'),
			fields.options('status', 'Status', { choices: STATUSES, description: 'Whether it is still in use' }),
			fields.text('vendor', 'Vendor', { placeholder: 'e.g. Google', description: 'Who is paid for it' }),
		],
		filters: [
			leadSourceCategories.field('leadSourceCategoryId', 'Category', { in: 'filter' }),
			textFilter('description', 'Description'),
			fields.moment('endTime', 'End Time Is', { in: 'filter', description: 'The moment at which it ends, to the second' }),
			...idFilters({ one: 'id' }),
			textFilter('medium', 'Medium'),
			textFilter('message', 'Message'),
			textFilter('name', 'Name'),
			fields.moment('startTime', 'Start Time Is', { in: 'filter', description: 'The moment at which it starts, to the second' }),
			fields.options('status', 'Status', { in: 'filter', choices: STATUSES }),
			textFilter('vendor', 'Vendor'),
		],
		create: { check: inPeriod },
		update: { check: inPeriod },
	}),
};
