import { badRequest } from '../errors';
import type { FieldReaders } from './recordFields';
import { checkReference, checkTimes, withCustomFields } from './references';
import type { RecordKind } from './recordKinds';

export const TASK_READERS: FieldReaders = {
	has_due_date: ({ due_time: time }) => [time !== undefined],
	is_completed: ({ completed }) => [completed === true],
	opportunity_id: ({ opportunity_id: id }) => [id],
	contact_id: ({ contact_id: id }) => [id],
	user_id: ({ assigned_to_user_id: id }) => [id ?? 'UNASSIGNED'],
};

/** A finished task has a time at which it was finished. */
export const checkedTask: NonNullable<RecordKind['check']> = (fields, { state, now }, created) => {
	if (created && !fields.title && !fields.type) throw badRequest('A task needs a title or a type', 'title');
	checkReference(fields, 'assigned_to_user_id', state.users);
	checkReference(fields, 'contact_id', state.contacts);
	checkReference(fields, 'opportunity_id', state.collection('/crm/rest/v2/opportunities'));
	checkTimes(fields, 'due_time', 'completion_time');
	const finished = fields.completed === true && fields.completion_time === undefined ? { completion_time: now } : {};
	return {
		...withCustomFields(fields, state, 'tasks'),
		...finished,
		...(created && { completed: fields.completed ?? false }),
		modification_time: now,
	};
};
