import { row } from '../../../shared/rows/row';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import { jsonList } from '../../../shared/catalogue/fields/encodeMore';
import { entries } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field, Operation } from '../../../shared/catalogue/operation/types';
import { dealCustomFields } from '../../../shared/records/sales/dealCustomFields';

const CUSTOM_FIELDS = '/crm/rest/v2/customFields';

const customFieldId = dealCustomFields.field('customFieldId', 'Custom Field', {
	in: 'path',
	key: 'id',
	required: true,
	description: 'The custom field to work on',
});

/** The form's default is not a list of groups: sent as it is, it would remove every group. */
const someGroups = (raw: unknown): unknown => {
	const groups = jsonList(raw);
	return Array.isArray(groups) && groups.length === 0 ? undefined : groups;
};

const outcomeLabels = entries('outcomeLabels', 'Outcome Labels', {
	singular: 'Outcome Label',
	required: true,
	description: 'What the outcomes of a deal are called. Get Outcome Labels shows the values that there are.',
	members: [
		fields.text('value', 'Value', { required: true, placeholder: 'e.g. WON', description: "The outcome, in Keap's words" }),
		fields.text('label', 'Label', { placeholder: 'e.g. Signed', description: 'What it is called in this pipeline' }),
	],
});

/** Forms, outcomes and custom fields of a pipeline. @param pipelineId the pipeline in the path */
export const settings = (pipelineId: Field): readonly Operation[] => [
	row('getCustomFields', 'Get Custom Fields', 'GET /crm/rest/v2/customFields', {
		action: 'Get the custom fields of deals',
		description: 'Retrieve the custom fields that deals have',
		fields: [...paging],
		answer: 'records',
		records: 'custom_fields',
	}),
	row('getForm', 'Get Form', 'GET /crm/rest/v2/pipelines/{id}/form', {
		expects: ['groups'],
		action: 'Get the form of a pipeline',
		description: 'Retrieve the form that Keap shows for the deals of a pipeline',
		fields: [pipelineId],
	}),
	row('getOutcomes', 'Get Outcome Labels', 'GET /crm/rest/v2/pipelines/{id}/outcomes', {
		action: 'Get the outcome labels of a pipeline',
		description: 'Retrieve what the outcomes of deals are called in a pipeline',
		fields: [pipelineId, ...paging],
		answer: 'records',
		records: 'outcome_labels',
	}),
	row('updateCustomField', 'Update Custom Field', 'PATCH /crm/rest/v2/customFields/{id}', {
		action: 'Update a custom field of deals',
		description: 'Change a custom field that deals have. Keap wants the whole field, so it is read first.',
		fields: [
			customFieldId,
			fields.updateFields([
				fields.boolean('deleted', 'Deleted', { description: 'Whether the field is taken away from deals' }),
				fields.text('description', 'Description', { rows: 2 }),
				fields.text('helperText', 'Helper Text'),
				fields.text('hint', 'Hint'),
				fields.text('label', 'Label'),
			]),
		],
		completion: {
			path: CUSTOM_FIELDS,
			records: 'custom_fields',
			fields: {
				label: '',
				description: '',
				hint: '',
				helper_text: '',
				default_value: {},
				display_options: {},
				options: {},
				validators: [],
				deleted: false,
			},
		},
	}),
	row('updateForm', 'Update Form', 'PATCH /crm/rest/v2/pipelines/{id}/form', {
		expects: ['groups'],
		action: 'Update the form of a pipeline',
		description: 'Replace the groups of the form that Keap shows for the deals of a pipeline',
		fields: [
			pipelineId,
			fields.field(
				{
					name: 'groups',
					displayName: 'Groups (JSON)',
					required: true,
					description: 'The groups as a JSON list, each with a title and its properties. Get Form shows how they look.',
				},
				{ type: 'json', default: '[]' },
				someGroups,
			),
		],
	}),
	row('updateOutcomes', 'Update Outcome Labels', 'PATCH /crm/rest/v2/pipelines/{id}/outcomes', {
		expects: ['outcome_labels'],
		action: 'Update the outcome labels of a pipeline',
		description: 'Set what the outcomes of deals are called in a pipeline',
		fields: [pipelineId, outcomeLabels],
	}),
];
