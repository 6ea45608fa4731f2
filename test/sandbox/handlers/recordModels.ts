import { badRequest } from '../errors';
import type { Handler, KeapRecord } from '../types';
import { without } from '../without';
import { CHOICES } from './customFieldRules';
import { modelStore } from './references';

/** What a contact has beside its fields and may be asked for by name. */
const OF_CONTACT = ['custom_fields', 'fax_numbers', 'links', 'origin', 'social_accounts', 'tag_ids', 'utm_parameters'];

const view = (field: KeapRecord) => without(field, 'create_time', 'update_time', 'user_group_id');

/** The model of a kind of record: its custom fields, and what may be asked for by name. */
const modelOf =
	(kind: string, optional: readonly string[]): Handler =>
	({ state }) => ({ status: 200, body: { custom_fields: modelStore(state, kind).rows.map(view), optional_properties: optional } });

/** Keap names the field after its label, and its options get ids. */
const create: Handler = ({ state, body, now }) => {
	const { label, field_type: type, options, ...rest } = body as { label: string; field_type: string; options?: Array<{ label: string }> };
	if (label.trim() === '') throw badRequest('label is required', 'label');
	if (CHOICES[type] && !options?.length) throw badRequest(`options are required for ${type}`, 'options');
	const field = state.contactCustomFields.add({
		group_id: '1',
		...rest,
		label,
		field_type: type,
		field_name: label.replace(/\W/g, ''),
		record_type: 'CONTACT',
		options: (options ?? []).map((option, index) => ({ id: String(index + 1), label: option.label })),
		create_time: now,
	});
	return { status: 201, body: view(field) };
};

export const MODEL_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createContactCustomField': create,
	'v2/retrieveCompanyCustomFieldModel': modelOf('companies', ['custom_fields']),
	'v2/retrieveContactModel': modelOf('contacts', OF_CONTACT),
	'v2/retrieveNoteModel': modelOf('notes', ['custom_fields']),
	'v2/retrieveOpportunityCustomFieldModel': modelOf('opportunities', ['custom_fields']),
	'v2/retrieveTaskModel': modelOf('tasks', ['custom_fields']),
};
