import { type CachedList, loadCachedList, searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

const list: CachedList = { path: '/crm/rest/v2/tags', records: 'tags', label: nameLabel('name') };

export const tags = defineLocator('searchTags', searchCachedList(list));

/** For "Tags to Apply", which takes several. */
export const loadTags = loadCachedList(list);
