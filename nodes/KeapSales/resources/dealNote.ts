import { row } from '../../shared/rows/row';
import { beta } from '../../shared/catalogue/fields/beta';
import { paging } from '../../shared/catalogue/fields/commonFields';
import { opaqueId } from '../../shared/catalogue/fields/encodeMore';
import * as fields from '../../shared/catalogue/fields/fields';
import { isRecord } from '../../shared/runtime/isRecord';
import { listOf } from '../../shared/runtime/listOf';
import type { BundledCreate, Resource } from '../../shared/catalogue/operation/types';
import { dealId } from './deal';

const noteId = fields.field(
	{
		name: 'dealNoteId',
		displayName: 'Deal Note ID',
		in: 'path',
		key: 'note_id',
		required: true,
		placeholder: 'e.g. 5f2b6c1e-7d3a',
		description: 'The ID of the note to work on',
	},
	{ type: 'string', default: '' },
	opaqueId,
);
const body = fields.text('body', 'Text', { required: true, rows: 4, max: 5000, description: 'The text of the note' });
const createdBy = fields.text('createdBy', 'Created By', {
	required: true,
	max: 255,
	placeholder: 'e.g. 1234',
	description: 'Who wrote the note, for instance the ID of a user',
});

/** Notes of any deals in one call. Keap answers each with whether it was created; a deal may get several, so an answer is used up by one. */
const createNotes: BundledCreate = {
	list: 'create_note_requests',
	max: 1000,
	answers: (answer, sent) => {
		const left = listOf(answer.create_note_responses).filter(isRecord);
		return sent.map((note) => {
			const index = left.findIndex((one) => one.deal_id === note.deal_id && (one.body ?? note.body) === note.body);
			if (index < 0) return undefined;
			const [found = {}] = left.splice(index, 1);
			if (found.create_success !== false) return found;
			return new Error(typeof found.error_message === 'string' && found.error_message !== '' ? found.error_message : 'it gives no reason');
		});
	},
};

export const dealNote: Resource = beta({
	value: 'dealNote',
	name: 'Deal Note',
	operations: [
		row('create', 'Create', 'POST /crm/rest/v2/deals/{id}/notes', {
			action: 'Create a deal note',
			description: 'Add a note to a deal',
			fields: [dealId({ in: 'path', key: 'id' }), body, createdBy],
		}),
		row('createMany', 'Create Many', 'POST /crm/rest/v2/deals/-/notes', {
			expects: ['create_note_responses'],
			action: 'Create many deal notes',
			description: 'Add notes to deals, one an item. Items share calls: 1,000 notes each.',
			fields: [dealId({}), body, createdBy],
			bundledCreate: createNotes,
		}),
		row('delete', 'Delete', 'DELETE /crm/rest/v2/deals/-/notes/{note_id}', {
			action: 'Delete a deal note',
			description: 'Delete a note of a deal permanently',
			fields: [noteId],
			answer: 'deleted',
		}),
		row('get', 'Get', 'GET /crm/rest/v2/deals/-/notes/{note_id}', {
			action: 'Get a deal note',
			description: 'Retrieve a note of a deal',
			fields: [noteId],
		}),
		row('getAll', 'Get Many', 'GET /crm/rest/v2/deals/{id}/notes', {
			action: 'Get many deal notes',
			description: 'Retrieve the notes of a deal',
			fields: [dealId({ in: 'path', key: 'id' }), ...paging],
			answer: 'records',
			records: 'notes',
		}),
		row('update', 'Update', 'PATCH /crm/rest/v2/deals/-/notes/{note_id}', {
			action: 'Update a deal note',
			description: 'Replace the text of a note',
			fields: [noteId, body],
		}),
	],
});
