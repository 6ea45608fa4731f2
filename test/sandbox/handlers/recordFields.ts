import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';

/** The values of a record that a filter or order field speaks of; more than one where any of them may match. */
export type FieldReader = (record: KeapRecord, state: SandboxState) => readonly unknown[];
export type FieldReaders = Readonly<Record<string, FieldReader>>;

type Entry = Record<string, unknown>;

const entries = (value: unknown): Entry[] => (Array.isArray(value) ? (value as Entry[]) : []);
const member = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null ? (value as Entry)[name] : undefined;
const primaryAddress = (record: KeapRecord) =>
	entries(record.addresses).find(({ field }) => field === 'BILLING') ?? entries(record.addresses)[0];

/** `billing_address_locality` and its like: one member of the address in one slot. */
const addressReaders: FieldReaders = Object.fromEntries(
	['billing', 'shipping', 'other'].flatMap((slot) =>
		['line1', 'locality', 'region', 'postal_code', 'country_code'].map((part): [string, FieldReader] => [
			`${slot}_address_${part}`,
			(record) =>
				entries(record.addresses)
					.filter(({ field }) => field === slot.toUpperCase())
					.map((address) => address[part]),
		]),
	),
);

export const CONTACT_READERS: FieldReaders = {
	...addressReaders,
	email: (record) => entries(record.email_addresses).map(({ email }) => email),
	company_id: (record) => [member(record.company, 'id')],
	phone_number: (record) => entries(record.phone_numbers).map(({ number }) => number),
	city: (record) => [primaryAddress(record)?.locality],
	state: (record) => [primaryAddress(record)?.region],
	lead_source_name: (record, state) => [state.leadSources.get(String(record.leadsource_id))?.name],
};

export const COMPANY_READERS: FieldReaders = {
	name: (record) => [record.company_name],
	email: (record) => [member(record.email_address, 'email')],
	city: (record) => [member(record.address, 'locality')],
	state: (record) => [member(record.address, 'region')],
};

export const TAG_READERS: FieldReaders = { category_id: (record) => [member(record.category, 'id')] };

export const USER_READERS: FieldReaders = {
	email: (record) => entries(record.email_addresses).map(({ email }) => email),
	name: (record) => [record.family_name],
};

/**
 * The reader of a field: a list's own, else the record's field of that name, else (`contact_id` of a contact) its id.
 */
export const readerOf = (readers: FieldReaders, field: string): FieldReader =>
	readers[field] ?? ((record) => [record[field] ?? (field.endsWith('_id') ? record.id : undefined)]);
