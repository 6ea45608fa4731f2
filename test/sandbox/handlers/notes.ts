import { badRequest, notFound } from '../errors';
import type { Exchange, Handler, KeapRecord } from '../types';
import { contactOf } from './contacts';
import { elementOf, selection, shown } from './generic';
import { answerList, listName } from './lists';
import type { FieldReaders } from './recordFields';
import { checkReference, withCustomFields } from './references';

type Fields = Readonly<Record<string, unknown>>;

/** All notes in one store, whichever contact they belong to: their ids are the account's. */
const storeOf = ({ state }: Exchange) => state.collection('/crm/rest/v2/notes');
const OPTIONAL = { optional: ['custom_fields'] };
const READERS: FieldReaders = { assigned_to_user_id: ({ user_id: id }) => [id] };

/** A note as Keap shows it: who it belongs to by name, and since when it is pinned. */
function view(note: KeapRecord, { state }: Exchange): Fields {
	const user = state.users.get(String(note.user_id));
	return {
		...note,
		assigned_to_user: user && { id: user.id, given_name: user.given_name, family_name: user.family_name },
		...(note.is_pinned === true && { pinned_at: note.update_time }),
	};
}

const one = (note: KeapRecord, exchange: Exchange) =>
	shown(view(note, exchange), exchange.operation.response?.schema, selection(OPTIONAL, exchange.query.fields, false));

function checked(fields: Fields, { state }: Exchange): Fields {
	checkReference(fields, 'user_id', state.users);
	checkReference(fields, 'contact_id', state.contacts);
	return withCustomFields(fields, state, 'notes');
}

const needsTitle = (note: Fields): void => {
	if (!note.title && !note.type) throw badRequest('title or type is required', 'title');
};

/** The note of the path, which must be one of the contact's. @throws ApiError 404 */
function noteOf(exchange: Exchange): KeapRecord {
	const { state, params } = exchange;
	const contact = contactOf(state, params.contact_id ?? '');
	const note = storeOf(exchange).get(params.note_id ?? '');
	if (note?.contact_id !== contact.id) throw notFound('note', params.note_id ?? '');
	return note;
}

const create: Handler = (exchange) => {
	const { state, params, body, now } = exchange;
	const contact = contactOf(state, params.contact_id ?? '');
	needsTitle(body as Fields);
	const note = storeOf(exchange).add({
		...checked(body as Fields, exchange),
		contact_id: contact.id,
		created_by_user_id: '9001',
		create_time: now,
		update_time: now,
	});
	return { status: 201, body: one(note, exchange) };
};

const update: Handler = (exchange) => {
	const { body, query, now } = exchange;
	const before = noteOf(exchange);
	const mask = query.update_mask?.split(',');
	const given = Object.fromEntries(Object.entries(body as Fields).filter(([name]) => mask?.includes(name) ?? true));
	const note: KeapRecord = { ...before, ...checked(given, exchange), last_updated_by_user_id: '9001', update_time: now };
	for (const name of mask ?? []) if (given[name] === undefined) delete note[name];
	needsTitle(note);
	storeOf(exchange).set(note.id, note);
	return { status: 200, body: one(note, exchange) };
};

const list =
	(ofContact: boolean): Handler =>
	(exchange) => {
		const { operation, state, params, query } = exchange;
		const contact = ofContact ? contactOf(state, params.contact_id ?? '').id : undefined;
		const store = storeOf(exchange);
		const element = elementOf(operation.response?.schema, listName(operation) ?? '');
		return answerList(exchange, {
			rows: contact === undefined ? store.rows : store.rows.filter((note) => note.contact_id === contact),
			version: String(store.version),
			path: `notes of ${contact ?? 'all'}`,
			readers: READERS,
			show: (note) => shown(view(note, exchange), element, selection(OPTIONAL, query.fields, true)),
		});
	};

const templates: Handler = (exchange) => {
	const { rows, version } = exchange.state.collection('/crm/rest/v2/notes/templates');
	return answerList(exchange, { rows, version: String(version), path: 'note templates', show: (template) => template });
};

export const NOTE_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createNote': create,
	'v2/deleteNote': (exchange) => {
		storeOf(exchange).delete(noteOf(exchange).id);
		return { status: 204 };
	},
	'v2/getNote': (exchange) => ({ status: 200, body: one(noteOf(exchange), exchange) }),
	'v2/listAllNotes': list(false),
	'v2/listNoteTemplates': templates,
	'v2/listNotes': list(true),
	'v2/updateNote': update,
};
