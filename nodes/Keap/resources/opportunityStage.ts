import { fieldsToClear, paging } from '../../shared/catalogue/fields/commonFields';
import { entries } from '../../shared/catalogue/fields/entries';
import * as fields from '../../shared/catalogue/fields/fields';
import { toRequest } from '../../shared/catalogue/calls/request';
import type { Field, Perform, Resource } from '../../shared/catalogue/operation/types';
import { listOf } from '../../shared/runtime/listOf';
import { keapRequest } from '../../shared/transport';
import { opportunityStages } from '../../shared/locators/opportunityStages';

const PATH = '/crm/rest/v2/opportunities/stages';
const ONE = '/crm/rest/v2/opportunities/stages/{stage_id}';

/** Keap gives the stages as a list by itself. */
const listStages: Perform = async (work, call) =>
	listOf((await keapRequest(work.context, { ...toRequest(call, work), expects: { list: undefined } })).body);

const stageId = opportunityStages.field('stageId', 'Stage', {
	in: 'path',
	required: true,
	description: 'The opportunity stage to work on',
});

const name = (required: boolean): Field =>
	fields.text('name', 'Name', { required, placeholder: 'e.g. Qualified', description: 'What the stage is called' });
const order = (required: boolean): Field =>
	fields.number('order', 'Order', {
		required,
		min: 0,
		whole: true,
		default: 1,
		description: 'Where the stage stands among the others: 1 comes before 2',
	});
const probability = (required: boolean): Field =>
	fields.number('probability', 'Probability (%)', {
		required,
		min: 0,
		max: 100,
		whole: true,
		default: 50,
		description: 'How likely an opportunity in this stage is won, in percent',
	});
const targetDays = (required: boolean): Field =>
	fields.number('targetNumberDays', 'Target Days', {
		required,
		min: 0,
		whole: true,
		default: 7,
		description: 'How many days an opportunity should stay in this stage at most',
	});

const checklist = (more: readonly Field[], description: string): Field =>
	entries('checklistItems', 'Checklist', {
		singular: 'Checklist Item',
		description,
		members: [
			fields.text('description', 'Description', { required: true, description: 'What is to be done before the opportunity moves on' }),
			fields.number('order', 'Order', {
				required: true,
				min: 0,
				whole: true,
				default: 1,
				description: 'Where the item stands on the checklist',
			}),
			fields.boolean('required', 'Required', { required: true, description: 'Whether the opportunity can move on only when this is done' }),
			...more,
		],
	});

const itemId = fields.text('id', 'Item ID', { description: 'The ID of an item that is on the checklist already; empty for a new one' });

export const opportunityStage: Resource = {
	value: 'opportunityStage',
	name: 'Opportunity Stage',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create an opportunity stage',
			description: 'Create a new stage for opportunities',
			method: 'POST',
			path: PATH,
			fields: [
				name(true),
				order(true),
				probability(true),
				targetDays(true),
				fields.collection('additionalFields', 'Additional Fields', [checklist([], 'What is to be done in this stage')]),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete an opportunity stage',
			description: 'Delete a stage for opportunities permanently',
			method: 'DELETE',
			path: ONE,
			fields: [stageId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get an opportunity stage',
			description: 'Retrieve a stage for opportunities',
			method: 'GET',
			path: ONE,
			fields: [stageId],
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many opportunity stages',
			description: 'Retrieve a list of stages for opportunities',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				fields.collection(
					'filters',
					'Filters',
					[
						fields.text('name', 'Name', {
							in: 'filter',
							key: 'opportunity_stage_name',
							description: 'The whole name, or its beginning followed by *',
						}),
					],
					'Add Filter',
				),
				fields.collection('options', 'Options', [fields.orderBy([['stage_order', 'Order']])], 'Add Option'),
			],
			answer: 'records',
			records: 'stages',
		},
		{
			value: 'getPipeline',
			name: 'Get Pipeline',
			action: 'Get the pipeline of opportunity stages',
			description: 'Retrieve all stages in their order, each with how many opportunities are in it',
			method: 'GET',
			path: '/crm/rest/v1/opportunity/stage_pipeline',
			fields: [],
			perform: listStages,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update an opportunity stage',
			description: 'Change some fields of a stage and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				stageId,
				fields.collection('updateFields', 'Update Fields', [
					checklist([itemId], 'The whole checklist: Keap removes the items that are not in it'),
					fieldsToClear([['checklist_items', 'Checklist']]),
					name(false),
					order(false),
					probability(false),
					targetDays(false),
				]),
			],
			mask: true,
		},
	],
};
