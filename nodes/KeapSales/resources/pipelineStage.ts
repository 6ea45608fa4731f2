import { row } from '../../shared/rows/row';
import { beta } from '../../shared/catalogue/fields/beta';
import { paging } from '../../shared/catalogue/fields/commonFields';
import { counted } from '../../shared/catalogue/calls/counted';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Resource } from '../../shared/catalogue/operation/types';
import { pipelines } from '../../shared/records/sales/pipelines';
import { pipelineStages } from '../../shared/records/sales/pipelineStages';
import { writesAs } from '../../shared/rows/writesAs';

const ONE = '/crm/rest/v2/stages/{id}';

const stageId = pipelineStages.field('pipelineStageId', 'Stage', {
	in: 'path',
	key: 'id',
	required: true,
	description: 'The stage to work on',
});

export const pipelineStage: Resource = writesAs(
	'configures',
	beta({
		value: 'pipelineStage',
		name: 'Pipeline Stage',
		operations: [
			row('create', 'Create', 'POST /crm/rest/v2/stages', {
				action: 'Create a pipeline stage',
				description: 'Add a stage to a pipeline',
				fields: [
					fields.text('name', 'Name', { required: true, placeholder: 'e.g. Qualified', description: 'The name of the stage' }),
					pipelines.field('pipelineId', 'Pipeline', { required: true, description: 'The pipeline that the stage is added to' }),
				],
			}),
			row('delete', 'Delete', 'DELETE /crm/rest/v2/stages/{id}', {
				action: 'Delete a pipeline stage',
				description: 'Delete a stage of a pipeline permanently',
				fields: [
					stageId,
					fields.moreOptions([
						pipelineStages.field('newStageId', 'Move Deals To', {
							in: 'query',
							key: 'new_stage_id',
							description: 'The stage that gets the deals of the deleted one',
						}),
					]),
				],
				answer: 'deleted',
			}),
			row('get', 'Get', 'GET /crm/rest/v2/stages/{id}', {
				action: 'Get a pipeline stage',
				description: 'Retrieve a stage of a pipeline',
				fields: [stageId],
			}),
			row('getDealCount', 'Get Deal Count', 'GET /crm/rest/v2/stages/{id}/dealCount', {
				action: 'Get the number of deals in a pipeline stage',
				description: 'Count the deals in a pipeline stage',
				fields: [stageId],
				perform: counted,
			}),
			row('getAll', 'Get Many', 'GET /crm/rest/v2/stages', {
				action: 'Get many pipeline stages',
				description: 'Retrieve a list of stages with the pipelines they belong to',
				fields: [...paging],
				answer: 'records',
				records: 'stages',
			}),
			row('update', 'Update', 'PATCH /crm/rest/v2/stages/{id}', {
				action: 'Update a pipeline stage',
				description: 'Rename a stage, or move it within its pipeline or to another one. Keap wants the whole stage, so it is read first.',
				fields: [
					stageId,
					fields.updateFields([
						fields.text('name', 'Name'),
						pipelineStages.field('nextStageId', 'Next Stage', { description: 'The stage that comes after this one' }),
						pipelines.field('pipelineId', 'Pipeline', { description: 'The pipeline that the stage belongs to' }),
						pipelineStages.field('previousStageId', 'Previous Stage', { description: 'The stage that comes before this one' }),
					]),
				],
				mask: true,
				// Keap also wants the neighbouring stages in the body. They are not in the mask, so they do not change.
				completion: { path: ONE, fields: { name: '', pipeline_id: '', previous_stage_id: '', next_stage_id: '' } },
			}),
		],
	}),
);
