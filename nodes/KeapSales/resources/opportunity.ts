import * as fields from '../../shared/catalogue/fields/fields';
import { BadInput } from '../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../shared/catalogue/operation/types';
import { affiliates } from '../../shared/records/marketing/affiliates';
import { contacts } from '../../shared/records/people/contacts';
import { users } from '../../shared/records/people/users';
import { opportunities } from '../../shared/records/sales/opportunities';
import { opportunityStages } from '../../shared/records/sales/opportunityStages';
import { stageMoves } from '../../shared/records/sales/stageMoves';
import { crud, listOf } from '../../shared/rows/crud';
import { idFilters } from '../../shared/rows/idFilters';
import { row } from '../../shared/rows/row';

const revenue = { placeholder: 'e.g. 1500.50', description: 'In the currency of the Keap account', min: 0 };
const stage = (description: string): Field => opportunityStages.field('stageId', 'Stage', { required: true, description });
const movesTo = stage('The stage that the opportunity moves to');

const details: readonly Field[] = [
	affiliates.field('affiliateId', 'Affiliate', { description: 'The referral partner who gets the credit' }),
	fields.moment('estimatedCloseTime', 'Estimated Close Time'),
	fields.boolean('includeInForecast', 'Include in Forecast', {
		default: true,
		description: 'Whether the opportunity counts in the sales forecast',
	}),
	fields.text('nextActionNotes', 'Next Action Notes', { rows: 2 }),
	fields.moment('nextActionTime', 'Next Action Time'),
	fields.text('opportunityNotes', 'Notes', { rows: 3 }),
	fields.number('projectedRevenueHigh', 'Projected Revenue (High)', revenue),
	fields.number('projectedRevenueLow', 'Projected Revenue (Low)', revenue),
	users.field('userId', 'User', { description: 'The user who works on the opportunity' }),
];

const WHOLE_OR_BEGINNING = 'The whole name, or its beginning followed by *';

const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'opportunity_id' }),
	affiliates.field('affiliateId', 'Affiliate', { in: 'filter' }),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	fields.text('contactCity', 'Contact City', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	fields.text('contactPhone', 'Contact Phone', {
		in: 'filter',
		description: 'The number exactly as Keap has it, with its spaces and signs',
	}),
	fields.text('contactState', 'Contact State', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	fields.text('leadSourceName', 'Lead Source Name', { in: 'filter', description: WHOLE_OR_BEGINNING }),
	fields.number('revenueHighAtLeast', 'Projected Revenue (High) at Least', { in: 'filter', key: 'projected_revenue_high', operator: '>=' }),
	fields.number('revenueLowAtMost', 'Projected Revenue (Low) at Most', { in: 'filter', key: 'projected_revenue_low', operator: '<=' }),
	opportunityStages.field('stageId', 'Stage', { in: 'filter' }),
	fields.text('opportunityTitle', 'Title', { in: 'filter', description: 'The whole title, or its beginning followed by *' }),
	users.field('userId', 'User', { in: 'filter' }),
];

function checkRevenue({ body }: Call): void {
	const { projected_revenue_low: low, projected_revenue_high: high } = body;
	if (typeof low === 'number' && typeof high === 'number' && low > high)
		throw new BadInput('is more than Projected Revenue (High)', 'Exchange the two amounts, or correct one.', 'Projected Revenue (Low)');
}

export const opportunity: Resource = {
	value: 'opportunity',
	name: 'Opportunity',
	operations: [
		...crud(opportunities, {
			fields: [
				fields.text('opportunityTitle', 'Title', {
					required: true,
					placeholder: 'e.g. New website',
					description: 'What the opportunity is called',
				}),
				contacts.field('contactId', 'Contact', { required: true, description: 'The contact who may buy' }),
				stage('The stage that the opportunity begins in'),
			],
			more: details,
			filters,
			create: { description: 'Create a new opportunity for a contact', check: checkRevenue },
			update: { without: ['stageId'], plus: [fields.optional({ ...movesTo, clearable: false })], check: checkRevenue },
		}),
		row('getStageMove', 'Get Stage Move', 'GET /crm/rest/v2/opportunities/stageMoves/{stage_move_id}', {
			action: 'Get a stage move of an opportunity',
			description: 'Retrieve one move of an opportunity from a stage to another',
			fields: [stageMoves.inPath({ description: 'The move to look up; search the list by the ID of the opportunity' })],
		}),
		{
			value: 'getStageMoves',
			name: 'Get Stage Moves',
			action: 'Get the stage moves of opportunities',
			description: 'Retrieve which opportunity was moved from which stage to which, when and by whom',
			...listOf(stageMoves, {
				filters: [opportunities.field('opportunityId', 'Opportunity', { in: 'filter' }), users.field('userId', 'User', { in: 'filter' })],
			}),
		},
		row('moveStage', 'Move Stage', 'PATCH /crm/rest/v2/opportunities/{opportunity_id}', {
			action: 'Move an opportunity to another stage',
			description: 'Move an opportunity to another stage and change nothing else',
			fields: [opportunities.inPath(), movesTo],
			query: { fields: opportunities.fields },
			mask: true,
		}),
	],
};
