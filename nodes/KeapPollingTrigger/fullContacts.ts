import { chunksOf } from '../shared/runtime/chunksOf';
import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { contacts } from '../shared/records/people/contacts';
import { keapGetAll } from '../shared/transport';

/**
 * The whole contacts in place of their short forms, in the same order; a contact that is gone meanwhile stays short.
 * One call for 100 contacts.
 */
export async function fullContacts(context: IPollFunctions, short: readonly IDataObject[]): Promise<IDataObject[]> {
	const { path, filter, records, max } = contacts.lookup;
	const whole = new Map<string, IDataObject>();
	for (const chunk of chunksOf(short, max)) {
		const ids = chunk.map(({ id }) => String(id));
		const found = await keapGetAll(
			context,
			{ method: 'GET', path, query: { filter: `${filter}==${ids.join(',')}`, fields: contacts.fields } },
			{ records, isAsked: ({ id }) => ids.includes(String(id)) },
		);
		for (const contact of found) whole.set(String(contact.id), contact);
	}
	return short.map((contact) => ({ ...contact, ...whole.get(String(contact.id)) }));
}
