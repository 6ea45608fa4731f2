import { searchCachedList } from './cachedList';
import { personLabel } from './labels';
import { defineLocator } from './locator';

export const users = defineLocator(
	'searchUsers',
	searchCachedList({ path: '/crm/rest/v2/users', records: 'users', pageSize: 100, label: personLabel }),
);
