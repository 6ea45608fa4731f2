import { toRequest } from '../../shared/catalogue/calls/request';
import { entries } from '../../shared/catalogue/fields/entries';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Field, Perform, Resource } from '../../shared/catalogue/operation/types';
import { listOf } from '../../shared/runtime/listOf';
import { keapRequest } from '../../shared/transport';
import { opportunityStages } from '../../shared/records/sales/opportunityStages';
import { crud } from '../../shared/rows/crud';
import { idFilters } from '../../shared/rows/idFilters';
import { row } from '../../shared/rows/row';
import { writesAs } from '../../shared/rows/writesAs';

/** Keap returns the stages as a bare list, without a name around it. */
const listStages: Perform = async (work, call) =>
	listOf((await keapRequest(work.context, { ...toRequest(call, work), expects: { list: undefined } })).body);

const WHOLE = { required: true, min: 0, whole: true };

const checklist = (more: readonly Field[], description: string): Field =>
	entries('checklistItems', 'Checklist', {
		singular: 'Checklist Item',
		description,
		members: [
			fields.text('description', 'Description', {
				required: true,
				description: 'What is to be done before the opportunity moves on',
			}),
			fields.number('order', 'Order', { ...WHOLE, default: 1, description: 'Where the item stands on the checklist' }),
			fields.boolean('required', 'Required', {
				required: true,
				description: 'Whether the opportunity can move on only when this is done',
			}),
			...more,
		],
	});

const itemId = fields.text('id', 'Item ID', { description: 'The ID of an item that is on the checklist already; empty for a new one' });

export const opportunityStage: Resource = writesAs('configures', {
	value: 'opportunityStage',
	name: 'Opportunity Stage',
	operations: [
		...crud(opportunityStages, {
			fields: [
				fields.text('name', 'Name', { required: true, placeholder: 'e.g. Qualified', description: 'What the stage is called' }),
				fields.number('order', 'Order', {
					...WHOLE,
					default: 1,
					description: 'Where the stage stands among the others: 1 comes before 2',
				}),
				fields.number('probability', 'Probability (%)', {
					...WHOLE,
					max: 100,
					default: 50,
					description: 'How likely an opportunity in this stage is won, in percent',
				}),
				fields.number('targetNumberDays', 'Target Days', {
					...WHOLE,
					default: 7,
					description: 'How many days an opportunity should stay in this stage at most',
				}),
			],
			more: [checklist([], 'What is to be done in this stage')],
			filters: [
				...idFilters({ one: 'opportunity_stage_id' }),
				fields.text('name', 'Name', {
					in: 'filter',
					key: 'opportunity_stage_name',
					description: 'The whole name, or its beginning followed by *',
				}),
			],
			update: {
				without: ['checklistItems'],
				plus: [checklist([itemId], 'The whole checklist: Keap removes the items that are not in it')],
			},
		}),
		// Version 1 alone lists the stages with the number of their opportunities: https://developer.infusionsoft.com/docs/rest/
		row('getPipeline', 'Get Pipeline', 'GET /crm/rest/v1/opportunity/stage_pipeline', {
			action: 'Get the pipeline of opportunity stages',
			description: 'Retrieve all stages in their order, each with how many opportunities are in it',
			fields: [],
			perform: listStages,
		}),
	],
});
