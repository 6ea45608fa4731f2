import type { IDataObject } from 'n8n-workflow';

import { fieldsOf, limitOf } from '../../../../../shared/catalogue/calls/request';
import { paging } from '../../../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Work } from '../../../../../shared/catalogue/operation/types';
import { output } from '../../../../../shared/catalogue/output/parameters';
import { plainText } from '../../../../../shared/locators/prefixSearch';
import { addressIn, contactFilters } from '../../../../../shared/records/people/search/contactFilters';
import { contacts } from '../../../../../shared/records/people/contacts';
import { listOf } from '../../../../../shared/runtime/listOf';
import { row } from '../../../../../shared/rows/row';
import { keapGetAll } from '../../../../../shared/transport';

/** Candidates that are read for each way to search; the best of them come first. */
const MOST_CANDIDATES = 200;

/** What the text is compared with. */
const COMPARED = ['id', 'given_name', 'family_name', 'email_addresses', 'phone_numbers'] as const;

const folded = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim().toLowerCase() : '');

/** Fewer digits are no whole phone number. */
const LEAST_DIGITS = 5;

/** How well a contact fits: 0 for exactly, 1 for the beginning of what was typed, 2 for all else that Keap has found. */
function farnessOf(contact: IDataObject, typed: string): number {
	const text = plainText(typed);
	const wanted = folded(text.includes('@') ? addressIn(text) : text.replace(/ ?, ?/, ' '));
	const [given, family] = [folded(contact.given_name), folded(contact.family_name)];
	const emails = listOf(contact.email_addresses).map(({ email }) => folded(email));
	const numbers = listOf(contact.phone_numbers).map(({ number }) => String(number).replace(/\D/g, ''));
	const digits = wanted.replace(/\D/g, '');
	const texts = [`${given} ${family}`.trim(), `${family} ${given}`.trim(), given, family, ...emails];
	if (texts.includes(wanted) || contact.id === wanted) return 0;
	if (!/\p{L}/u.test(wanted) && digits.length >= LEAST_DIGITS && numbers.includes(digits)) return 0;
	return texts.some((one) => one.startsWith(wanted)) ? 1 : 2;
}

/** One word may begin a first name and be the whole of somebody's last name; a number, an address or a full name says what is meant. */
const isSettled = (found: readonly IDataObject[], typed: string): boolean =>
	/[\d@ ]/.test(plainText(typed)) ? found.length > 0 : found.some((contact) => farnessOf(contact, typed) === 0);

/** The contacts that fit best, in as few calls as it takes: one as a rule, three where nobody is found. */
async function search(work: Work, call: Call): Promise<IDataObject[]> {
	const typed = String(call.values.searchText);
	const { limit = MOST_CANDIDATES } = limitOf(call);
	const { fields: asked } = { fields: contacts.fields, ...fieldsOf(call) };
	const found = new Map<string, IDataObject>();
	for (const filter of contactFilters(typed)) {
		const request = { method: 'GET', path: contacts.path, item: call.item, signal: work.signal } as const;
		const query = { filter, fields: [...new Set([...COMPARED, ...asked])] };
		const page = await keapGetAll(
			work.context,
			{ ...request, query },
			{ records: contacts.records, limit: Math.max(limit, MOST_CANDIDATES) },
		);
		for (const contact of page) found.set(String(contact.id), contact);
		if (isSettled([...found.values()], typed)) break;
	}
	const scored = [...found.values()].map((contact) => ({ contact, farness: farnessOf(contact, typed) }));
	return scored
		.sort((a, b) => a.farness - b.farness)
		.slice(0, limit)
		.map(({ contact }) => contact);
}

export const searchRow: Operation = row('search', 'Search', 'GET /crm/rest/v2/contacts', {
	action: 'Search contacts',
	description:
		'Find contacts by an email address, a phone number, an ID, or a name, best a full one in either order. The best matches come first.',
	costs: ['1; up to 3 where that finds nobody', '1,000 to 3,000'],
	fields: [
		fields.field(
			{
				name: 'searchText',
				displayName: 'Search For',
				in: 'none',
				required: true,
				placeholder: 'e.g. Ada Adams',
				description: 'An email address or its beginning, a phone number, an ID, or a name',
			},
			{ type: 'string', default: '' },
			(raw) => {
				const text = typeof raw === 'string' || typeof raw === 'number' ? plainText(String(raw)) : '';
				if (text === '') throw new BadInput('is empty', 'Give an email address, a phone number, an ID or a name.');
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
