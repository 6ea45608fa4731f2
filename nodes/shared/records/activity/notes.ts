import type { IDataObject } from 'n8n-workflow';

import { fullName, picked } from '../../catalogue/simplify';
import { inner } from '../../runtime/isRecord';
import { chosenRecord } from '../../locators/chosenRecord';
import { datedLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

function shape(note: IDataObject): IDataObject {
	const user = inner(note.assigned_to_user);
	return {
		...picked(note, ['id', 'title', 'contact_id']),
		user_id: user.id ?? null,
		user_name: fullName(user.given_name, user.family_name),
		...picked(note, ['type', 'text', 'pinned_at', 'create_time', 'update_time']),
	};
}

export const notes = defineRecord({
	one: 'note',
	path: '/crm/rest/v2/notes',
	// The list has the notes of all contacts (https://developer.infusionsoft.com/docs/restv2/#tag/Note/operation/listAllNotes),
	// but each note is read and written under its contact (https://developer.infusionsoft.com/docs/restv2/#tag/Note/operation/getNote).
	onePath: '/crm/rest/v2/contacts/{contact_id}/notes/{note_id}',
	records: 'notes',
	created: 'create_time',
	byIds: { filter: 'ids', parent: 'contact_id' },
	order: [
		['create_time', 'Created'],
		['id', 'ID'],
		['update_time', 'Updated'],
	],
	label: datedLabel('title', 'create_time'),
	findBy: {
		by: 'prefix',
		filters: (typed) => (typed === '' ? [] : [`title==${typed}*`]),
		scope: (context) => {
			const contact = chosenRecord(context, 'contactId');
			return contact === undefined ? undefined : `contact_id==${contact}`;
		},
	},
	customFields: true,
	fields: ['custom_fields'],
	writesTakeFields: true,
	shape,
});
