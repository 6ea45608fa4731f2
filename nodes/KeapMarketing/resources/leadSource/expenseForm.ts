import * as fields from '../../../shared/catalogue/fields/fields';
import { money } from '../../../shared/catalogue/money/moneyField';
import type { Field } from '../../../shared/catalogue/operation/types';
import { leadSourcesOrAll } from '../../../shared/records/marketing/leadSourceExpenses';
import { leadSources } from '../../../shared/records/marketing/leadSources';

/** What expenses and recurring expenses of a lead source have in common. */

export const within: readonly Field[] = [leadSources.inPath({ description: 'The lead source that the money is spent on' })];

/** A list can go over all lead sources; a single expense is read with its own. */
export const ofOneOrAll = leadSourcesOrAll.field('leadSourceOrAllId', 'Lead Source', {
	in: 'path',
	key: 'lead_source_id',
	required: true,
	description: 'The lead source whose expenses to return, or All Lead Sources',
});

export const amount = (description: string): Field => money('amount', 'Amount', { form: 'minor', required: true, description });

export const title = fields.text('title', 'Title', { placeholder: 'e.g. Google Ads', description: 'What the money is for' });

export const notes = fields.text('notes', 'Notes', { rows: 3 });

/** Keap compares these times only for equality. */
export const exactly = (name: string, displayName: string): Field =>
	fields.moment(name, `${displayName} Is`, { in: 'filter', description: 'That very moment, to the second' });

export const commonFilters: readonly Field[] = [
	money('amount', 'Amount', { in: 'filter', form: 'minor' }),
	exactly('createTime', 'Created'),
	fields.text('title', 'Title', { in: 'filter' }),
	exactly('updateTime', 'Updated'),
];

export const expenseFilters: readonly Field[] = [...commonFilters, exactly('incurredTime', 'Incurred')];
