import { BadInput } from '../../../shared/catalogue/operation/badInput';
import { fieldsToClear, paging, simplify } from '../../../shared/catalogue/fields/commonFields';
import { customFieldsToClear } from '../../../shared/catalogue/customFields/customFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { mergeSafeUpdate } from '../../../shared/catalogue/batching/mergeLists';
import { CUSTOM_FIELDS } from '../../../shared/catalogue/operation/listRules';
import type { BundledRead, Call, Resource } from '../../../shared/catalogue/operation/types';
import { opportunities } from '../../../shared/locators/opportunities';
import { stageMoves } from '../../../shared/locators/stageMoves';
import { users } from '../../../shared/locators/users';
import {
	CLEARABLE,
	contact,
	details,
	filters,
	opportunityCustomFields,
	opportunityId,
	opportunityModel,
	optionalFields,
	order,
	simplifyOpportunity,
	stage,
	title,
} from './fields';

const PATH = '/crm/rest/v2/opportunities';
const ONE = '/crm/rest/v2/opportunities/{opportunity_id}';
const MOVES = '/crm/rest/v2/opportunities/stageMoves';

const query = { fields: optionalFields };
const byIds: BundledRead = { path: PATH, filter: 'ids', records: 'opportunities', id: 'opportunity_id', max: 100 };

function checkRevenue({ body }: Call): void {
	const { projected_revenue_low: low, projected_revenue_high: high } = body;
	if (typeof low === 'number' && typeof high === 'number' && low > high)
		throw new BadInput('is more than Projected Revenue (High)', 'Exchange the two amounts, or correct one.', 'Projected Revenue (Low)');
}

export const opportunity: Resource = {
	value: 'opportunity',
	name: 'Opportunity',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an opportunity',
			description: 'Create a new opportunity for a contact',
			method: 'POST',
			path: PATH,
			fields: [
				title(true),
				contact(true),
				stage(true, 'The stage that the opportunity begins in'),
				...opportunityCustomFields,
				fields.collection('additionalFields', 'Additional Fields', details),
			],
			query,
			customFields: opportunityModel,
			check: checkRevenue,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an opportunity',
			description: 'Delete an opportunity permanently',
			method: 'DELETE',
			path: ONE,
			fields: [opportunityId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get an opportunity',
			description: 'Retrieve an opportunity. Many items share calls: 100 opportunities each.',
			method: 'GET',
			path: ONE,
			fields: [opportunityId, simplify],
			query,
			simplify: simplifyOpportunity,
			bundledRead: byIds,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many opportunities',
			description: 'Retrieve a list of opportunities',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection('filters', 'Filters', filters, 'Add Filter'),
				fields.collection('options', 'Options', [order], 'Add Option'),
			],
			query,
			simplify: simplifyOpportunity,
			answer: 'records',
			records: 'opportunities',
		},
		{
			value: 'getStageMove',
			name: 'Get Stage Move',
			action: 'Get a stage move of an opportunity',
			description: 'Retrieve one move of an opportunity from a stage to another',
			method: 'GET',
			path: `${MOVES}/{stage_move_id}`,
			fields: [
				stageMoves.field('stageMoveId', 'Stage Move', {
					in: 'path',
					required: true,
					description: 'The move to look up; search the list by the ID of the opportunity',
				}),
			],
		},
		{
			value: 'getStageMoves',
			name: 'Get Stage Moves',
			action: 'Get the stage moves of opportunities',
			description: 'Retrieve which opportunity was moved from which stage to which, when and by whom',
			method: 'GET',
			path: MOVES,
			fields: [
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[opportunities.field('opportunityId', 'Opportunity', { in: 'filter' }), users.field('userId', 'User', { in: 'filter' })],
					'Add Filter',
				),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['id', 'ID'],
							['move_date', 'Moved'],
						]),
					],
					'Add Option',
				),
			],
			answer: 'records',
			records: 'stage_moves',
		},
		{
			value: 'moveStage',
			name: 'Move Stage',
			action: 'Move an opportunity to another stage',
			description: 'Move an opportunity to another stage and change nothing else',
			method: 'PATCH',
			path: ONE,
			fields: [opportunityId, stage(true, 'The stage that the opportunity moves to')],
			query,
			mask: true,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an opportunity',
			description: 'Change some fields of an opportunity and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				opportunityId,
				...opportunityCustomFields,
				fields.collection('updateFields', 'Update Fields', [
					contact(false),
					...details,
					customFieldsToClear,
					fieldsToClear(CLEARABLE),
					stage(false, 'The stage that the opportunity moves to'),
					title(false),
				]),
			],
			query,
			mask: true,
			customFields: opportunityModel,
			check: checkRevenue,
			performInGroups: mergeSafeUpdate({ lists: CUSTOM_FIELDS, id: 'opportunity_id', lookup: byIds, query: { fields: ['custom_fields'] } }),
		},
	],
};
