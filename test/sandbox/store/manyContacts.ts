import type { KeapRecord } from '../types';
import type { RecordStore } from './recordStore';

const GIVEN = [
	'Ada',
	'Ben',
	'Chloé',
	'David',
	'Emma',
	'Farid',
	'Grace',
	'Hiro',
	'Inés',
	'Jonas',
	'Katya',
	'Liam',
	'Mary',
	'Noor',
	'Oscar',
	'Priya',
	'Quentin',
	'Rosa',
	'Søren',
	'Tara',
];
const FAMILY = [
	'Adams',
	'Becker',
	'Costa',
	'Dubois',
	'Evans',
	'Fischer',
	'García',
	'Hughes',
	'Ito',
	'Jensen',
	'Kovač',
	'Lopez',
	'Müller',
	'Nguyen',
	"O'Brien",
	'Patel',
	'Quinn',
];
const PLACES = [
	{ line1: '12 Oak Street', locality: 'Chandler', region: 'Arizona', country_code: 'USA', postal_code: '85225' },
	{ line1: 'Lindenweg 4', locality: 'Graz', region: 'Steiermark', country_code: 'AUT', postal_code: '8010' },
	{ line1: '7 Rue des Lilas', locality: 'Lyon', region: 'Auvergne-Rhône-Alpes', country_code: 'FRA', postal_code: '69003' },
];
const START = Date.UTC(2025, 0, 6, 9);
const MINUTE = 60_000;

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;

/** The made contact of an index: the same for the same index and id, on every run. */
function contactDraft(index: number, id: number): Omit<KeapRecord, 'id'> {
	const given = pick(GIVEN, index);
	const family = pick(FAMILY, index);
	const created = new Date(START + index * MINUTE).toISOString();
	return {
		given_name: given,
		family_name: family,
		email_addresses: [
			{ email: `contact${id}@people.example`, field: 'EMAIL1', is_opt_in: false, email_opt_status: 'UNENGAGED_NON_MARKETABLE' },
		],
		phone_numbers: index % 3 === 0 ? [{ number: `+1 480 555 ${String(1_000 + (index % 9_000))}`, type: 'Mobile', field: 'PHONE1' }] : [],
		addresses: index % 2 === 0 ? [{ ...pick(PLACES, index / 2), field: 'BILLING' }] : [],
		fax_numbers: [],
		social_accounts: [],
		custom_fields: [],
		source_type: 'API',
		create_time: created,
		update_time: created,
	};
}

/** Adds `count` made contacts and gives their ids. */
export function manyContacts(contacts: RecordStore, count: number, extra?: (index: number) => Record<string, unknown>): string[] {
	return Array.from(
		{ length: count },
		(_unused, index) => contacts.add({ ...contactDraft(index, contacts.upcomingId), ...extra?.(index) }).id,
	);
}
