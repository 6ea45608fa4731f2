import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { BundledWrite, Field, Resource } from '../../../shared/catalogue/operation/types';
import { output } from '../../../shared/catalogue/output/parameters';
import { automationCategories } from '../../../shared/records/marketing/automationCategories';
import { automations } from '../../../shared/records/marketing/automations';
import { contacts } from '../../../shared/records/people/contacts';
import { contactList, severalWithEmail } from '../../../shared/records/people/contactsByEmail';
import { goals } from './goals';
import { writesAs } from '../../../shared/rows/writesAs';

const ONE = '/crm/rest/v2/automations/{automation_id}';

const automationId = automations.field('automationId', 'Automation', {
	in: 'path',
	key: 'automation_id',
	required: true,
	description: 'The automation to work on',
});

const automationIds = (where: 'body' | 'query', description: string): Field =>
	fields.ids('automationIds', 'Automation IDs', { in: where, required: true, description });

/** Keap reads 0 as all automations in one place and may do so in others: no expression may delete or stop all of them by mistake. */
const withoutZero = (ids: Field): Field => ({
	...ids,
	encode: (raw) => {
		const given = ids.encode?.(raw);
		if (Array.isArray(given) && given.includes('0'))
			throw new BadInput('must not contain 0', 'Keap may take 0 for all automations. Name each one that is meant.');
		return given;
	},
});

const formMessage = fields.text('unpublishedFormMessage', 'Form Message', {
	description: "What people read in place of the automation's forms",
});

const listing: readonly Field[] = [
	fields.filters([
		...idFilters({ one: 'id' }),
		fields.recordList('categoryIds', 'Category Names or IDs', {
			in: 'filter',
			key: 'categories',
			of: automationCategories,
			description: 'Automations in one of these categories.',
		}),
		fields.text('name', 'Name', { in: 'filter', description: 'A part of the name, or its beginning followed by *' }),
		fields.options('status', 'Status', {
			in: 'filter',
			choices: [
				['published', 'Published'],
				['draft', 'Draft'],
			],
			description: 'Whether the automation runs',
		}),
	]),
	fields.moreOptions([
		fields.orderBy([
			['activeContacts', 'Active Contacts'],
			['category', 'Category'],
			['name', 'Name'],
			['publishedDate', 'Published'],
		]),
	]),
];

/**
 * Keap returns a result for each contact. It refuses the whole call only when the sequence does not exist:
 * https://developer.infusionsoft.com/docs/restv2/#tag/Automation/operation/addContactsToAutomationSequence
 */
const inBulk: BundledWrite = {
	ids: 'contact_ids',
	max: 1000,
	record: 'contact',
	results: 'add_to_automation_sequence_results',
	parent: ONE,
	lookup: contacts.lookup,
	whole: true,
};

export const automation: Resource = writesAs('configures', {
	value: 'automation',
	name: 'Automation',
	operations: [
		...goals,
		row('addContacts', 'Add Contacts to Sequence', 'POST /crm/rest/v2/automations/{automation_id}/sequences/{sequence_id}:addContacts', {
			effect: 'sends',
			action: 'Add contacts to a sequence of an automation',
			description: 'Put contacts into a sequence of an automation. Items that name the same sequence share calls: 1,000 contacts each.',
			fields: [
				automationId,
				fields.id('sequenceId', 'Sequence ID', {
					in: 'path',
					required: true,
					description:
						'The ID of the sequence. Get Sequences of the Campaign resource lists the sequences of an automation made in the campaign builder.',
				}),
				contactList({ required: true, description: 'One contact, or several separated by commas, each by ID or email address' }),
				fields.moreOptions([severalWithEmail]),
			],
			bundledWrite: inBulk,
		}),
		row('assignCategories', 'Assign Categories', 'POST /crm/rest/v2/automations/categories/batchAssign', {
			action: 'Assign categories to automations',
			description: 'Put automations into categories, or take them out',
			fields: [
				automationIds('body', 'One automation ID, or several separated by commas. Get Many shows them. Use 0 for all automations.'),
				fields.recordList('categoryIds', 'Category Names or IDs', {
					required: true,
					of: automationCategories,
					description: 'The categories to add to or to take away.',
				}),
				fields.boolean('applyCategory', 'Add to Categories', {
					default: true,
					description: 'Whether to put the automations into the categories, or to take them out',
				}),
			],
			answer: 'success',
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/automations', {
			action: 'Delete automations',
			description: 'Delete automations permanently',
			fields: [withoutZero(automationIds('query', 'One automation ID, or several separated by commas. Get Many shows them.'))],
			answer: 'deleted',
		}),
		row('get', 'Get', 'GET /crm/rest/v2/automations/{automation_id}', {
			action: 'Get an automation',
			description: 'Retrieve an automation',
			fields: [automationId, ...output],
			simplify: automations.simplify,
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/automations', {
			action: 'Get many automations',
			description: 'Retrieve a list of automations. Keap gives 25 a call.',
			fields: [...paging, ...output, ...listing],
			simplify: automations.simplify,
			pageSize: 25,
			answer: 'records',
			records: 'automations',
		}),
		row('getIds', 'Get IDs', 'GET /crm/rest/v2/automations/ids', {
			action: 'Get the identifiers of automations',
			description: 'Retrieve only the IDs of automations, each as the value of an item. Keap gives 25 a call.',
			fields: [...paging, ...listing],
			pageSize: 25,
			answer: 'records',
			records: 'automation_ids',
		}),
		row('rename', 'Rename', 'PATCH /crm/rest/v2/easy-automations/{automation_id}', {
			action: 'Rename an easy automation',
			description: 'Give an automation of the easy kind another name',
			fields: [automationId, fields.text('name', 'New Name', { required: true, description: 'What the automation is to be called' })],
			answer: 'success',
		}),
		row('unpublish', 'Unpublish', 'PUT /crm/rest/v2/automations/{automation_id}/unpublish', {
			action: 'Unpublish an automation',
			description: 'Stop an automation',
			fields: [automationId, fields.additionalFields([formMessage])],
			answer: 'success',
		}),
		row('unpublishMany', 'Unpublish Many', 'POST /crm/rest/v2/automations/batch-unpublish', {
			action: 'Unpublish many automations',
			description: 'Stop several automations with one call',
			fields: [
				withoutZero(automationIds('body', 'One automation ID, or several separated by commas. Get Many shows them.')),
				fields.additionalFields([formMessage]),
			],
			answer: 'success',
		}),
	],
});
