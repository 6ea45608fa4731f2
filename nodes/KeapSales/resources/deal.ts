import { row } from '../../shared/rows/row';
import { beta } from '../../shared/catalogue/fields/beta';
import { BadInput, shown } from '../../shared/catalogue/operation/badInput';
import { paging } from '../../shared/catalogue/fields/commonFields';
import { output } from '../../shared/catalogue/output/parameters';
import { anyTimeZones } from '../../shared/locators/timeZones';
import { text } from '../../shared/catalogue/fields/encode';
import { opaqueId } from '../../shared/catalogue/fields/encodeMore';
import * as fields from '../../shared/catalogue/fields/fields';
import type { Field, Resource } from '../../shared/catalogue/operation/types';
import { contactList, severalWithEmail } from '../../shared/records/people/contactsByEmail';
import { contacts } from '../../shared/records/people/contacts';
import { simplifiedDeal } from '../../shared/records/sales/deals';
import { pipelineStages } from '../../shared/records/sales/pipelineStages';
import { users } from '../../shared/records/people/users';

/** Keap lists deals by contact and by stage only, so there is no list to choose from. */
export const dealId = (options: Partial<fields.FieldOptions>): Field =>
	fields.field(
		{
			name: 'dealId',
			displayName: 'Deal ID',
			required: true,
			placeholder: 'e.g. 5f2b6c1e-7d3a',
			description: 'The ID of the deal to work on',
			...options,
		},
		{ type: 'string', default: '' },
		opaqueId,
	);

/** A list of ids, each as the small record that Keap wants. */
const asRecords = (ids: Field, record: (id: string, index: number) => object): Field => ({
	...ids,
	encode: (raw) => {
		const list = ids.encode?.(raw);
		return Array.isArray(list) ? (list as string[]).map(record) : undefined;
	},
});

const currency = fields.field(
	{
		name: 'currency',
		displayName: 'Currency',
		key: 'value.currency',
		required: true,
		placeholder: 'e.g. USD',
		description: 'Three letters (ISO 4217), such as USD or EUR',
	},
	{ type: 'string', default: '' },
	(raw) => {
		const code = text()(raw)?.toUpperCase();
		if (code !== undefined && !/^[A-Z]{3}$/.test(code))
			throw new BadInput(`is not a currency code: ${shown(raw)}`, 'Keap takes three letters (ISO 4217), such as USD or EUR.');
		return code;
	},
);

const newDeal: readonly Field[] = [
	fields.text('name', 'Name', { required: true, placeholder: 'e.g. New website', description: 'The name of the deal' }),
	asRecords(
		contactList({
			key: 'contacts',
			required: true,
			description: 'The contacts that the deal is with, by ID or email address, separated by commas. The first one is the primary contact.',
		}),
		(id, index) => ({
			id,
			primary_contact: index === 0,
		}),
	),
	pipelineStages.field('pipelineStageId', 'Stage', {
		key: 'stage.id',
		required: true,
		description: 'The stage of the pipeline that the deal begins in',
	}),
	asRecords(
		fields.recordList('ownerIds', 'Owner Names or IDs', {
			key: 'owners',
			required: true,
			of: users,
			description: 'The users who look after the deal.',
		}),
		(id) => ({ id }),
	),
	fields.number('amount', 'Amount', {
		key: 'value.amount',
		required: true,
		min: 0,
		description: 'What the deal is worth, such as 1250.50',
	}),
	currency,
	fields.text('status', 'Status', {
		required: true,
		placeholder: 'e.g. OPEN',
		description: "The status in Keap's words, such as OPEN. A deal that was read shows which words there are.",
	}),
	fields.additionalFields([
		fields.json('customFieldsJson', 'Custom Fields (JSON)', {
			key: 'custom_fields',
			object: true,
			description: 'Values by the ID of the field. Pipeline > Get Custom Fields lists them.',
		}),
		fields.moment('estimatedCloseTime', 'Estimated Close Time'),
		severalWithEmail,
		users.field('ownerId', 'Main Owner', { description: 'The user who answers for the deal' }),
		fields.ids('taskIds', 'Task IDs'),
	]),
];

export const deal: Resource = beta({
	value: 'deal',
	name: 'Deal',
	operations: [
		row('create', 'Create', 'POST /crm/rest/v2/deals', {
			action: 'Create a deal',
			description: 'Create a new deal',
			fields: [...newDeal, ...output],
			simplify: simplifiedDeal,
			// Keap wants the list even when there is no task.
			body: { task_ids: [] },
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/deals/{id}', {
			action: 'Delete a deal',
			description: 'Delete a deal permanently',
			fields: [dealId({ in: 'path', key: 'id' })],
			answer: 'deleted',
		}),
		row('get', 'Get', 'GET /crm/rest/v2/deals/{id}', {
			action: 'Get a deal',
			description: 'Retrieve a deal',
			fields: [dealId({ in: 'path', key: 'id' }), ...output],
			simplify: simplifiedDeal,
		}),
		row('getForStage', 'Get Deals in Stage', 'GET /crm/rest/v2/stages/{id}/deals', {
			action: 'Get the deals in a stage',
			description: 'Retrieve the deals that are in a stage of a pipeline',
			fields: [
				pipelineStages.field('pipelineStageId', 'Stage', { in: 'path', key: 'id', required: true, description: 'The stage to work on' }),
				...paging,
				...output,
			],
			simplify: simplifiedDeal,
			answer: 'records',
			records: 'deals',
		}),
		row('getForContact', 'Get Deals of Contact', 'GET /crm/rest/v2/deals/-/contacts/{contact_id}', {
			action: 'Get the deals of a contact',
			description: 'Retrieve the deals that a contact has',
			fields: [
				contacts.field('contactId', 'Contact', { in: 'path', required: true, description: 'The contact to work on' }),
				...paging,
				...output,
			],
			simplify: simplifiedDeal,
			answer: 'records',
			records: 'deals',
		}),
		row('interpretDate', 'Interpret Date', 'GET /crm/rest/v2/dateExpressions', {
			action: 'Interpret a date in words',
			description: 'Let Keap read the dates in a text, such as "next friday at 3pm", for instance for the estimated close of a deal',
			fields: [
				fields.text('text', 'Text', {
					in: 'query',
					key: 'query',
					required: true,
					placeholder: 'e.g. next friday at 3pm',
					description: 'The text to read dates in',
				}),
				fields.moreOptions([anyTimeZones.field('timeZone', 'Time Zone', { in: 'query', description: 'In which the text is meant' })]),
			],
			answer: 'nested',
			records: 'results',
		}),
		row('move', 'Move Deals of Contacts', 'POST /crm/rest/v2/deals/moveByContactIds', {
			expects: ['moved_deal_ids'],
			action: 'Move the deals of contacts to another stage',
			description: 'Move the active deals of contacts from one stage to another. Several contacts of an item share a call.',
			fields: [
				contactList({ required: true, description: 'One contact, or several separated by commas, each by ID or email address' }),
				pipelineStages.field('fromStageId', 'From Stage', {
					key: 'from_stage',
					required: true,
					description: 'The stage that the deals are in',
				}),
				pipelineStages.field('toStageId', 'To Stage', { key: 'to_stage', required: true, description: 'The stage that the deals go to' }),
				fields.moreOptions([severalWithEmail]),
			],
		}),
	],
});
