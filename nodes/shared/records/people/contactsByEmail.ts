import type { IDataObject } from 'n8n-workflow';

import { email, isEmpty, located, partsOf, recordIds } from '../../catalogue/fields/encode';
import { field, type FieldTexts, options } from '../../catalogue/fields/fields';
import { BadInput, shown } from '../../catalogue/operation/badInput';
import type { Field, ReferenceResolver, Work } from '../../catalogue/operation/types';
import { referenceTo } from '../../catalogue/operation/reference';
import type { LocatorMode } from '../../locators/locator';
import { isCancelled, keapGetAll } from '../../transport';
import { AddressDirectory, addressesOf } from './addressDirectory';
import { CONTACT_LOOKUP } from './contactLists';

const KIND = 'contact';

/** Contacts that are read for one address at most: two are an error already. */
const MOST = 10;

/** The mode in which the oldest of several contacts is meant, and what stands behind the address then. */
const OLDEST = 'oldestByEmail';
const THE_OLDEST = ' oldest';

/** An address where an ID may stand as well; anything else is none. */
function contactByEmail(raw: unknown): string | undefined {
	const value = located(raw);
	if (typeof value !== 'string' || !value.includes('@')) return undefined;
	const address = email(value);
	const which = typeof raw === 'object' && (raw as { mode?: unknown }).mode === OLDEST ? THE_OLDEST : '';
	return address === undefined ? undefined : referenceTo(`${KIND} ${address.toLowerCase()}${which}`);
}

/** @returns the contacts that have the address, or why they could not be read */
async function lookUp({ context, signal }: Work, address: string): Promise<IDataObject[] | Error> {
	const { path, records } = CONTACT_LOOKUP;
	// The oldest first: it is among the ten that are read of a hundred.
	const query = { filter: `email==${address}`, fields: ['id', 'email_addresses'], order_by: 'id asc' };
	const found = keapGetAll(
		context,
		{ method: 'GET', path, query, signal },
		{ records, limit: MOST, isAsked: (contact) => addressesOf(contact).includes(address) },
	);
	return await found.catch((error: unknown) => {
		if (isCancelled(error) || signal.aborted) throw error;
		return error as Error;
	});
}

/** Keap numbers contacts in the order in which they are made. */
const olderFirst = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);

/** The one contact that is meant. Which of several can't be known, and a guess would write to the wrong one. */
function idOf(address: string, found: readonly IDataObject[] | Error, isOldest: boolean): string | Error {
	if (found instanceof Error) return found;
	const ids = [...new Set(found.map(({ id }) => String(id)))].sort(olderFirst);
	const [id] = ids;
	if (id === undefined)
		return new BadInput(
			`Keap has no contact with the email address ${address}`,
			'Check the address, or make the contact first with Contact > Create or Update.',
		);
	if (ids.length > 1 && !isOldest)
		return new BadInput(
			`Keap has ${ids.length} contacts with the email address ${address}: ${ids.join(', ')}`,
			'Name the one that is meant by its ID, merge them with Contact > Merge, or take the oldest: with the mode By Email, the Oldest, or where several contacts are named with the option If an Email Is Shared.',
		);
	return id;
}

/** One look-up for each address, or where that takes fewer calls one pass over the addresses of the account. */
const resolver: ReferenceResolver = {
	kind: KIND,
	resolve: async (work, texts, wanting) => {
		const addressOf = (text: string): string => text.slice(KIND.length + 1).replace(THE_OLDEST, '');
		const isOldest = (text: string): boolean =>
			text.endsWith(THE_OLDEST) || wanting(text).every(({ values }) => values[SEVERAL_WITH_EMAIL] === 'oldest');
		const addresses = new Set([...texts].map(addressOf));
		const directory = await AddressDirectory.read(work, addresses);
		const known = (await directory?.contactsOf(work, addresses)) ?? new Map<string, IDataObject[] | Error>();
		const found = new Map(
			await Promise.all([...addresses].map(async (address) => [address, known.get(address) ?? (await lookUp(work, address))] as const)),
		);
		return new Map([...texts].map((text) => [text, idOf(addressOf(text), found.get(addressOf(text)) ?? [], isOldest(text))]));
	},
};

/** How a contact is named besides by list and by ID. */
export const byEmail: LocatorMode = {
	texts: [
		['email', 'By Email', 'name@email.com'],
		[OLDEST, 'By Email, the Oldest'],
	],
	encode: contactByEmail,
	resolver,
};

const SEVERAL_WITH_EMAIL = 'severalWithEmail';

/** For operations that take several contacts by their addresses: a locator has a mode for it. */
export const severalWithEmail: Field = options(SEVERAL_WITH_EMAIL, 'If an Email Is Shared', {
	in: 'none',
	choices: [
		['error', 'Error', 'Nothing is done for the item; the error names the IDs'],
		['oldest', 'Take the Oldest', 'The one that was made first: it has the lowest ID'],
	],
	description: 'Which contact is meant by an email address that several contacts have',
});

/** Several contacts, by ID or by email address, as text with commas or as a list. */
export const contactList = (texts: Partial<FieldTexts> = {}): Field => {
	const made = field(
		{ name: 'contactIds', displayName: 'Contact IDs or Emails', placeholder: 'e.g. 101,ada@example.com', ...texts },
		{ type: 'string', default: '' },
		severalContacts,
	);
	return { ...made, resolver };
};

function severalContacts(raw: unknown): string[] | undefined {
	if (isEmpty(raw)) return undefined;
	const parts = (typeof raw === 'string' ? partsOf(raw, /[\s,;]+/) : [raw].flat()).filter((part) => !isEmpty(part));
	if (parts.length === 0)
		throw new BadInput('has no ID or email address in it', 'Give at least one contact; several are separated by commas.');
	return [...new Set(parts.flatMap((part) => contactByEmail(part) ?? idsIn(part)))];
}

function idsIn(part: unknown): string[] {
	try {
		return recordIds(part) ?? [];
	} catch (error) {
		throw asNoContact(error, part);
	}
}

function asNoContact(error: unknown, part: unknown): unknown {
	if (!(error instanceof BadInput)) return error;
	const advice = 'Name each contact by its email address, or by its ID: a whole number, such as 1234';
	return new BadInput(
		`has neither a Keap ID nor an email address in ${shown(part)}`,
		`${advice}, which is in the address of the contact in Keap.`,
		undefined,
		`${advice}. Look it up with the tool that lists or searches contacts.`,
	);
}
