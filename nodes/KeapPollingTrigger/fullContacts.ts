import { type IDataObject, type IPollFunctions } from 'n8n-workflow';

import { readByIds } from '../shared/catalogue/batching/bundledReads';
import { contacts } from '../shared/records/people/contacts';
import { keapRequest, mayBeOneRecord, noRecord } from '../shared/transport';

/**
 * The whole contacts in place of their short forms, in the same order; a contact that is gone meanwhile stays short, and so does one
 * that Keap fails to write out: `record_error` says which of the two. One call for 100 contacts.
 *
 * @throws what made a call fail for all of them
 */
export async function fullContacts(context: IPollFunctions, short: readonly IDataObject[]): Promise<IDataObject[]> {
	const ids = [...new Set(short.map(({ id }) => String(id)))];
	const whole = await readByIds({ context }, contacts.lookup, ids, { fields: contacts.fields });
	const failed = [...whole.values()].find((contact) => contact instanceof Error && !mayBeOneRecord(contact));
	const areAll = [...whole.values()].every((contact) => contact instanceof Error);
	const isKeapDown = areAll && (whole.size > 1 || (whole.size === 1 && !(await isAnyRead(context))));
	const cause = failed ?? (isKeapDown ? [...whole.values()][0] : undefined);
	if (cause instanceof Error) throw cause;
	return short.map((contact) => {
		const read = whole.get(String(contact.id));
		if (read === undefined)
			return { ...contact, record_error: noRecord(`${contacts.path}/{contact_id}`, { contact_id: String(contact.id) })?.message };
		return read instanceof Error ? { ...contact, record_error: read.message } : { ...contact, ...read };
	});
}

/** Whether Keap writes out the oldest contact or the newest: where it fails for both, the only one that was asked for is not to blame. */
async function isAnyRead(context: IPollFunctions): Promise<boolean> {
	for (const order of ['id asc', 'id desc']) {
		const query = { fields: contacts.fields, page_size: 1, order_by: order };
		const isRead = await keapRequest(context, { method: 'GET', path: contacts.path, query, expects: { list: contacts.records } }).then(
			() => true,
			() => false,
		);
		if (isRead) return true;
	}
	return false;
}
