import { isIsoDate } from '../contract/schema';
import { badRequest } from '../errors';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { contactOf } from './contacts';
import { answerV1List } from './lists';
import { compareValues } from './matching';

type Entry = Record<string, unknown>;

const entries = (value: unknown): Entry[] => (Array.isArray(value) ? (value as Entry[]) : []);
const number = (id: unknown) => (id === undefined ? undefined : Number(id));
const emails = (record: KeapRecord) => entries(record.email_addresses).map(({ email }) => String(email).toLowerCase());

/** A contact as version 1 shows it: ids are integers, times have other names, no slots. */
function view(record: KeapRecord): Entry {
	const company = record.company as { id?: string; company_name?: string } | undefined;
	return {
		id: Number(record.id),
		given_name: record.given_name,
		family_name: record.family_name,
		email_addresses: entries(record.email_addresses).map(({ email }) => ({ email })),
		phone_numbers: entries(record.phone_numbers).map(({ number: digits, type, extension }) => ({ number: digits, type, extension })),
		addresses: entries(record.addresses).map((address) => without(address, 'field')),
		company: company && { id: number(company.id), company_name: company.company_name },
		owner_id: number(record.owner_id),
		lead_source_id: number(record.leadsource_id),
		job_title: record.job_title,
		date_created: record.create_time,
		last_updated: record.update_time,
	};
}

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
	'v1/getContactsContactId': ({ state, params }) => ({ status: 200, body: view(contactOf(state, params.contactId ?? '')) }),
};
