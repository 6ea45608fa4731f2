import { type CachedList, loadCachedList, searchCachedList } from './cachedList';
import type { LoadedList } from '../catalogue/fields/fields';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

const list: CachedList = { path: '/crm/rest/v2/tags', records: 'tags', label: nameLabel('name') };

export const tags = defineLocator('searchTags', searchCachedList(list));

/** For "Tags to Apply", which takes several. */
export const tagList: LoadedList = { method: 'getTags', load: loadCachedList(list) };
