import { BadInput } from '../../shared/catalogue/operation/badInput';
import { fieldsToClear, paging, simplify } from '../../shared/catalogue/fields/commonFields';
import { customFields, customFieldsToClear } from '../../shared/catalogue/customFields/customFields';
import * as encode from '../../shared/catalogue/fields/encode';
import * as fields from '../../shared/catalogue/fields/fields';
import { mergeSafeUpdate } from '../../shared/catalogue/batching/mergeLists';
import { CUSTOM_FIELDS } from '../../shared/catalogue/operation/listRules';
import { reminder } from '../../shared/catalogue/fields/reminder';
import { picked, withCustomFields } from '../../shared/catalogue/simplify';
import type { BundledRead, Call, CustomFieldModel, Field, Resource } from '../../shared/catalogue/operation/types';
import { contacts } from '../../shared/locators/contacts';
import { opportunities } from '../../shared/locators/opportunities';
import { tasks } from '../../shared/locators/tasks';
import { users } from '../../shared/locators/users';

const PATH = '/crm/rest/v2/tasks';
const ONE = '/crm/rest/v2/tasks/{task_id}';

export const taskModel: CustomFieldModel = { path: '/crm/rest/v2/tasks/model' };

/** Keap leaves them out unless they are asked for. */
const query = { fields: ['custom_fields'] };
const byIds: BundledRead = { path: PATH, filter: 'task_ids', records: 'tasks', id: 'task_id', max: 100 };

const taskId = tasks.field('taskId', 'Task', { in: 'path', required: true, description: 'The task to work on' });
const taskCustomFields = customFields('mapTaskCustomFields', taskModel);
const title = (required: boolean): Field =>
	fields.text('title', 'Title', {
		required,
		placeholder: 'e.g. Call back about the offer',
		description: 'What is to be done, in a few words',
	});
const assignee = (required: boolean): Field =>
	users.field('assignedToUserId', 'Assigned To', { required, description: 'The user who is to do the task' });
const contact = contacts.field('contactId', 'Contact', { description: 'The contact that the task is about' });

const PRIORITIES: readonly fields.Choice[] = [
	['CRITICAL', 'Critical'],
	['ESSENTIAL', 'Essential'],
	['NONESSENTIAL', 'Nonessential'],
];

const details: readonly Field[] = [
	fields.boolean('accepted', 'Accepted', { description: 'Whether the user has accepted the task' }),
	fields.boolean('completed', 'Completed', { description: 'Whether the task is done' }),
	fields.moment('completionTime', 'Completion Time', { description: 'When the task was done' }),
	fields.text('description', 'Description', { rows: 3 }),
	fields.moment('dueTime', 'Due Time', { description: 'When the task must be done' }),
	opportunities.field('opportunityId', 'Opportunity', { description: 'The opportunity that the task belongs to' }),
	fields.options('priority', 'Priority', { default: 'ESSENTIAL', choices: PRIORITIES, description: 'How much depends on the task' }),
	reminder('remindTimeMins', 'Reminder', { description: 'How long before the due time Keap reminds the user' }),
	fields.text('type', 'Type', { placeholder: 'e.g. Call', description: 'One of the types set up in Keap' }),
];

/** Keap's word for tasks that are nobody's stands where a user's ID would. */
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

function checkOneAssignee({ values }: Call): void {
	if (values.unassigned !== undefined && values.assignedToUserId !== undefined)
		throw new BadInput('is set together with Assigned To', 'Remove one of the two filters.', 'Unassigned Only');
}

const simplifyTask = withCustomFields(taskModel, (task) =>
	picked(task, [
		'id',
		'title',
		'description',
		'type',
		'priority',
		'completed',
		'completion_time',
		'due_time',
		'assigned_to_user_id',
		'contact_id',
		'opportunity_id',
		'create_time',
		'modification_time',
	]),
);

export const task: Resource = {
	value: 'task',
	name: 'Task',
	operations: [
		{
			value: 'create',
			name: 'Create',
			action: 'Create a task',
			description: 'Create a new task for a user',
			method: 'POST',
			path: PATH,
			fields: [
				title(true),
				assignee(true),
				contact,
				...taskCustomFields,
				fields.collection('additionalFields', 'Additional Fields', details),
			],
			query,
			customFields: taskModel,
		},
		{
			value: 'complete',
			name: 'Complete',
			action: 'Complete a task',
			description: 'Mark a task as done',
			method: 'PATCH',
			path: ONE,
			fields: [
				taskId,
				fields.collection(
					'options',
					'Options',
					[fields.moment('completionTime', 'Completion Time', { description: 'When the task was done, if not now' })],
					'Add Option',
				),
			],
			body: { completed: true },
			query,
			mask: true,
		},
		{
			value: 'delete',
			name: 'Delete',
			action: 'Delete a task',
			description: 'Delete a task permanently',
			method: 'DELETE',
			path: ONE,
			fields: [taskId],
			answer: 'deleted',
		},
		{
			value: 'get',
			name: 'Get',
			action: 'Get a task',
			description: 'Retrieve a task. Many items share calls: 100 tasks each.',
			method: 'GET',
			path: ONE,
			fields: [taskId, simplify],
			query,
			simplify: simplifyTask,
			bundledRead: byIds,
		},
		{
			value: 'getAll',
			name: 'Get Many',
			action: 'Get many tasks',
			description: 'Retrieve a list of tasks',
			method: 'GET',
			path: PATH,
			fields: [
				...paging,
				simplify,
				fields.collection('filters', 'Filters', filters, 'Add Filter'),
				fields.collection(
					'options',
					'Options',
					[
						fields.orderBy([
							['create_time', 'Created'],
							['due_time', 'Due'],
							['id', 'ID'],
							['update_time', 'Updated'],
						]),
					],
					'Add Option',
				),
			],
			query,
			simplify: simplifyTask,
			answer: 'records',
			records: 'tasks',
			check: checkOneAssignee,
		},
		{
			value: 'update',
			name: 'Update',
			action: 'Update a task',
			description: 'Change some fields of a task and leave the others alone',
			method: 'PATCH',
			path: ONE,
			fields: [
				taskId,
				...taskCustomFields,
				fields.collection('updateFields', 'Update Fields', [
					customFieldsToClear,
					...details,
					assignee(false),
					contact,
					fieldsToClear([
						['completion_time', 'Completion Time'],
						['contact_id', 'Contact'],
						['custom_fields', 'Custom Fields'],
						['description', 'Description'],
						['due_time', 'Due Time'],
						['opportunity_id', 'Opportunity'],
						['priority', 'Priority'],
						['remind_time_mins', 'Reminder'],
						['type', 'Type'],
					]),
					title(false),
				]),
			],
			query,
			mask: true,
			customFields: taskModel,
			performInGroups: mergeSafeUpdate({ lists: CUSTOM_FIELDS, id: 'task_id', lookup: byIds, query }),
		},
	],
};
