import { nameLabel } from '../../locators/labels';
import { byName } from '../../locators/names/byName';
import type { Named } from '../../locators/names/named';
import { NUMBER } from '../../locators/locator';
import { keapGetAll } from '../../transport';
import { defineRecord } from '../kind/record';

const label = nameLabel('title');

/** Found in Keap by its name, of which every part matches: the same name is looked for among what comes. */
const named: Named = {
	one: 'automation',
	many: 'automations',
	read: async ({ context, signal }, name) => {
		const query = { filter: `name==${name.replace(/[;*]/g, ' ').trim()}` };
		const request = { method: 'GET', path: '/crm/rest/v2/automations', query, signal } as const;
		const found = await keapGetAll(context, request, { records: 'automations', pageSize: 25, limit: 100 });
		return found.map((automation) => ({ name: label(automation), value: String(automation.id) }));
	},
};

/** Keap gives 25 automations a page, so it does the searching: names that contain what was typed. */
export const automations = defineRecord({
	one: 'automation',
	path: '/crm/rest/v2/automations',
	records: 'automations',
	pageSize: 25,
	label,
	alsoBy: byName(named, NUMBER.encode),
	findBy: { by: 'prefix', filters: (typed) => (typed === '' ? [] : [`name==${typed}`]) },
});
