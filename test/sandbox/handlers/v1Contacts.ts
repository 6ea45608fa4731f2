import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { contactOf } from './contacts';
import { answerV1List } from './lists';
import { compareValues } from './matching';

type Entry = Record<string, unknown>;

const entries = (value: unknown): Entry[] => (Array.isArray(value) ? (value as Entry[]) : []);
const number = (id: unknown) => (id === undefined ? null : Number(id));
const text = (value: unknown) => value ?? null;
const emails = (record: KeapRecord) => entries(record.email_addresses).map(({ email }) => String(email).toLowerCase());

/** An address in version 1: no slot, what is empty is null or an empty text, and both forms of the postal code. */
const addressView = (address: Entry): Entry => ({
	line1: text(address.line1),
	line2: address.line2 ?? '',
	locality: text(address.locality),
	region: text(address.region),
	country_code: text(address.country_code),
	postal_code: text(address.postal_code ?? address.zip_code),
	zip_code: text(address.zip_code ?? address.postal_code),
	zip_four: text(address.zip_four),
});

/** A contact as version 1 lists it: ids are integers, times have other names, what is empty is null. */
function view(record: KeapRecord): Entry {
	const company = record.company as { id?: string; company_name?: string } | undefined;
	return {
		id: Number(record.id),
		given_name: record.given_name ?? '',
		family_name: record.family_name ?? '',
		middle_name: text(record.middle_name),
		ScoreValue: text(record.score_value),
		last_updated_utc_millis: Date.parse(String(record.update_time)),
		email_addresses: entries(record.email_addresses).map(({ email }) => ({ email })),
		phone_numbers: entries(record.phone_numbers).map(({ number: digits, type, extension }) => ({ number: digits, type, extension })),
		addresses: entries(record.addresses).map(addressView),
		company: company ? { id: number(company.id), company_name: company.company_name } : null,
		owner_id: number(record.owner_id),
		lead_source_id: number(record.leadsource_id),
		job_title: text(record.job_title),
		date_created: record.create_time,
		last_updated: record.update_time,
	};
}

/** A contact by itself, with what a list leaves out. */
const wholeView = (record: KeapRecord, { contactCustomFields, contactTags }: SandboxState): Entry => ({
	...view(record),
	tag_ids: [...contactTags.tagsOf(record.id).keys()].map(Number),
	custom_fields: contactCustomFields.rows.map(({ id }) => ({
		id: Number(id),
		content: entries(record.custom_fields).find((entry) => entry.id === id)?.content ?? null,
	})),
});

const ORDERS: Readonly<Record<string, (record: KeapRecord) => unknown>> = {
	id: ({ id }) => id,
	date_created: ({ create_time: time }) => time,
	last_updated: ({ update_time: time }) => time,
	name: ({ family_name: family, given_name: given }) => `${String(family ?? '')} ${String(given ?? '')}`,
	email: (record) => emails(record)[0],
};

function wanted({ query, state }: Exchange): readonly KeapRecord[] {
	const { email, given_name: given, family_name: family, since, until, order, order_direction: direction } = query;
	for (const [name, time] of Object.entries({ since, until })) {
		if (time !== undefined && !isIsoDate(time, 'always'))
			throw badRequest(`${name} must be a date and time like 2024-01-31T12:00:00.000Z, not "${time}"`, name);
	}
	const tests: Array<((record: KeapRecord) => boolean) | undefined> = [
		email === undefined ? undefined : (record) => emails(record).includes(email.toLowerCase()),
		given === undefined ? undefined : (record) => compareValues(record.given_name, given) === 0,
		family === undefined ? undefined : (record) => compareValues(record.family_name, family) === 0,
		since === undefined ? undefined : (record) => Date.parse(String(record.update_time)) >= Date.parse(since),
		until === undefined ? undefined : (record) => Date.parse(String(record.update_time)) <= Date.parse(until),
	];
	const active = tests.flatMap((test) => test ?? []);
	const found = active.length > 0 ? state.contacts.rows.filter((record) => active.every((test) => test(record))) : state.contacts.rows;
	if (order === undefined) return found;
	const read = ORDERS[order];
	if (!read) throw badRequest(`order must be one of ${Object.keys(ORDERS).join(', ')}, not "${order}"`, 'order');
	const sign = direction?.toLowerCase() === 'descending' ? -1 : 1;
	return [...found].sort((left, right) => sign * compareValues(read(left), read(right)));
}

const list: Handler = (exchange) => {
	const answer = answerV1List(exchange, exchange.operation.path, 'contacts', wanted(exchange));
	const body = answer.body as { contacts: KeapRecord[] };
	return { ...answer, body: { ...body, contacts: body.contacts.map(view) } };
};

export const V1_CONTACT_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getContacts': list,
	'v1/getContactsContactId': ({ state, params }) => ({ status: 200, body: wholeView(contactOf(state, params.contactId ?? ''), state) }),
};
