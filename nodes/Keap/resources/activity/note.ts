import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { notes } from '../../../shared/records/activity/notes';
import { contacts } from '../../../shared/records/people/contacts';
import { withOwnUser } from '../../../shared/records/people/ownUser';
import { users } from '../../../shared/records/people/users';
import { crud, listOf } from '../../../shared/rows/crud';
import { idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';

const ofContact = contacts.inPath();
const userId = users.field('userId', 'User', {
	required: true,
	description: 'The user whose note it is. Keap wants it whenever a note is written.',
});

const filters: readonly Field[] = [
	...idFilters({ list: 'ids', one: 'id' }),
	fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Notes from this moment on' }),
	fields.text('title', 'Title', { in: 'filter', description: 'What the title contains, or its beginning followed by *' }),
	fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Notes up to this moment' }),
	users.field('userId', 'User', { in: 'filter', key: 'assigned_to_user_id' }),
];

function checkTitleOrType({ body }: Call): void {
	if (body.title === undefined && body.type === undefined)
		throw new BadInput('Keap needs a title or a type for a note', 'Fill in Title, or add Type under Additional Fields.');
}

export const note: Resource = {
	value: 'note',
	name: 'Note',
	operations: [
		...crud(notes, {
			within: [ofContact],
			one: notes.inPath({ description: 'The note to work on; the list shows those of the contact' }),
			fields: [
				users.field('userId', 'User', { description: "The user whose note it is; the API key's own user if you choose none" }),
				fields.text('title', 'Title', { placeholder: 'e.g. Asked for an offer' }),
				fields.text('text', 'Text', { rows: 4, description: 'What the note says' }),
			],
			more: [
				fields.boolean('isPinned', 'Pinned', { default: true, description: "Whether the note stays at the top of the contact's notes" }),
				fields.text('type', 'Type', {
					placeholder: 'e.g. Call',
					description: 'Appointment, Call, Email, Fax, Letter or Other; in Max Classic, one of the types set up there',
				}),
			],
			filters: [contacts.field('contactId', 'Contact', { in: 'filter' }), ...filters],
			create: { description: 'Add a note to a contact', check: checkTitleOrType, ...withOwnUser('user_id') },
			get: { description: 'Retrieve a note of a contact. Many items share calls: 100 notes each.' },
			getAll: { description: 'Retrieve a list of notes, whichever contact they belong to' },
			update: {
				top: [userId],
				plus: [
					contacts.field('newContactId', 'New Contact', {
						key: 'contact_id',
						clearable: false,
						description: 'The contact that the note is to belong to from now on',
					}),
				],
			},
		}),
		{
			value: 'getForContact',
			name: 'Get Notes of Contact',
			action: 'Get the notes of a contact',
			description: 'Retrieve the notes of a contact',
			...listOf(notes, { within: [ofContact], filters, at: '/crm/rest/v2/contacts/{contact_id}/notes' }),
		},
		row('getTemplates', 'Get Templates', 'GET /crm/rest/v2/notes/templates', {
			action: 'Get note templates',
			description: 'Retrieve the templates for notes that are set up in Keap',
			fields: paging,
			answer: 'records',
			records: 'note_templates',
		}),
	],
};
