import { NUMBER } from '../../locators/locator';
import { nameLabel } from '../../locators/labels';
import { byName } from '../../locators/names/byName';
import { namesBySearch } from '../../locators/names/named';
import { inner } from '../../runtime/isRecord';
import { picked } from '../../catalogue/simplify';
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
	shape: (automation) => ({
		...picked(automation, ['id', 'title', 'status', 'active_contacts', 'categories']),
		...picked(automation, ['published_date', 'published_by', 'published_timezone', 'error_message', 'locked']),
		locked_by_user_id: inner(automation.current_edit_lock_status).user_id ?? null,
		locked_by_user_name: inner(automation.current_edit_lock_status).user_name ?? null,
	}),
});
