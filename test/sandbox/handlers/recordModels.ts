import { operationOf } from '../contract/operations';
import type { Handler, KeapRecord } from '../types';
import { without } from '../without';
import { modelStore } from './references';

/** Names that `fields` of a contact takes and its model does not list: those that are always there, and some newer ones. */
const NOT_LISTED = new Set([
	...['id', 'given_name', 'family_name'],
	...['account_id', 'assistant_name', 'assistant_phone', 'billing_information', 'created_by', 'groups', 'last_updated_by'],
]);
const OF_CONTACT = (operationOf('v2/getContact').query.find(({ name }) => name === 'fields')?.fields ?? []).filter(
	(name) => !NOT_LISTED.has(name),
);

/** A custom field as version 2 shows it: much of it is null, and `options` is where the type has none. */
function view({ options, field_name: name, ...field }: KeapRecord): Record<string, unknown> {
	const choices = Array.isArray(options) && options.length > 0 ? (options as unknown[]) : null;
	return {
		...without(field, 'create_time', 'update_time', 'user_group_id'),
		field_name: name ?? null,
		options: choices,
		record_type: null,
		group_id: null,
		default_value: null,
	};
}

/** The model of a kind of record: its custom fields, and what may be asked for by name. */
export const modelOf =
	(kind: string, optional: readonly string[]): Handler =>
	({ state }) => ({ status: 200, body: { custom_fields: modelStore(state, kind).rows.map(view), optional_properties: optional } });

export const MODEL_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/retrieveCompanyCustomFieldModel': modelOf('companies', ['custom_fields']),
	'v2/retrieveContactModel': modelOf('contacts', OF_CONTACT),
	'v2/retrieveNoteModel': modelOf('notes', ['custom_fields']),
	'v2/retrieveOpportunityCustomFieldModel': modelOf('opportunities', ['custom_fields']),
	'v2/retrieveTaskModel': modelOf('tasks', ['custom_fields']),
};
