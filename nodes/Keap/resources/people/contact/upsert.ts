import type { IDataObject } from 'n8n-workflow';

import { explained } from '../../../../shared/catalogue/batching/keptEntries';
import { BadInput } from '../../../../shared/catalogue/operation/badInput';
import { listOf } from '../../../../shared/runtime/listOf';
import { maskOf, toRequest } from '../../../../shared/catalogue/calls/request';
import { inner } from '../../../../shared/runtime/isRecord';
import type { Answer, Call, Operation, Work } from '../../../../shared/catalogue/operation/types';
import { doubtOf, keapGetAll, keapRequest } from '../../../../shared/transport';
import { LIST_NAMES } from '../../../../shared/records/people/contactLists';
import { AddressDirectory, addressesOf, GROUP, KNOWN_FIELDS, plain } from '../../../../shared/records/people/addressDirectory';
import { mainAddress, send, assignSerialKeys, withMainEntries } from './body';
import { mergedBody } from './mergeLists';
import { OwnWrites } from './ownWrites';

const PATH = '/crm/rest/v2/contacts';

/** Contacts that are read for one address at most. Two that match are an error already, so more add nothing. */
const MOST = 10;

const keeps = ({ values }: Call): boolean => values.listHandling !== 'replace';

/** By run of the node: the account is read through once for all groups. */
const directories = new WeakMap<Work, Promise<AddressDirectory | undefined>>();

function directoryOf(work: Work, all: readonly Call[]): Promise<AddressDirectory | undefined> {
	const known = directories.get(work) ?? AddressDirectory.read(work, new Set(all.filter(keeps).map(mainAddress)));
	directories.set(work, known);
	return known;
}

/**
 * Create or update. Keap replaces the lists of a contact that it finds, so the contact is looked up here and, if there is one,
 * updated with its other entries kept; for many items in few calls. Where the user wants the other entries removed, Keap does it all.
 */
export const upsert: NonNullable<Operation['performInGroups']> = {
	size: GROUP,
	begin: async (work, group, all) => {
		assignSerialKeys(group);
		const keeping = group.filter(keeps);
		const directory = keeping.length === 0 ? undefined : await directoryOf(work, all);
		const known: Map<string, IDataObject[] | Error> =
			(await directory?.contactsOf(work, new Set(keeping.map(mainAddress)))) ?? new Map<string, IDataObject[] | Error>();
		const own = OwnWrites.of(work);
		return async (each, call) => {
			const address = mainAddress(call);
			// What is not known of a write, or of what Keap has made of it, is looked up for the next item with the address.
			const forget = (): void => {
				known.delete(address);
				own.forget(address);
			};
			if (!keeps(call)) return await send(each, call).finally(forget);
			const listed = known.get(address) ?? (await lookUp(each, call, address));
			if (listed instanceof Error) throw listed;
			known.set(address, listed);
			const contact = contactMeant(call, own.over(listed, address), address);
			const writing = contact === undefined ? create(each, call) : update(each, call, contact);
			const written = await writing.catch((error: unknown) => {
				if (doubtOf(error) !== undefined) forget();
				throw error;
			});
			// Confirmed by its status alone (204), a new contact has no ID here.
			if (written.contact.id === undefined) forget();
			else {
				own.wrote(call.item, written.contact);
				directory?.wrote(written.contact);
			}
			return written.answer;
		};
	},
};

/** Keap's answer, and the contact as it is known from then on. */
interface Written {
	readonly answer: Answer;
	readonly contact: IDataObject;
}

async function create(work: Work, call: Call): Promise<Written> {
	const body = withMainEntries(call);
	const { status, body: answered } = await keapRequest(work.context, toRequest({ ...call, body }, work));
	const answer = inner(answered);
	const id = answer.id === undefined ? undefined : String(answer.id);
	if (status === UPDATED && id !== undefined) hintAtReplaced(work, id, body);
	return { answer, contact: { ...body, id } };
}

/** Keap's status for a contact that it has found itself; a new one is 201. */
const UPDATED = 200;

