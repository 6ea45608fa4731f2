import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

export const linkTypes = defineLocator(
	'searchLinkTypes',
	searchCachedList({ path: '/crm/rest/v2/contacts/links/types', records: 'contact_link_types', label: nameLabel('name') }),
);
