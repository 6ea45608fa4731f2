import { picked } from '../../catalogue/simplify';
import { datedLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

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
	shape: (task) =>
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
});
