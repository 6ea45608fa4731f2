import { type CachedList, loadCachedList, searchCachedList } from './cachedList';
import type { LoadedList } from '../catalogue/fields/fields';
import { nameLabel } from './labels';
import { defineLocator } from './locator';

const list: CachedList = {
	path: '/crm/rest/v2/automationCategory',
	records: 'automation_categories',
	unpaged: true,
	label: nameLabel('name'),
};

export const automationCategories = defineLocator('searchAutomationCategories', searchCachedList(list));

/** For parameters that take several. */
export const automationCategoryList: LoadedList = { method: 'getAutomationCategories', load: loadCachedList(list) };
