import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

export const leadSources = defineLocator(
	'searchLeadSources',
	searchCachedList({ path: '/crm/rest/v2/leadSources', records: 'lead_sources', label: nameLabel('name') }),
);
