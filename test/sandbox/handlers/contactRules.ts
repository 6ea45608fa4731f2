import { isIsoDate } from '../contract/schema';
import { TIME_ZONES } from '../contract/timeZones';
import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import { afterOptIn, isOptedIn, knownStatus, WITHOUT_REASON } from './consent';
import { checkedCustomFields, isEmail } from './customFieldRules';
import { checkAddress } from './addressRules';
import { checkReference } from './references';

type Fields = Readonly<Record<string, unknown>>;

/** Lists whose entries each fill one slot (`EMAIL1`, `BILLING`, …), with what makes an entry worth keeping. */
const SLOT_LISTS: Readonly<Record<string, string | undefined>> = {
	email_addresses: 'email',
	phone_numbers: 'number',
	fax_numbers: 'number',
	addresses: undefined,
};
const REACHABLE_BY = ['email_addresses', 'phone_numbers', 'addresses'];
const DATES = ['anniversary_date', 'birth_date'];

/** Fields that look like free text and take only what Keap or the account knows. */
const FIXED: Readonly<Record<string, { takes: (value: string, state: SandboxState) => boolean; called: string }>> = {
	time_zone: { takes: (value) => TIME_ZONES.has(value), called: "one of Keap's time zones" },
	preferred_locale: { takes: (value) => /^[a-z]{2}_[A-Z]{2}$/.test(value), called: 'a locale like en_US' },
	contact_type: { takes: (value, state) => state.contactTypes.includes(value), called: "one of the account's contact types" },
};

const entriesOf = (fields: Fields, name: string): Array<Record<string, unknown>> => (fields[name] ?? []) as Array<Record<string, unknown>>;

function checkSlots(fields: Fields, name: string, needed: string | undefined): void {
	const seen = new Set<unknown>();
	entriesOf(fields, name).forEach((entry, index) => {
		const at = `${name}[${index}]`;
		const slot = entry.field;
		if (slot === undefined || String(slot).endsWith('_UNSPECIFIED'))
			throw badRequest(`${at}.field is required: it says which slot the entry fills`, `${at}.field`);
		if (seen.has(slot)) throw badRequest(`${at}.field: ${String(slot)} is given twice`, `${at}.field`);
		seen.add(slot);
		if (needed && !entry[needed]) throw badRequest(`${at}.${needed} is required`, `${at}.${needed}`);
	});
}

/**
 * Holds the fields of a contact, which match the contract already, to what Keap asks of them beyond types.
 * @param created Whether a new contact must be reachable in some way.
 * @returns The fields as Keap stores them.
 * @throws ApiError 400 that names the field.
 */
export function checkedContact(fields: Fields, state: SandboxState, created: boolean, now: string): Record<string, unknown> {
	if (created && REACHABLE_BY.every((name) => entriesOf(fields, name).length === 0)) {
		throw badRequest(`A contact needs at least one of ${REACHABLE_BY.join(', ')}`, 'email_addresses');
	}
	for (const [name, needed] of Object.entries(SLOT_LISTS)) checkSlots(fields, name, needed);
	entriesOf(fields, 'email_addresses').forEach(({ email }, index) => {
		if (!isEmail(email))
			throw badRequest(`email_addresses[${index}].email: "${String(email)}" is no e-mail address`, `email_addresses[${index}].email`);
	});
	entriesOf(fields, 'addresses').forEach((address, index) => checkAddress(address, `addresses[${index}]`));
	for (const name of DATES) {
		const date = fields[name];
		if (date !== undefined && !isIsoDate(String(date))) throw badRequest(`${name} must be an ISO 8601 date, not "${String(date)}"`, name);
	}
	for (const [name, { takes, called }] of Object.entries(state.refusesUnknownChoices ? FIXED : {})) {
		const value = fields[name];
		if (value !== undefined && value !== '' && !takes(String(value), state))
			throw badRequest(`${name} must be ${called}, not "${String(value)}"`, name);
	}
	checkReference(fields, 'owner_id', state.users);
	checkReference(fields, 'leadsource_id', state.leadSources);
	return storedForm(fields, state, now);
}

/** Requests and records differ in a few fields: the e-mail's opt-in state, the company's name, where it came from. */
function storedForm(fields: Fields, state: SandboxState, now: string): Record<string, unknown> {
	const stored: Record<string, unknown> = { ...fields };
	if (fields.custom_fields) stored.custom_fields = checkedCustomFields(entriesOf(fields, 'custom_fields'), state.contactCustomFields);
	if (fields.email_addresses) {
		stored.email_addresses = entriesOf(fields, 'email_addresses').map(({ email, field, opt_in_reason: reason }) => {
			const before = knownStatus(state, String(email)) ?? WITHOUT_REASON;
			const status = reason ? afterOptIn(before) : before;
			return { email, field, is_opt_in: isOptedIn(status), email_opt_status: status, ...(reason ? { opt_in_reason: reason } : {}) };
		});
	}
	if (fields.company) stored.company = storedCompany(fields.company as Fields, state, now);
	if (fields.origin) stored.origin = { ...(fields.origin as Fields), date: now };
	if (fields.utm_parameters) stored.utm_parameters = [storedUtm(fields.utm_parameters as Fields, now)];
	return stored;
}

/** A company by id, or by name: then an existing one of that name, or a new one. */
function storedCompany({ id, company_name: name }: Fields, state: SandboxState, now: string): Fields {
	const found = id === undefined ? state.companies.rows.find((company) => company.company_name === name) : state.companies.get(String(id));
	if (id !== undefined && !found) throw badRequest(`company.id: ${String(id)} does not exist`, 'company.id');
	if (!found && !name) throw badRequest('company needs an id or a company_name', 'company');
	const company = found ?? state.companies.add({ company_name: name, custom_fields: [], create_time: now, update_time: now });
	return { id: company.id, company_name: company.company_name };
}

const storedUtm = (utm: Fields, now: string): Fields => ({
	id: 1,
	keapSourceId: utm.keap_source_id,
	utmSource: utm.utm_source,
	utmMedium: utm.utm_medium,
	utmTerm: utm.utm_term,
	utmCampaign: utm.utm_campaign,
	utmContent: utm.utm_content,
	firstTouch: true,
	lastTouch: true,
	dateCreated: now,
});
