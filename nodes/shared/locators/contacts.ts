import { personLabel } from './labels';
import { defineLocator } from './locator';
import { searchByPrefix } from './prefixSearch';

/** "ada" may begin a first name, a last name or an address; Keap joins filters by AND only, so that is three calls. "ada l" is one. */
function filters(typed: string): string[] {
	if (typed === '') return [];
	if (typed.includes('@')) return [`email==${typed}*`];
	const [first = '', ...rest] = typed.split(' ');
	if (rest.length > 0) return [`given_name==${first}*;family_name==${rest.join(' ')}*`];
	return [`given_name==${first}*`, `family_name==${first}*`, `email==${first}*`];
}

/** Contacts by name or email address. */
export const contacts = defineLocator(
	'searchContacts',
	searchByPrefix({
		path: '/crm/rest/v2/contacts',
		records: 'contacts',
		query: { fields: ['id', 'given_name', 'family_name', 'email_addresses'] },
		label: personLabel,
		filters,
	}),
);
