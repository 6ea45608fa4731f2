import { NUMBER } from '../../locators/locator';
import { nameLabel } from '../../locators/labels';
import { byName } from '../../locators/names/byName';
import { namesBySearch } from '../../locators/names/named';
import { defineRecord } from '../kind/record';

const list = { path: '/crm/rest/v2/automations', records: 'automations', pageSize: 25, label: nameLabel('title') } as const;

/** Keap matches every part of a name. */
const filter = (name: string): string => `name==${name}`;

/** Keap gives 25 automations a page, so it does the searching: names that contain what was typed. */
export const automations = defineRecord({
	one: 'automation',
	...list,
	alsoBy: byName(namesBySearch('automation', 'automations', { ...list, filter }), NUMBER.encode),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [filter(typed)]) },
});
