import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

export const tagCategories = defineLocator(
	'searchTagCategories',
	searchCachedList({ path: '/crm/rest/v2/tags/categories', records: 'tag_categories', label: nameLabel('name') }),
);
