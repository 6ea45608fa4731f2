import { BadInput } from '../../shared/catalogue/operation/badInput';
import { fieldsToClear, paging, simplify } from '../../shared/catalogue/fields/commonFields';
import { customFields, customFieldsToClear } from '../../shared/catalogue/customFields/customFields';
import * as fields from '../../shared/catalogue/fields/fields';
import { mergeSafeUpdate } from '../../shared/catalogue/batching/mergeLists';
import { CUSTOM_FIELDS } from '../../shared/catalogue/operation/listRules';
import { fullName, inner, picked, withCustomFields } from '../../shared/catalogue/simplify';
import type { Call, CustomFieldModel, Field, Resource } from '../../shared/catalogue/operation/types';
import { contacts } from '../../shared/locators/contacts';
import { notes } from '../../shared/locators/notes';
import { users } from '../../shared/locators/users';
import { contactId } from './contact/fields';

const ALL = '/crm/rest/v2/notes';
const PATH = '/crm/rest/v2/contacts/{contact_id}/notes';
const ONE = '/crm/rest/v2/contacts/{contact_id}/notes/{note_id}';

export const noteModel: CustomFieldModel = { path: '/crm/rest/v2/notes/model' };

/** Keap leaves them out unless they are asked for. */
const query = { fields: ['custom_fields'] };

const noteId = notes.field('noteId', 'Note', {
	in: 'path',
	required: true,
	description: 'The note to work on; the list shows those of the contact',
});
const userId = users.field('userId', 'User', {
	required: true,
	description: 'The user whose note it is. Keap wants it whenever a note is written.',
});
const noteCustomFields = customFields('mapNoteCustomFields', noteModel);

const title = fields.text('title', 'Title', { placeholder: 'e.g. Asked for an offer' });
const text = fields.text('text', 'Text', { rows: 4, description: 'What the note says' });

const details: readonly Field[] = [
	fields.boolean('isPinned', 'Pinned', { default: true, description: "Whether the note stays at the top of the contact's notes" }),
	fields.text('type', 'Type', {
		placeholder: 'e.g. Call',
		description: 'Appointment, Call, Email, Fax, Letter or Other; in Max Classic, one of the types set up there',
	}),
];

const filters: readonly Field[] = [
	fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Notes from this moment on' }),
	fields.text('title', 'Title', { in: 'filter', description: 'What the title contains, or its beginning followed by *' }),
	fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Notes up to this moment' }),
	users.field('userId', 'User', { in: 'filter', key: 'assigned_to_user_id' }),
];

const options = fields.collection(
	'options',
	'Options',
	[
		fields.orderBy([
			['create_time', 'Created'],
			['id', 'ID'],
			['update_time', 'Updated'],
		]),
	],
	'Add Option',
);

/** A note as people think of it: the user flat, custom fields by label. */
const simplifyNote = withCustomFields(noteModel, (note) => {
	const user = inner(note.assigned_to_user);
	return {
		...picked(note, ['id', 'contact_id', 'title', 'type', 'text', 'pinned_at', 'create_time', 'update_time']),
		user_id: user.id ?? null,
		user_name: fullName(user.given_name, user.family_name),
	};
});

function checkTitleOrType({ body }: Call): void {
	if (body.title === undefined && body.type === undefined)
		throw new BadInput('Keap needs a title or a type for a note', 'Fill in Title, or add Type under Additional Fields.');
}

export const note: Resource = {
	value: 'note',
	name: 'Note',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a note',
			description: 'Add a note to a contact',
			method: 'POST',
			path: PATH,
			fields: [contactId, userId, title, text, ...noteCustomFields, fields.collection('additionalFields', 'Additional Fields', details)],
			query,
			customFields: noteModel,
			check: checkTitleOrType,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a note',
			description: 'Delete a note permanently',
			method: 'DELETE',
			path: ONE,
			fields: [contactId, noteId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a note',
			description: 'Retrieve a note of a contact. Many items share calls: 100 notes each.',
			method: 'GET',
			path: ONE,
			fields: [contactId, noteId, simplify],
			query,
			simplify: simplifyNote,
			bundledRead: { path: ALL, filter: 'ids', records: 'notes', id: 'note_id', parent: 'contact_id', max: 100 },
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many notes',
			description: 'Retrieve a list of notes, whichever contact they belong to',
			method: 'GET',
			path: ALL,
			fields: [
				...paging,
				simplify,
				fields.collection('filters', 'Filters', [contacts.field('contactId', 'Contact', { in: 'filter' }), ...filters], 'Add Filter'),
				options,
			],
			query,
			simplify: simplifyNote,
			answer: 'records',
			records: 'notes',
		},
		{
			value: 'getForContact',
			name: 'Get Notes of Contact',
			action: 'Get the notes of a contact',
			description: 'Retrieve the notes of a contact',
			method: 'GET',
			path: PATH,
			fields: [contactId, ...paging, simplify, fields.collection('filters', 'Filters', filters, 'Add Filter'), options],
			query,
			simplify: simplifyNote,
			answer: 'records',
			records: 'notes',
		},
		{
			value: 'getTemplates',
			name: 'Get Templates',
			action: 'Get note templates',
			description: 'Retrieve the templates for notes that are set up in Keap',
			method: 'GET',
			path: `${ALL}/templates`,
			fields: paging,
			answer: 'records',
			records: 'note_templates',
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a note',
			description: 'Change some fields of a note and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				contactId,
				noteId,
				userId,
				...noteCustomFields,
				fields.collection('updateFields', 'Update Fields', [
					customFieldsToClear,
					...details,
					fieldsToClear([
						['custom_fields', 'Custom Fields'],
						['text', 'Text'],
						['title', 'Title'],
						['type', 'Type'],
					]),
					contacts.field('newContactId', 'New Contact', {
						key: 'contact_id',
						description: 'The contact that the note is to belong to from now on',
					}),
					text,
					title,
				]),
			],
			query,
			mask: true,
			customFields: noteModel,
			performInGroups: mergeSafeUpdate({
				lists: CUSTOM_FIELDS,
				id: 'note_id',
				lookup: { path: ALL, filter: 'ids', records: 'notes', max: 100 },
				query,
			}),
		},
	],
};
