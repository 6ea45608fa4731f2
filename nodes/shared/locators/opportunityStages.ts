import { type CachedList, loadCachedList, searchCachedList } from './cachedList';
import type { LoadedList } from '../catalogue/fields/fields';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

const list: CachedList = {
	path: '/crm/rest/v2/opportunities/stages',
	records: 'stages',
	query: () => ({ order_by: 'stage_order asc' }),
	inOrder: true,
	label: nameLabel('name'),
};

export const opportunityStages = defineLocator('searchOpportunityStages', searchCachedList(list));

/** For filters, which take several. */
export const opportunityStageList: LoadedList = { method: 'getOpportunityStages', load: loadCachedList(list) };
