import { searchCachedList } from './cachedList';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

export const userGroups = defineLocator(
	'searchUserGroups',
	searchCachedList({ path: '/crm/rest/v2/userGroups', records: 'user_groups', unpaged: true, label: nameLabel('name') }),
);
