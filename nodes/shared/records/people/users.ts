import { first, picked } from '../../catalogue/simplify';
import { FAX_LIST, PHONE_LIST } from '../../catalogue/fields/reachFields';
import { personLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Keap lists no more users on a page. */
const PAGE = 100;

export const users = defineRecord({
	one: 'user',
	path: '/crm/rest/v2/users',
	records: 'users',
	// A user who has left or only refers is still found by ID.
	byIds: { filter: 'include_inactive==true;include_partners==true;user_ids', max: PAGE },
	pageSize: PAGE,
	order: [
		['create_time', 'Created'],
		['email', 'Email'],
		['name', 'Last Name'],
	],
	label: personLabel,
	findBy: { by: 'list' },
	lists: { ...FAX_LIST, ...PHONE_LIST },
	shape: (user) => ({
		...picked(user, ['id', 'given_name', 'family_name']),
		email: first(user.email_addresses).email ?? null,
		phone: first(user.phone_numbers).number ?? null,
		...picked(user, ['status', 'admin', 'partner', 'title', 'time_zone']),
	}),
});