/** Hints of a run: more of them nobody would read. */
const MOST_HINTS = 5;
const hints = new WeakMap<Work['context'], number>();

/**
 * Keap has found a contact that its search did not show yet, and replaced its lists: what it had besides could not be kept, and nothing
 * in its answer says what that was.
 */
function hintAtReplaced({ context }: Work, id: string, body: IDataObject): void {
	const given = hints.get(context) ?? 0;
	if (given >= MOST_HINTS || typeof context.addExecutionHints !== 'function') return;
	hints.set(context, given + 1);
	const lists = LIST_NAMES.filter((name) => name in body).map((name) => name.replace('_', ' '));
	context.addExecutionHints({
		type: 'warning',
		location: 'outputPane',
		message: `Contact ${id} was in Keap already, although Keap's search did not show it yet. Keap has replaced its ${lists.join(', ')} by those of the item: look at it in Keap if it may have had others.`,
	});
}

async function lookUp({ context, signal }: Work, { item }: Call, address: string): Promise<IDataObject[]> {
	return await keapGetAll(
		context,
		{ method: 'GET', path: PATH, query: { filter: `email==${address}`, fields: KNOWN_FIELDS }, item, signal },
		{ records: 'contacts', limit: MOST, isAsked: (contact) => addressesOf(contact).includes(address) },
	);
}

/** The contact that Keap would take for the same one. @throws BadInput where several fit: which of them is meant can't be known */
function contactMeant(call: Call, found: readonly IDataObject[], address: string): IDataObject | undefined {
	const body = withMainEntries(call);
	const same = found.filter((one) => addressesOf(one).includes(address) && isSame(one, body, call.query.duplicate_option));
	if (same.length > 1) {
		throw new BadInput(
			`belongs to ${same.length} contacts in Keap: ${same.map(({ id }) => String(id)).join(', ')}`,
			'Merge them, update the one that is meant by its ID, or choose Match On > Email and Name if their names differ.',
			'Email',
		);
	}
	return same[0];
}

/** @param option what Keap compares besides the email address */
function isSame(known: IDataObject, given: IDataObject, option: unknown): boolean {
	if (option === 'Email') return true;
	if (plain(known.given_name) !== plain(given.given_name) || plain(known.family_name) !== plain(given.family_name)) return false;
	return option === 'EmailAndName' || inner(known.company).id === inner(given.company).id;
}

async function update(work: Work, call: Call, known: IDataObject): Promise<Written> {
	const { context, signal } = work;
	const given = withMainEntries(call);
	const lists = { ...given, email_addresses: inItsSlot(call, listOf(given.email_addresses), listOf(known.email_addresses)) };
	const { body, kept } = mergedBody(known, lists);
	// As the row asks for them: the whole record, or what the simplified one needs.
	const { fields } = toRequest(call, work).query ?? {};
	const about = {
		path: `${PATH}/{contact_id}`,
		pathParams: { contact_id: String(known.id) },
		item: call.item,
		signal,
		expects: { record: ['id'] },
	} as const;
	const contact = { ...known, ...body };
	if (Object.keys(body).length === 0)
		return { contact, answer: inner((await keapRequest(context, { ...about, method: 'GET', query: { fields } })).body) };
	try {
		const { body: answer } = await keapRequest(context, { ...about, method: 'PATCH', query: { update_mask: maskOf(body), fields }, body });
		return { contact, answer: inner(answer) };
	} catch (error) {
		throw await explained(error, work, call, kept);
	}
}

/** The address of the Email field stays in the slot that it has in Keap already: as Email 1 it would push out another one. */
function inItsSlot({ values }: Call, given: readonly IDataObject[], known: readonly IDataObject[]): IDataObject[] {
	const slot = known.find(({ email }) => plain(email) === plain(values.email))?.field;
	const [main, ...others] = given;
	if (values.email === undefined || main === undefined || slot === undefined || others.some(({ field }) => field === slot))
		return [...given];
	return [{ ...main, field: slot }, ...others];
}
