import { customFields } from '../../../shared/catalogue/customFields/customFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { fullName, inner, picked, withCustomFields } from '../../../shared/catalogue/simplify';
import type { CustomFieldModel, Field } from '../../../shared/catalogue/operation/types';
import { affiliates } from '../../../shared/locators/affiliates';
import { contacts } from '../../../shared/locators/contacts';
import { opportunities } from '../../../shared/locators/opportunities';
import { opportunityStages } from '../../../shared/locators/opportunityStages';
import { users } from '../../../shared/locators/users';

export const opportunityModel: CustomFieldModel = { path: '/crm/rest/v2/opportunities/model' };

/** What Keap leaves out unless it is asked for; further names belong to a legacy feature that few accounts have. */
export const optionalFields: readonly string[] = ['created_by', 'custom_fields', 'last_updated_by', 'status_id'];

export const opportunityId = opportunities.field('opportunityId', 'Opportunity', {
	in: 'path',
	required: true,
	description: 'The opportunity to work on',
});
export const opportunityCustomFields = customFields('mapOpportunityCustomFields', opportunityModel);

export const title = (required: boolean): Field =>
	fields.text('opportunityTitle', 'Title', { required, placeholder: 'e.g. New website', description: 'What the opportunity is called' });
export const contact = (required: boolean): Field =>
	contacts.field('contactId', 'Contact', { required, description: 'The contact who may buy' });
export const stage = (required: boolean, description: string): Field =>
	opportunityStages.field('stageId', 'Stage', { required, description });

const revenue = { placeholder: 'e.g. 1500.50', description: 'In the currency of the Keap account' };

export const details: readonly Field[] = [
	affiliates.field('affiliateId', 'Affiliate', { description: 'The referral partner who gets the credit' }),
	fields.moment('estimatedCloseTime', 'Estimated Close Time'),
	fields.boolean('includeInForecast', 'Include in Forecast', {
		default: true,
		description: 'Whether the opportunity counts in the sales forecast',
	}),
	fields.text('nextActionNotes', 'Next Action Notes', { rows: 2 }),
	fields.moment('nextActionTime', 'Next Action Time'),
	fields.text('opportunityNotes', 'Notes', { rows: 3 }),
	fields.number('projectedRevenueHigh', 'Projected Revenue (High)', { ...revenue, min: 0 }),
	fields.number('projectedRevenueLow', 'Projected Revenue (Low)', { ...revenue, min: 0 }),
	users.field('userId', 'User', { description: 'The user who works on the opportunity' }),
];

export const CLEARABLE: readonly fields.Choice[] = [
	['affiliate_id', 'Affiliate'],
	['custom_fields', 'Custom Fields'],
	['estimated_close_time', 'Estimated Close Time'],
	['next_action_notes', 'Next Action Notes'],
	['next_action_time', 'Next Action Time'],
	['opportunity_notes', 'Notes'],
	['projected_revenue_high', 'Projected Revenue (High)'],
	['projected_revenue_low', 'Projected Revenue (Low)'],
	['user_id', 'User'],
];

export const filters: readonly Field[] = [
	affiliates.field('affiliateId', 'Affiliate', { in: 'filter' }),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	fields.text('contactCity', 'Contact City', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('contactPhone', 'Contact Phone', {
		in: 'filter',
		description: 'The number exactly as Keap has it, with its spaces and signs',
	}),
	fields.text('contactState', 'Contact State', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.text('leadSourceName', 'Lead Source Name', { in: 'filter', description: 'The whole name, or its beginning followed by *' }),
	fields.number('revenueHighAtLeast', 'Projected Revenue (High) at Least', { in: 'filter', key: 'projected_revenue_high', operator: '>=' }),
	fields.number('revenueLowAtMost', 'Projected Revenue (Low) at Most', { in: 'filter', key: 'projected_revenue_low', operator: '<=' }),
	opportunityStages.field('stageId', 'Stage', { in: 'filter' }),
	fields.text('opportunityTitle', 'Title', { in: 'filter', description: 'The whole title, or its beginning followed by *' }),
	users.field('userId', 'User', { in: 'filter' }),
];

export const order = fields.orderBy([
	['contact_name', 'Contact Name'],
	['created_time', 'Created'],
	['next_action_time', 'Next Action'],
	['opportunity_title', 'Title'],
	['update_time', 'Updated'],
]);

/** An opportunity as people think of it: contact, stage and user flat, custom fields by label. */
export const simplifyOpportunity = withCustomFields(opportunityModel, (opportunity) => {
	const [person, at, user] = [inner(opportunity.contact), inner(opportunity.stage), inner(opportunity.user)];
	return {
		...picked(opportunity, [
			'id',
			'opportunity_title',
			'projected_revenue_low',
			'projected_revenue_high',
			'estimated_close_time',
			'next_action_time',
			'next_action_notes',
			'opportunity_notes',
			'created_time',
			'last_updated_time',
		]),
		stage_id: at.id ?? null,
		stage_name: at.name ?? null,
		contact_id: person.id ?? null,
		contact_name: fullName(person.first_name, person.last_name),
		contact_email: person.email ?? null,
		user_id: user.id ?? null,
		user_name: fullName(user.first_name, user.last_name),
	};
});
