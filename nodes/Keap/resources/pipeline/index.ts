import { beta } from '../../../shared/catalogue/fields/beta';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import { counted } from '../../../shared/catalogue/calls/counted';
import { texts } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { pipelines, stages } from '../../../shared/locators/pipelines';
import { settings } from './settings';

const PATH = '/crm/rest/v2/pipelines';
const ONE = '/crm/rest/v2/pipelines/{id}';

const pipelineId = pipelines.field('pipelineId', 'Pipeline', {
	in: 'path',
	key: 'id',
	required: true,
	description: 'The pipeline to work on',
});
const name = fields.text('name', 'Name', { required: true, max: 255, placeholder: 'e.g. Sales', description: 'The name of the pipeline' });

export const pipeline: Resource = beta({
	value: 'pipeline',
	name: 'Pipeline',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a pipeline',
			description: 'Create a new pipeline with its stages',
			method: 'POST',
			path: PATH,
			fields: [
				name,
				fields.field(
					{
						name: 'stages',
						displayName: 'Stages',
						required: true,
						placeholder: 'e.g. New, Qualified, Proposal',
						description: 'The names of its stages in their order, separated by commas',
					},
					{ type: 'string', default: '' },
					texts,
				),
			],
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a pipeline',
			description: 'Delete a pipeline permanently',
			method: 'DELETE',
			path: ONE,
			fields: [
				pipelineId,
				fields.collection(
					'options',
					'Options',
					[
						fields.boolean('allowCleanup', 'Allow Cleanup', {
							in: 'query',
							description: 'Whether Keap may clean up what the pipeline leaves behind',
						}),
						stages.field('newStageId', 'Move Deals To', {
							in: 'query',
							key: 'new_stage_id',
							description: 'The stage of another pipeline that gets the deals',
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
			action: 'Get a pipeline',
			description: 'Retrieve a pipeline with its stages',
			method: 'GET',
			path: ONE,
			fields: [pipelineId],
		},
		{
			value: 'getDealCount',
			name: 'Get Deal Count',
			action: 'Get the number of deals in a pipeline',
			description: 'Count the deals in a pipeline',
			method: 'GET',
			path: `${ONE}:dealsCount`,
			fields: [pipelineId],
			perform: counted,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many pipelines',
			description: 'Retrieve a list of pipelines with their stages',
			method: 'GET',
			path: PATH,
			fields: [...paging],
			answer: 'records',
			records: 'pipelines',
		},
		{
			value: 'getStages',
			name: 'Get Stages',
			action: 'Get the stages of a pipeline',
			description: 'Retrieve the stages of a pipeline in their order',
			method: 'GET',
			path: `${ONE}/stages`,
			fields: [pipelineId, ...paging],
			answer: 'records',
			records: 'stages',
		},
		{
			value: 'getSummaries',
			name: 'Get Summaries',
			action: 'Get the summaries of pipelines',
			description: 'Retrieve how many deals each pipeline has, and how many of them are new',
			method: 'GET',
			path: `${PATH}/summaries`,
			fields: [...paging],
			answer: 'records',
			records: 'pipeline_summaries',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a pipeline',
			description: 'Rename a pipeline',
			method: 'PATCH',
			path: ONE,
			fields: [pipelineId, name],
			mask: true,
		},
		...settings(pipelineId),
	],
});
