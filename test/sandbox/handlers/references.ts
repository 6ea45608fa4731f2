import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import type { RecordStore } from '../store/recordStore';
import { checkedCustomFields } from './customFieldRules';

type Fields = Readonly<Record<string, unknown>>;

/** 400 for an id that names no record. Nothing given is nothing wrong. */
export function checkReference(fields: Fields, name: string, known: { has(id: string): boolean }): void {
	const id = fields[name];
	if (id !== undefined && id !== '' && !known.has(String(id))) throw badRequest(`${name}: ${String(id)} does not exist`, name);
}

/** 400 for a text that is no time. */
export function checkTimes(fields: Fields, ...names: string[]): void {
	for (const name of names) {
		const time = fields[name];
		if (time !== undefined && !isIsoDate(String(time), 'always'))
			throw badRequest(`${name} must be an ISO 8601 date and time, not "${String(time)}"`, name);
	}
}

/** The store of the custom fields of a kind of record; tasks and notes share theirs. */
export const modelStore = (state: SandboxState, kind: string): RecordStore =>
	state.collection(`/crm/rest/v2/${kind === 'notes' ? 'tasks' : kind}/model/customFields`);

/** Fields with their custom fields held to the account's model. */
export const withCustomFields = (fields: Fields, state: SandboxState, kind: string): Record<string, unknown> => ({
	...fields,
	...(fields.custom_fields !== undefined && {
		custom_fields: checkedCustomFields(fields.custom_fields as Array<{ id?: string; content?: unknown }>, modelStore(state, kind)),
	}),
});
