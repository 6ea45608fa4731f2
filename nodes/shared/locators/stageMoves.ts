import type { IDataObject } from 'n8n-workflow';

import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** A move has no name of its own. */
const label = ({ id, opportunity_id: opportunity, move_time: time }: IDataObject): string =>
	`#${String(id)}: opportunity ${String(opportunity)}${typeof time === 'string' ? ` (${time.slice(0, 10)})` : ''}`;

/** Stage moves by the ID of their opportunity. */
export const stageMoves = defineLocator(
	'searchStageMoves',
	searchByPrefix({
		path: '/crm/rest/v2/opportunities/stageMoves',
		records: 'stage_moves',
		query: { order_by: 'move_date desc' },
		label,
		filters: (typed) => (/^\d+$/.test(typed) ? [`opportunity_id==${typed}`] : []),
	}),
);
