import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { allContactFields } from '../Keap/resources/contact/simplify';
import { contactsByIds } from '../shared/locators/contactsByIds';
import { keapGetAll } from '../shared/transport';

/**
 * The whole contacts in place of their short forms, in the same order; a contact that is gone meanwhile stays short.
 * One call for 100 contacts.
 */
export async function fullContacts(context: IPollFunctions, short: readonly IDataObject[]): Promise<IDataObject[]> {
	const { path, filter, records, max } = contactsByIds;
	const whole = new Map<string, IDataObject>();
	for (let from = 0; from < short.length; from += max) {
		const ids = short.slice(from, from + max).map(({ id }) => String(id));
		const found = await keapGetAll(
			context,
			{ method: 'GET', path, query: { filter: `${filter}==${ids.join(',')}`, fields: allContactFields } },
			{ records },
		);
		for (const contact of found) whole.set(String(contact.id), contact);
	}
	return short.map((contact) => ({ ...contact, ...whole.get(String(contact.id)) }));
}
