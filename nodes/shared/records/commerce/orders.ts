import { defineRecord } from '../kind/record';

export const orders = defineRecord({
	one: 'order',
	path: '/crm/rest/v2/orders',
	records: 'orders',
	byIds: { filter: 'ids' },
	created: 'creation_time',
	label: ({ id, title }) => (typeof title === 'string' && title !== '' ? `${title} (#${String(id)})` : `#${String(id)}`),
	customFields: true,
});
