import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';
import type { FieldReaders } from './recordFields';
import { checkReference, checkTimes, withCustomFields } from './references';
import type { RecordKind } from './recordKinds';

const V2 = '/crm/rest/v2';
const stagesOf = (state: SandboxState) => state.collection(`${V2}/opportunities/stages`);

const contactOf = (record: KeapRecord, state: SandboxState) => state.contacts.get(String(record.contact_id));
const firstOf = (list: unknown): Record<string, unknown> =>
	Array.isArray(list) ? ((list as Array<Record<string, unknown>>)[0] ?? {}) : {};

export const OPPORTUNITY_READERS: FieldReaders = {
	affiliate_id: ({ affiliate_id: id }) => [id],
	contact_city: (record, state) => [firstOf(contactOf(record, state)?.addresses).locality],
	contact_name: (record, state) => [`${String(contactOf(record, state)?.given_name)} ${String(contactOf(record, state)?.family_name)}`],
	contact_phone: (record, state) => [firstOf(contactOf(record, state)?.phone_numbers).number],
	contact_state: (record, state) => [firstOf(contactOf(record, state)?.addresses).region],
	lead_source_name: (record, state) => [state.leadSources.get(String(contactOf(record, state)?.leadsource_id))?.name],
	user_id: ({ user_id: id }) => [id],
};

export const STAGE_READERS: FieldReaders = { opportunity_stage_name: ({ name }) => [name], stage_order: ({ order }) => [order] };

export const checkedOpportunity: NonNullable<RecordKind['check']> = (fields, { state, now }, created) => {
	if (created && fields.opportunity_title === '') throw badRequest('opportunity_title is required', 'opportunity_title');
	checkReference(fields, 'contact_id', state.contacts);
	checkReference(fields, 'stage_id', stagesOf(state));
	checkReference(fields, 'user_id', state.users);
	checkReference(fields, 'affiliate_id', state.collection(`${V2}/affiliates`));
	checkTimes(fields, 'next_action_time', 'estimated_close_time');
	return {
		...withCustomFields(fields, state, 'opportunities'),
		last_updated_time: now,
		last_updated_by: '9001',
		...(created && { created_time: now, created_by: '9001' }),
	};
};

/** Keap shows the contact, the stage and the user where it was given their ids. */
export const opportunityView: NonNullable<RecordKind['view']> = (record, { state }) => {
	const contact = contactOf(record, state);
	const stage = stagesOf(state).get(String(record.stage_id));
	const user = state.users.get(String(record.user_id));
	return {
		...record,
		contact: contact && {
			id: contact.id,
			email: firstOf(contact.email_addresses).email ?? '',
			first_name: contact.given_name ?? '',
			last_name: contact.family_name ?? '',
		},
		stage: stage && { id: stage.id, name: stage.name, reasons: [] },
		...(user && { user: { id: user.id, first_name: user.given_name, last_name: user.family_name } }),
	};
};

/** Keap keeps a record of every move. */
export const stageMoved: NonNullable<RecordKind['changed']> = (before, after, { state, now }) => {
	if (before.stage_id === after.stage_id) return;
	state.collection(`${V2}/opportunities/stageMoves`).add({
		opportunity_id: after.id,
		move_time: now,
		move_from_stage_id: before.stage_id,
		move_to_stage_id: after.stage_id,
		user_id: after.user_id ?? '9001',
		created_by: '9001',
		create_time: now,
	});
};
