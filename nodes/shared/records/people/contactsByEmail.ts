import type { IDataObject } from 'n8n-workflow';

import { email, isEmpty, located, partsOf, recordIds } from '../../catalogue/fields/encode';
import { field, type FieldTexts } from '../../catalogue/fields/fields';
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

/** An address where an ID may stand as well; anything else is none. */
export function contactByEmail(raw: unknown): string | undefined {
	const value = located(raw);
	if (typeof value !== 'string' || !value.includes('@')) return undefined;
	const address = email(value);
	return address === undefined ? undefined : referenceTo(`${KIND} ${address.toLowerCase()}`);
}

/** @returns the contacts that have the address, or why they could not be read */
async function lookUp({ context, signal }: Work, address: string): Promise<IDataObject[] | Error> {
	const { path, records } = CONTACT_LOOKUP;
	const query = { filter: `email==${address}`, fields: ['id', 'email_addresses'] };
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

/** The one contact that is meant. Which of several can't be known, and a guess would write to the wrong one. */
function idOf(address: string, found: readonly IDataObject[] | Error): string | Error {
	if (found instanceof Error) return found;
	const ids = [...new Set(found.map(({ id }) => String(id)))];
	const [id] = ids;
	if (id === undefined)
		return new BadInput(
			`Keap has no contact with the email address ${address}`,
			'Check the address, or make the contact first with Contact > Create or Update.',
		);
	if (ids.length > 1)
		return new BadInput(
			`Keap has ${ids.length} contacts with the email address ${address}: ${ids.sort((a, b) => Number(a) - Number(b)).join(', ')}`,
			'Name the one that is meant by its ID, or merge them with Contact > Merge.',
		);
	return id;
}

/** One look-up for each address, or where that takes fewer calls one pass over the addresses of the account. */
const resolver: ReferenceResolver = {
	kind: KIND,
	resolve: async (work, texts) => {
		const addresses = new Set([...texts].map((text) => text.slice(KIND.length + 1)));
		const directory = await AddressDirectory.read(work, addresses);
		const known = (await directory?.contactsOf(work, addresses)) ?? new Map<string, IDataObject[] | Error>();
		const found = await Promise.all(
			[...addresses].map(
				async (address) => [`${KIND} ${address}`, idOf(address, known.get(address) ?? (await lookUp(work, address)))] as const,
			),
		);
		return new Map(found);
	},
};

/** How a contact is named besides by list and by ID. */
export const byEmail: LocatorMode = {
	texts: ['email', 'By Email', 'name@email.com'],
	encode: contactByEmail,
	resolver,
};

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
