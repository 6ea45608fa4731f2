import type { IDataObject } from 'n8n-workflow';

import { BadInput } from '../../../shared/catalogue/operation/badInput';
import { listOf } from '../../../shared/runtime/listOf';
import { maskOf } from '../../../shared/catalogue/calls/request';
import { inner } from '../../../shared/catalogue/simplify';
import type { Answer, Call, Perform, Work } from '../../../shared/catalogue/operation/types';
import { keapGetAll, keapRequest } from '../../../shared/transport';
import { send, withMainEmail } from './body';
import { LIST_NAMES, mergeList } from './mergeLists';

const PATH = '/crm/rest/v2/contacts';

/** More contacts of one address than this need not be told apart. */
const MOST = 10;

const plain = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');

/**
 * Create or update. Keap replaces the lists of a contact that it finds; where the user wants to keep what they hold, the contact is
 * looked up here and, if there is one, updated with its other entries sent along.
 */
export const upsert: Perform = async (work, call) => {
	if (call.values.listHandling !== 'merge') return await send(work, call);
	const known = await contactMeant(work, call);
	return known === undefined ? await send(work, call) : await update(work, call, known);
};

/** The contact that Keap would take for the same one. @throws BadInput where there are several: which of them is meant can't be told */
async function contactMeant({ context, signal }: Work, call: Call): Promise<IDataObject | undefined> {
	const { item, query } = call;
	const body = withMainEmail(call);
	const email = String(listOf(body.email_addresses)[0]?.email);
	const fields = ['id', 'given_name', 'family_name', 'company', ...LIST_NAMES];
	const found = await keapGetAll(
		context,
		{ method: 'GET', path: PATH, query: { filter: `email==${email}`, fields }, item, signal },
		{ records: 'contacts', limit: MOST },
	);
	const same = found.filter(
		(one) => listOf(one.email_addresses).some((entry) => plain(entry.email) === plain(email)) && isSame(one, body, query.duplicate_option),
	);
	if (same.length > 1) {
		throw new BadInput(
			`belongs to ${same.length} contacts in Keap: ${same.map(({ id }) => String(id)).join(', ')}`,
			'Merge them, update the one that is meant by its ID, or leave out Existing List Entries.',
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

async function update({ context, signal }: Work, call: Call, known: IDataObject): Promise<Answer> {
	const given = withMainEmail(call);
	const lists = { ...given, email_addresses: inItsSlot(call, listOf(given.email_addresses), listOf(known.email_addresses)) };
	const merged = LIST_NAMES.filter((name) => name in lists).map((name) => [
		name,
		mergeList(name, known[name], lists[name as keyof typeof lists]),
	]);
	const body: IDataObject = { ...given, ...(Object.fromEntries(merged) as IDataObject) };
	const { body: answer } = await keapRequest<IDataObject>(context, {
		method: 'PATCH',
		path: `${PATH}/{contact_id}`,
		pathParams: { contact_id: String(known.id) },
		query: { update_mask: maskOf(body) },
		body,
		item: call.item,
		signal,
		expects: { record: ['id'] },
	});
	return inner(answer);
}

/** The address of the Email field stays in the slot that it has in Keap already: as Email 1 it would push out another one. */
function inItsSlot({ values }: Call, given: readonly IDataObject[], known: readonly IDataObject[]): IDataObject[] {
	const slot = known.find(({ email }) => plain(email) === plain(values.email))?.field;
	const [main, ...others] = given;
	if (values.email === undefined || main === undefined || slot === undefined || others.some(({ field }) => field === slot))
		return [...given];
	return [{ ...main, field: slot }, ...others];
}
