import { BadInput } from '../../../shared/catalogue/operation/badInput';
import * as encode from '../../../shared/catalogue/fields/encode';
import * as fields from '../../../shared/catalogue/fields/fields';
import { reminder } from '../../../shared/catalogue/fields/reminder';
import type { Call, Field, Resource } from '../../../shared/catalogue/operation/types';
import { tasks } from '../../../shared/records/activity/tasks';
import { contacts } from '../../../shared/records/people/contacts';
import { users } from '../../../shared/records/people/users';
import { opportunities } from '../../../shared/records/sales/opportunities';
import { crud } from '../../../shared/rows/crud';
import { checkIdFilters, idFilters } from '../../../shared/rows/idFilters';
import { row } from '../../../shared/rows/row';

const PRIORITIES: readonly fields.Choice[] = [
	['CRITICAL', 'Critical'],
	['ESSENTIAL', 'Essential'],
	['NONESSENTIAL', 'Nonessential'],
];

/** For tasks without a user, Keap's filter takes a word in place of the user's ID. */
const unassigned = fields.field(
	{
		name: 'unassigned',
		displayName: 'Unassigned Only',
		in: 'filter',
		key: 'user_id',
		description: 'Whether to return only tasks that are assigned to nobody',
	},
	{ type: 'boolean', default: true },
	(raw) => (encode.boolean(raw) === true ? 'UNASSIGNED' : undefined),
);

const filters: readonly Field[] = [
	...idFilters({ list: 'task_ids', one: 'id' }),
	users.field('assignedToUserId', 'Assigned To', { in: 'filter', key: 'user_id' }),
	fields.boolean('completed', 'Completed', {
		in: 'filter',
		key: 'is_completed',
		description: 'Whether to return tasks that are done, or those that are not',
	}),
	contacts.field('contactId', 'Contact', { in: 'filter' }),
	fields.boolean('hasDueDate', 'Has Due Time', {
		in: 'filter',
		default: true,
		description: 'Whether to return tasks with a due time, or those without',
	}),
	opportunities.field('opportunityId', 'Opportunity', { in: 'filter' }),
	fields.options('priority', 'Priority', { in: 'filter', choices: PRIORITIES }),
	fields.moment('since', 'Since', { in: 'filter', key: 'since_time', description: 'Tasks from this moment on' }),
	fields.text('title', 'Title', { in: 'filter', description: 'The whole title, or its beginning followed by *' }),
	unassigned,
	fields.moment('until', 'Until', { in: 'filter', key: 'until_time', description: 'Tasks up to this moment' }),
];

function checkFilters(call: Call): void {
	checkIdFilters(call);
	const { values } = call;
	if (values.unassigned !== undefined && values.assignedToUserId !== undefined)
		throw new BadInput('is set together with Assigned To', 'Remove one of the two filters.', 'Unassigned Only');
}

export const task: Resource = {
	value: 'task',
	name: 'Task',
	operations: [
		...crud(tasks, {
			fields: [
				fields.text('title', 'Title', {
					required: true,
					placeholder: 'e.g. Call back about the offer',
					description: 'What is to be done, in a few words',
				}),
				users.field('assignedToUserId', 'Assigned To', { required: true, description: 'The user who is to do the task' }),
				contacts.field('contactId', 'Contact', { description: 'The contact that the task is about' }),
			],
			more: [
				fields.boolean('accepted', 'Accepted', { description: 'Whether the user has accepted the task' }),
				fields.boolean('completed', 'Completed', { description: 'Whether the task is done' }),
				fields.moment('completionTime', 'Completion Time', { description: 'When the task was done' }),
				fields.text('description', 'Description', { rows: 3 }),
				fields.moment('dueTime', 'Due Time', { description: 'When the task must be done' }),
				opportunities.field('opportunityId', 'Opportunity', { description: 'The opportunity that the task belongs to' }),
				fields.options('priority', 'Priority', {
					default: 'ESSENTIAL',
					choices: PRIORITIES,
					description: 'How much depends on the task',
				}),
				reminder('remindTimeMins', 'Reminder', { description: 'How long before the due time Keap reminds the user' }),
				fields.text('type', 'Type', { placeholder: 'e.g. Call', description: 'One of the types set up in Keap' }),
			],
			filters,
			create: { description: 'Create a new task for a user' },
			getAll: { check: checkFilters },
		}),
		row('complete', 'Complete', 'PATCH /crm/rest/v2/tasks/{task_id}', {
			action: 'Complete a task',
			description: 'Mark a task as done',
			fields: [
				tasks.inPath(),
				fields.moreOptions([fields.moment('completionTime', 'Completion Time', { description: 'When the task was done, if not now' })]),
			],
			query: { fields: tasks.fields },
			body: { completed: true },
			mask: true,
		}),
	],
};
