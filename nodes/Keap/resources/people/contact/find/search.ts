import type { IDataObject } from 'n8n-workflow';

import { fieldsOf, limitOf } from '../../../../../shared/catalogue/calls/request';
import { paging } from '../../../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Work } from '../../../../../shared/catalogue/operation/types';
import { output } from '../../../../../shared/catalogue/output/parameters';
import { contacts } from '../../../../../shared/records/people/contacts';
import { listOf } from '../../../../../shared/runtime/listOf';
import { row } from '../../../../../shared/rows/row';
import { keapGetAll } from '../../../../../shared/transport';

/** Keap looks at those slots alone that are named. */
const PHONES = 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number==';
/** With fewer digits it is no phone number that anybody would search by. */
const LEAST_DIGITS = 5;
/** Candidates that are read for each way to search; the best of them come first. */
const MOST_CANDIDATES = 200;

/** What the text is compared with. */
const COMPARED = ['id', 'given_name', 'family_name', 'email_addresses', 'phone_numbers'] as const;

const plain = (text: string): string => text.replace(/[;*]/g, ' ').replace(/\s+/g, ' ').trim();
const folded = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase() : '');

/**
 * The filters to try for a text, the likeliest first: each is a call. The next one is tried only where those before have found nobody
 * who is meant for certain.
 */
export function filtersFor(typed: string): string[] {
	const text = plain(typed);
	if (text.includes('@')) return [`email==${text.replace(/ /g, '')}*`];
	const digits = text.replace(/\D/g, '');
	if (digits.length >= LEAST_DIGITS && !/\p{L}/u.test(text)) return [...new Set([text, digits])].map((number) => `${PHONES}${number}`);
	// "Adams, Ada" is written as in a register.
	const [last = '', given] = text.split(/ ?, ?/, 2);
	const words = (given === undefined || given === '' ? last : `${given} ${last}`).split(' ').filter((word) => word !== '');
	const named = (first: string, family: string): string => `given_name==${first}*;family_name==${family}*`;
	const [one = '', two, ...more] = words;
	if (two === undefined) return [`family_name==${one}*`, `given_name==${one}*`];
	const end = more.at(-1) ?? two;
	// A name of three words has its middle in either part: "Mary Jane Watson", "Ada van Dyke".
	return [...new Set([named(one, two), named(one, end), named(two, one), named(end, one)])];
}

/** How well a contact fits: 0 for exactly, 1 for the beginning of what was typed, 2 for all else that Keap has found. */
export function farnessOf(contact: IDataObject, typed: string): number {
	const wanted = folded(plain(typed).replace(/ ?, ?/, ' '));
	const [given, family] = [folded(contact.given_name), folded(contact.family_name)];
	const emails = listOf(contact.email_addresses).map(({ email }) => folded(email));
	const numbers = listOf(contact.phone_numbers).map(({ number }) => String(number).replace(/\D/g, ''));
	const digits = wanted.replace(/\D/g, '');
	const names = [`${given} ${family}`.trim(), `${family} ${given}`.trim(), given, family];
	if (names.slice(0, 2).includes(wanted) || emails.includes(wanted)) return 0;
	if (!/\p{L}/u.test(wanted) && digits.length >= LEAST_DIGITS && numbers.includes(digits)) return 0;
	return names.some((name) => name === wanted || name.startsWith(wanted)) ? 1 : 2;
}

/** The contacts that fit best, in as few calls as it takes: one for an address and for most names. */
async function search(work: Work, call: Call): Promise<IDataObject[]> {
	const typed = String(call.values.searchText);
	const { limit = MOST_CANDIDATES } = limitOf(call);
	const { fields: asked } = { fields: contacts.fields, ...fieldsOf(call) };
	const found = new Map<string, IDataObject>();
	const isOneWord = !plain(typed).includes(' ') && !typed.includes('@');
	for (const filter of filtersFor(typed)) {
		const request = { method: 'GET', path: contacts.path, item: call.item, signal: work.signal } as const;
		const query = { filter, fields: [...new Set([...COMPARED, ...asked])] };
		const page = await keapGetAll(
			work.context,
			{ ...request, query },
			{ records: contacts.records, limit: Math.max(limit, MOST_CANDIDATES) },
		);
		for (const contact of page) found.set(String(contact.id), contact);
		// One word may be a first or a last name: both are looked for. A number or a full name that is found is meant.
		if (!isOneWord && [...found.values()].some((contact) => farnessOf(contact, typed) === 0)) break;
		if (/\d/.test(typed) && found.size > 0) break;
	}
	const scored = [...found.values()].map((contact) => ({ contact, farness: farnessOf(contact, typed) }));
	return scored
		.sort((a, b) => a.farness - b.farness)
		.slice(0, limit)
		.map(({ contact }) => contact);
}

export const searchRow: Operation = row('search', 'Search', 'GET /crm/rest/v2/contacts', {
	action: 'Search contacts',
	description: 'Find contacts by an email address, a phone number, or a name in either order. The best matches come first.',
	fields: [
		fields.field(
			{
				name: 'searchText',
				displayName: 'Search For',
				in: 'none',
				required: true,
				placeholder: 'e.g. Ada Adams',
				description: 'An email address or its beginning, a phone number, or a name',
			},
			{ type: 'string', default: '' },
			(raw) => {
				const text = typeof raw === 'string' || typeof raw === 'number' ? plain(String(raw)) : '';
				if (text === '') throw new BadInput('is empty', 'Give an email address, a phone number or a name.');
				return text;
			},
		),
		...paging,
		...output,
	],
	...(contacts.simplify !== undefined && { simplify: contacts.simplify }),
	query: { fields: contacts.fields },
	answer: 'records',
	records: contacts.records,
	perform: search,
});
