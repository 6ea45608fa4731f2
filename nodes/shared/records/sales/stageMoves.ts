import type { IDataObject } from 'n8n-workflow';

import { defineRecord } from '../kind/record';

/** A move has no name of its own. */
const label = ({ id, opportunity_id: opportunity, move_time: time }: IDataObject): string =>
	`#${String(id)}: opportunity ${String(opportunity)}${typeof time === 'string' ? ` (${time.slice(0, 10)})` : ''}`;

/** Stage moves by the ID of their opportunity. */
export const stageMoves = defineRecord({
	one: 'stage move',
	path: '/crm/rest/v2/opportunities/stageMoves',
	records: 'stage_moves',
	created: 'create_time',
	order: [
		['id', 'ID'],
		['move_date', 'Moved'],
	],
	label,
	findBy: {
		by: 'prefix',
		query: { order_by: 'move_date desc' },
		filters: (typed) => (/^\d+$/.test(typed) ? [`opportunity_id==${typed}`] : []),
	},
});
