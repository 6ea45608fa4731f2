import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator, OPAQUE } from './locator';

/** Custom fields of deals, by their label. */
export const dealCustomFields = defineLocator(
	'searchDealCustomFields',
	searchCachedList({ path: '/crm/rest/v2/customFields', records: 'custom_fields', label: nameLabel('label') }),
	OPAQUE,
);
