import { FAX_LIST, PHONE_LIST } from '../../catalogue/fields/reachFields';
import { CUSTOM_FIELDS, type ListRules } from '../../catalogue/operation/listRules';

/** The lists of a contact that Keap replaces as a whole, besides its custom fields. */
export const CONTACT_LISTS: ListRules = {
	...FAX_LIST,
	...PHONE_LIST,
	addresses: {
		slot: 'field',
		written: [
			'line1',
			'line2',
			'locality',
			'region',
			'region_code',
			'country',
			'country_code',
			'postal_code',
			'zip_code',
			'zip_four',
			'field',
		],
		// Deprecated in Keap's description; entries of long ago have nothing else.
		instead: { region: 'region_code', country: 'country_code' },
	},
	// A reason opts an address in, and revives one that was opted out by hand: an entry that is only kept goes back without.
	email_addresses: { slot: 'field', written: ['email', 'field'], needs: 'email', starts: ['opt_in_reason'] },
	social_accounts: { slot: 'type', written: ['type', 'name'], needs: 'name' },
};

/** Their names, custom fields among them, as `fields` takes them. */
export const LIST_NAMES: readonly string[] = Object.keys({ ...CUSTOM_FIELDS, ...CONTACT_LISTS });

/** Where contacts are read by their IDs. */
export const CONTACT_LOOKUP = {
	path: '/crm/rest/v2/contacts',
	filter: 'ids',
	records: 'contacts',
	max: 100,
	one: { path: '/crm/rest/v2/contacts/{contact_id}', id: 'contact_id' },
} as const;
