/** The records that a new account holds, as data. Ids are given in this order. */

export const SEED_TIME = '2025-01-06T09:00:00.000Z';

const person = (given_name: string, family_name: string, email: string) => ({
	given_name,
	family_name,
	keap_id: email,
	status: 'ACTIVE',
	partner: false,
	email_addresses: [{ email, field: 'EMAIL1' }],
	phone_numbers: [],
	fax_numbers: [],
});

export const USERS = [
	{ ...person('Olivia', 'Baker', 'olivia@bakery.example'), admin: true },
	{ ...person('Marc', 'Vidal', 'marc@bakery.example'), admin: false },
	{ ...person('Noor', 'Haddad', 'noor@bakery.example'), admin: false },
];

export const TAG_CATEGORIES = [
	{ name: 'Newsletter', description: 'Who gets which letter', tags: ['Newsletter: weekly', 'Newsletter: monthly'] },
	{ name: 'Customer', description: 'How far they came', tags: ['Prospect', 'Customer', 'Regular'] },
	{ name: 'Event', description: '', tags: ['Open day 2025', 'Bread course'] },
	{ name: 'Import', description: 'Where a list came from', tags: ['Imported'] },
];

export const LEAD_SOURCES = [
	{ name: 'Website', description: 'Contact form', vendor: 'Own site', medium: 'Web' },
	{ name: 'Referral', description: 'A friend told them', vendor: '', medium: 'Word of mouth' },
	{ name: 'Google Ads', description: '', vendor: 'Google', medium: 'Search' },
	{ name: 'Trade fair', description: 'Spring fair', vendor: 'City fair', medium: 'Event' },
];

export const LINK_TYPES = [
	{ name: 'Spouse', max_links: 1 },
	{ name: 'Colleague', max_links: 50 },
];

const company = (company_name: string, email: string, locality: string, region: string, country_code: string) => ({
	company_name,
	email_address: { email, field: 'EMAIL1' },
	address: { line1: '1 Main Street', locality, region, country_code, field: 'BILLING' },
});

export const COMPANIES = [
	company('Acme Corporation', 'office@acme.example', 'Chandler', 'Arizona', 'USA'),
	company('Acme Tools', 'office@acme-tools.example', 'Phoenix', 'Arizona', 'USA'),
	company('Bäckerei Huber', 'info@huber.example', 'Graz', 'Steiermark', 'AUT'),
	company('Café Lumière', 'bonjour@lumiere.example', 'Lyon', 'Auvergne-Rhône-Alpes', 'FRA'),
	company('Nguyen & Sons', 'mail@nguyen.example', 'Austin', 'Texas', 'USA'),
];

const field = (label: string, field_name: string, field_type: string, options: readonly string[] = []) => ({
	label,
	field_name,
	field_type,
	options: options.map((option, index) => ({ id: String(index + 1), label: option })),
});

export const CUSTOM_FIELDS = [
	field('Nickname', 'Nickname', 'TEXT'),
	field('Favourite bread', 'Favouritebread', 'DROPDOWN', ['Rye', 'Sourdough', 'Baguette', 'Ciabatta']),
	field('Member since', 'Membersince', 'DATE'),
	field('Gluten free', 'Glutenfree', 'YES_NO'),
	field('Loaves per week', 'Loavesperweek', 'WHOLE_NUMBER'),
	field('Credit limit', 'Creditlimit', 'CURRENCY'),
	field('Interests', 'Interests', 'LIST_BOX', ['Baking', 'Coffee', 'Events', 'Recipes']),
	field('Blog', 'Blog', 'WEBSITE'),
];

/** Those of other kinds of record, by the folder of their model; tasks and notes share theirs. */
export const OTHER_CUSTOM_FIELDS: Readonly<Record<string, typeof CUSTOM_FIELDS>> = {
	companies: [field('Delivery day', 'Deliveryday', 'DROPDOWN', ['Monday', 'Thursday']), field('Ovens', 'Ovens', 'WHOLE_NUMBER')],
	opportunities: [field('Budget', 'Budget', 'CURRENCY'), field('Competitor', 'Competitor', 'TEXT')],
	tasks: [field('Room', 'Room', 'TEXT'), field('Urgent', 'Urgent', 'YES_NO')],
};

export const OPPORTUNITY_STAGES = [
	{ name: 'New', order: 1, target_number_days: 3, probability: 10 },
	{ name: 'Tasting', order: 2, target_number_days: 14, probability: 50 },
	{ name: 'Won', order: 3, target_number_days: 0, probability: 100 },
];

export const USER_GROUPS = ['Bakers', 'Sales'];

/** Contacts that differ from the made ones where it matters: several slots, no e-mail, custom fields, a company. By index. */
export const NOTABLE_CONTACTS: ReadonlyArray<Record<string, unknown>> = [
	{
		given_name: 'Ada',
		family_name: 'Adams',
		email_addresses: [
			{ email: 'ada@adams.example', field: 'EMAIL1', is_opt_in: true, email_opt_status: 'SINGLE_OPT_IN' },
			{ email: 'ada.work@acme.example', field: 'EMAIL2', is_opt_in: false, email_opt_status: 'UNENGAGED_NON_MARKETABLE' },
		],
		phone_numbers: [
			{ number: '+1 480 555 0101', type: 'Mobile', field: 'PHONE1' },
			{ number: '+1 480 555 0102', type: 'Work', field: 'PHONE2', extension: '12' },
			{ number: '+1 480 555 0103', type: 'Home', field: 'PHONE3' },
		],
		addresses: [
			{ line1: '12 Oak Street', locality: 'Chandler', region: 'Arizona', country_code: 'USA', postal_code: '85225', field: 'BILLING' },
			{ line1: '1 Main Street', locality: 'Phoenix', region: 'Arizona', country_code: 'USA', postal_code: '85001', field: 'SHIPPING' },
		],
		fax_numbers: [{ number: '+1 480 555 0199', type: 'Work', field: 'FAX1' }],
		social_accounts: [{ name: 'ada.adams', type: 'LINKED_IN' }],
		custom_fields: [
			{ id: '7', content: 'Countess' },
			{ id: '8', content: 'Sourdough' },
			{ id: '13', content: ['Baking', 'Events'] },
		],
		company: { id: '3001', company_name: 'Acme Corporation' },
		job_title: 'Engineer',
		leadsource_id: '801',
	},
	{ given_name: 'Ben', family_name: 'Adams', company: { id: '3001', company_name: 'Acme Corporation' } },
	{
		given_name: 'Chloé',
		family_name: 'Costa',
		email_addresses: [],
		phone_numbers: [{ number: '+33 4 72 00 00 01', type: 'Home', field: 'PHONE1' }],
	},
];

/** A contact as people left it years ago: Keap gives all of it out and takes none of it back. */
export const OLD_CONTACT = {
	index: 19,
	fields: {
		email_addresses: [
			{ email: 'contact20@people.example', field: 'EMAIL1', is_opt_in: false, email_opt_status: 'UNENGAGED_NON_MARKETABLE' },
			{ email: 'contact20 at work', field: 'EMAIL2', is_opt_in: false, email_opt_status: 'INVALID' },
		],
		addresses: [{ line1: '9 Old Road', locality: 'Boulder', region: 'CO', postal_code: '80301', field: 'BILLING' }],
		custom_fields: [
			{ id: '8', content: 'White bread' },
			{ id: '13', content: ['Baking', 'Knitting'] },
		],
		time_zone: 'US/Mountain',
		contact_type: 'Wholesale',
	},
};
