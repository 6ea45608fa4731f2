import { type CachedList, loadCachedList, searchCachedList } from './cachedList';
import type { LoadedList } from '../catalogue/fields/fields';
import { personLabel } from './labels';
import { defineLocator } from './locator';

const list: CachedList = { path: '/crm/rest/v2/users', records: 'users', pageSize: 100, label: personLabel };

export const users = defineLocator('searchUsers', searchCachedList(list));

/** For filters, which take several. */
export const userList: LoadedList = { method: 'getUsers', load: loadCachedList(list) };
