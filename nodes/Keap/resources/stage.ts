import { beta } from '../../shared/catalogue/fields/beta';
import { paging } from '../../shared/catalogue/fields/commonFields';
import { counted } from '../../shared/catalogue/calls/counted';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { pipelines, stages } from '../../shared/locators/pipelines';

const PATH = '/crm/rest/v2/stages';
const ONE = '/crm/rest/v2/stages/{id}';

const stageId = stages.field('pipelineStageId', 'Stage', { in: 'path', key: 'id', required: true, description: 'The stage to work on' });

export const stage: Resource = beta({
	value: 'stage',
	name: 'Pipeline Stage',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a pipeline stage',
			description: 'Add a stage to a pipeline',
			method: 'POST',
			path: PATH,
			fields: [
				fields.text('name', 'Name', { required: true, placeholder: 'e.g. Qualified', description: 'The name of the stage' }),
				pipelines.field('pipelineId', 'Pipeline', { required: true, description: 'The pipeline that the stage is added to' }),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a pipeline stage',
			description: 'Delete a stage of a pipeline permanently',
			method: 'DELETE',
			path: ONE,
			fields: [
				stageId,
				fields.collection(
					'options',
					'Options',
					[
						stages.field('newStageId', 'Move Deals To', {
							in: 'query',
							key: 'new_stage_id',
							description: 'The stage that gets the deals of the deleted one',
						}),
					],
					'Add Option',
				),
			],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a pipeline stage',
			description: 'Retrieve a stage of a pipeline',
			method: 'GET',
			path: ONE,
			fields: [stageId],
		},
		{
			value: 'getDealCount',
			name: 'Get Deal Count',
			action: 'Get the number of deals in a pipeline stage',
			description: 'Count the deals in a pipeline stage',
			method: 'GET',
			path: `${ONE}/dealCount`,
			fields: [stageId],
			perform: counted,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many pipeline stages',
			description: 'Retrieve a list of stages with the pipelines they belong to',
			method: 'GET',
			path: PATH,
			fields: [...paging],
			answer: 'records',
			records: 'stages',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a pipeline stage',
			description: 'Rename a stage, or move it within its pipeline or to another one. Keap wants the whole stage, so it is read first.',
			method: 'PATCH',
			path: ONE,
			fields: [
				stageId,
				fields.collection('updateFields', 'Update Fields', [
					fields.text('name', 'Name'),
					stages.field('nextStageId', 'Next Stage', { description: 'The stage that comes after this one' }),
					pipelines.field('pipelineId', 'Pipeline', { description: 'The pipeline that the stage belongs to' }),
					stages.field('previousStageId', 'Previous Stage', { description: 'The stage that comes before this one' }),
				]),
			],
			mask: true,
			// The neighbours that Keap wants too are not in the mask, so they stay what they are.
			completion: { path: ONE, fields: { name: '', pipeline_id: '', previous_stage_id: '', next_stage_id: '' } },
		},
	],
});
