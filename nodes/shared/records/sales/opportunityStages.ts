import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

export const opportunityStages = defineRecord({
	one: 'opportunity stage',
	path: '/crm/rest/v2/opportunities/stages',
	records: 'stages',
	id: 'stage_id',
	parameter: 'stageId',
	order: [['stage_order', 'Order']],
	label: nameLabel('name'),
	findBy: { by: 'list', query: () => ({ order_by: 'stage_order asc' }), inOrder: true },
});
