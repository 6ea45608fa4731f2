import { picked } from '../../catalogue/simplify';
import { datedLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';
import { userName } from '../people/names';

export const tasks = defineRecord({
	one: 'task',
	path: '/crm/rest/v2/tasks',
	records: 'tasks',
	created: 'create_time',
	byIds: { filter: 'task_ids' },
	order: [
		['create_time', 'Created'],
		['due_time', 'Due'],
		['id', 'ID'],
		['update_time', 'Updated'],
	],
	label: datedLabel('title', 'due_time'),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`title==${typed}*`]) },
	customFields: true,
	fields: ['custom_fields'],
	writesTakeFields: true,
	shape: async (task, context, { wants = () => true } = {}) => ({
		...picked(task, ['id', 'title', 'contact_id', 'assigned_to_user_id']),
		assigned_to_user_name: wants('assigned_to_user_name') ? await userName(context, task.assigned_to_user_id) : null,
		...picked(task, [
			'completed',
			'due_time',
			'priority',
			'type',
			'description',
			'completion_time',
			'opportunity_id',
			'create_time',
			'modification_time',
		]),
	}),
});
