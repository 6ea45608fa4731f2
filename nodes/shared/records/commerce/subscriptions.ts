import { defineRecord } from '../kind/record';

export const subscriptions = defineRecord({
	one: 'subscription',
	path: '/crm/rest/v2/subscriptions',
	records: 'subscriptions',
	byIds: { filter: 'ids' },
	customFields: true,
});
