import { datedLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** Tasks by their title. */
export const tasks = defineLocator(
	'searchTasks',
	searchByPrefix({
		path: '/crm/rest/v2/tasks',
		records: 'tasks',
		label: datedLabel('title', 'due_time'),
		filters: (typed) => (typed === '' ? [] : [`title==${typed}*`]),
	}),
);
