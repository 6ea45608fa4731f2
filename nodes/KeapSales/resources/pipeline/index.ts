import { row } from '../../../shared/rows/row';
import { beta } from '../../../shared/catalogue/fields/beta';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import { counted } from '../../../shared/catalogue/calls/counted';
import { texts } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Resource } from '../../../shared/catalogue/operation/types';
import { pipelines } from '../../../shared/records/sales/pipelines';
import { pipelineStages } from '../../../shared/records/sales/pipelineStages';
import { settings } from './settings';
import { writesAs } from '../../../shared/rows/writesAs';

const pipelineId = pipelines.field('pipelineId', 'Pipeline', {
	in: 'path',
	key: 'id',
	required: true,
	description: 'The pipeline to work on',
});
const name = fields.text('name', 'Name', { required: true, max: 255, placeholder: 'e.g. Sales', description: 'The name of the pipeline' });

export const pipeline: Resource = writesAs(
	'configures',
	beta({
		value: 'pipeline',
		name: 'Pipeline',
		operations: [
			row('create', 'Create', 'POST /crm/rest/v2/pipelines', {
				action: 'Create a pipeline',
				description: 'Create a new pipeline with its stages',
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
			}),
			row('delete', 'Delete', 'DELETE /crm/rest/v2/pipelines/{id}', {
				action: 'Delete a pipeline',
				description: 'Delete a pipeline permanently',
				fields: [
					pipelineId,
					fields.moreOptions([
						fields.boolean('allowCleanup', 'Allow Cleanup', {
							in: 'query',
							description: 'Whether Keap may clean up what the pipeline leaves behind',
						}),
						pipelineStages.field('newStageId', 'Move Deals To', {
							in: 'query',
							key: 'new_stage_id',
							description: 'The stage of another pipeline that gets the deals',
						}),
					]),
				],
				answer: 'deleted',
			}),
			row('get', 'Get', 'GET /crm/rest/v2/pipelines/{id}', {
				action: 'Get a pipeline',
				description: 'Retrieve a pipeline with its stages',
				fields: [pipelineId],
			}),
			row('getDealCount', 'Get Deal Count', 'GET /crm/rest/v2/pipelines/{id}:dealsCount', {
				action: 'Get the number of deals in a pipeline',
				description: 'Count the deals in a pipeline',
				fields: [pipelineId],
				perform: counted,
			}),
			row('getAll', 'Get Many', 'GET /crm/rest/v2/pipelines', {
				action: 'Get many pipelines',
				description: 'Retrieve a list of pipelines with their stages',
				fields: [...paging],
				answer: 'records',
				records: 'pipelines',
			}),
			row('getStages', 'Get Stages', 'GET /crm/rest/v2/pipelines/{id}/stages', {
				action: 'Get the stages of a pipeline',
				description: 'Retrieve the stages of a pipeline in their order',
				fields: [pipelineId, ...paging],
				answer: 'records',
				records: 'stages',
			}),
			row('getSummaries', 'Get Summaries', 'GET /crm/rest/v2/pipelines/summaries', {
				action: 'Get the summaries of pipelines',
				description: 'Retrieve how many deals each pipeline has, and how many of them are new',
				fields: [...paging],
				answer: 'records',
				records: 'pipeline_summaries',
			}),
			row('update', 'Update', 'PATCH /crm/rest/v2/pipelines/{id}', {
				action: 'Update a pipeline',
				description: 'Rename a pipeline',
				fields: [pipelineId, name],
				mask: true,
			}),
			...settings(pipelineId),
		],
	}),
);
