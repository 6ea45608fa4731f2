import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { NodeDraft } from '../../test/support/engine-workflow';

/** A value that the model fills in. */
const ai = (name: string, hint: string): string => `={{ $fromAI('${name}', '${hint}', 'string') }}`;

/** A record that the model names: by its ID, or by what people call it. */
const record = (name: string, hint: string) => ({ __rl: true, mode: 'id', value: ai(name, hint) });

/** A tool that an agent is given: a node with one operation. */
export type Tool = NodeDraft & { readonly name: string };

const tool = (name: string, type: string, says: string, parameters: INodeParameters, typeVersion = 1): Tool => ({
	name,
	type,
	typeVersion,
	parameters: { descriptionType: 'manual', toolDescription: says, ...parameters },
});

const keap = (node: string) => (name: string, says: string, resource: string, operation: string, parameters: INodeParameters) =>
	tool(name, `n8n-nodes-keap.${node}Tool`, says, { resource, operation, ...parameters });

const pipedriveTool = (name: string, says: string, resource: string, operation: string, parameters: INodeParameters) =>
	tool(name, 'n8n-nodes-base.pipedriveTool', says, { authentication: 'apiToken', resource, operation, ...parameters }, 2);

const CONTACT = 'ID or email address of the contact';

/** The tools of this package, as one would set them up. */
export const KEAP = {
	findContact: keap('keap')('Find_Contact', 'Finds contacts by an email address, a phone number or a name', 'contact', 'search', {
		searchText: ai('search', 'An email address, a phone number, or a full name'),
		limit: 5,
	}),
	overview: keap('keap')(
		'Get_Overview',
		'Gets a contact with tags, open tasks, last notes, opportunities and orders',
		'contact',
		'getOverview',
		{
			contactId: record('contact', CONTACT),
		},
	),
	applyTag: keap('keap')('Apply_Tag', 'Puts a tag on contacts', 'tag', 'apply', {
		tagIds: ai('tag', 'Names of the tags, with commas'),
		contactIds: ai('contacts', 'IDs or email addresses of the contacts, with commas'),
	}),
	createTask: keap('keap')('Create_Task', 'Creates a task for a colleague', 'task', 'create', {
		title: ai('title', 'What is to be done'),
		assignedToUserId: record('user', 'Name of the colleague'),
		contactId: record('contact', CONTACT),
		additionalFields: { dueTime: ai('due', 'When it is due, as 2026-01-31T09:00:00') },
	}),
	findOpportunity: keap('keapSales')('Find_Opportunity', 'Finds opportunities by the beginning of their title', 'opportunity', 'getAll', {
		limit: 5,
		output: 'selectedFields',
		outputFields: ['opportunity_title', 'contact_name', 'stage_name'],
		filters: { opportunityTitle: ai('title', 'The title or its beginning, with * behind it') },
	}),
	moveStage: keap('keapSales')('Move_Opportunity', 'Moves an opportunity to a stage', 'opportunity', 'moveStage', {
		opportunityId: record('opportunity', 'ID of the opportunity'),
		stageId: record('stage', 'Name of the stage'),
	}),
	listOrders: keap('keapCommerce')('List_Orders', 'Lists orders by when they were made', 'order', 'getAll', {
		limit: 50,
		output: 'selectedFields',
		outputFields: ['contact_name', 'total', 'currency_code', 'order_time'],
		filters: { createdAfter: ai('from', 'First day, as 2026-01-31'), createdBefore: ai('to', 'Day after the last, as 2026-02-07') },
	}),
	count: keap('keap')('Count_Contacts', 'Counts the contacts that have a tag', 'contact', 'count', {
		filters: { tagId: record('tag', 'Name of the tag') },
	}),
	sendTemplate: keap('keap')('Send_Template', 'Sends an email template to contacts', 'email', 'sendTemplate', {
		contactIds: ai('contacts', 'IDs or email addresses of the contacts, with commas'),
		templateId: record('template', 'ID of the template'),
		userId: record('user', 'Name of the sender'),
	}),
	deleteContact: keap('keap')('Delete_Contact', 'Deletes a contact', 'contact', 'delete', { contactId: record('contact', CONTACT) }),
	writeNote: keap('keap')('Write_Note', 'Writes a note to a contact', 'note', 'create', {
		contactId: record('contact', 'ID of the contact'),
		title: ai('title', 'What it is about'),
		text: ai('text', 'The note'),
	}),
} as const;

/** Those of n8n's Pipedrive node for the same jobs, where it has such operations. */
export const PIPEDRIVE = {
	findPerson: pipedriveTool('Find_Person', 'Finds persons by name, phone or email', 'person', 'search', {
		term: ai('search', 'An email address, a phone number, or a name'),
		limit: 5,
	}),
	listActivities: pipedriveTool('List_Activities', 'Lists open activities', 'activity', 'getAll', { limit: 50, filters: { done: false } }),
	findDeal: pipedriveTool('Find_Deal', 'Finds deals by title', 'deal', 'search', {
		term: ai('title', 'The title or a part of it'),
		limit: 5,
	}),
	updateDeal: pipedriveTool('Update_Deal', 'Sets the status of a deal', 'deal', 'update', {
		dealId: ai('deal', 'ID of the deal'),
		updateFields: { status: ai('status', 'open, won or lost') },
	}),
	listDeals: pipedriveTool('List_Deals', 'Lists won deals', 'deal', 'getAll', { limit: 50, filters: { status: 'won' } }),
	deletePerson: pipedriveTool('Delete_Person', 'Deletes a person', 'person', 'delete', { personId: ai('person', 'ID of the person') }),
	writeNote: pipedriveTool('Write_Note', 'Writes a note to a person', 'note', 'create', {
		content: ai('text', 'The note'),
		additionalFields: { person_id: ai('person', 'ID of the person') },
	}),
} as const;

/** A person's yes between an agent and a tool. The message shows what the tool is to do: n8n's own text does not. */
export const APPROVAL: Tool = {
	name: 'Ask_for_Approval',
	type: 'n8n-nodes-base.slackHitlTool',
	typeVersion: 2.4,
	parameters: {
		user: { __rl: true, mode: 'id', value: 'U1' },
		message: '=The assistant wants to use {{ $tool.name }} with {{ JSON.stringify($tool.parameters) }}',
		options: {},
	} as IDataObject as INodeParameters,
};
