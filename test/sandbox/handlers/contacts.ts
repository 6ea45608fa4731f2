import { fieldSchema } from '../contract/schema';
import type { Condition } from '../contract/filter';
import { badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { checkedContact } from './contactRules';
import { contactView } from './contactView';
import { masked } from './generic';
import { answerList } from './lists';
import { compareValues } from './matching';
import { CONTACT_READERS } from './recordFields';

type Fields = Readonly<Record<string, unknown>>;

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Fields;
const EMPTY_LISTS = { email_addresses: [], phone_numbers: [], addresses: [], fax_numbers: [], social_accounts: [], custom_fields: [] };

/** The contact of an id. @throws ApiError 404 */
export function contactOf(state: SandboxState, id: string): KeapRecord {
	const contact = state.contacts.get(id);
	if (!contact) throw notFound('contact', id);
	return contact;
}

/** The contacts that an exact e-mail or a list of ids can only mean, so that a look-up costs nothing in a big account. */
function candidates(state: SandboxState) {
	return (conditions: readonly Condition[]): KeapRecord[] | undefined => {
		const exact = conditions.find(({ field, prefix }) => (field === 'email' && !prefix) || field === 'ids' || field === 'contact_ids');
		if (!exact) return undefined;
		const ids = exact.field === 'email' ? [...(state.contactsByEmail.get(exact.value.toLowerCase()) ?? [])] : exact.value.split(',');
		return [...new Set(ids)].sort(compareValues).flatMap((id) => state.contacts.get(id) ?? []);
	};
}

const list: Handler = (exchange) => {
	const { state, query } = exchange;
	const { rows, version } = state.contacts;
	return answerList(exchange, {
		rows,
		version: String(version),
		path: exchange.operation.path,
		readers: CONTACT_READERS,
		candidates: candidates(state),
		show: (record) => contactView(record, state, query.fields),
	});
};

const same = (left: unknown, right: unknown) => compareValues(left, right) === 0;

/** The contact that an upsert means, the oldest if there are several. */
function duplicateOf(fields: Fields, option: string, state: SandboxState): KeapRecord | undefined {
	const emails = (fields.email_addresses ?? []) as Array<{ email: string }>;
	if (emails.length === 0) throw badRequest(`duplicate_option ${option} needs an e-mail address to look for`, 'email_addresses');
	const company = (fields.company ?? {}) as Fields;
	const withEmail = emails.flatMap(({ email }) => [...(state.contactsByEmail.get(email.toLowerCase()) ?? [])]);
	return [...new Set(withEmail)]
		.sort(compareValues)
		.map((id) => contactOf(state, id))
		.find((contact) => {
			const named = same(contact.given_name, fields.given_name) && same(contact.family_name, fields.family_name);
			const employed = same((contact.company as Fields | undefined)?.id, company.id);
			return option === 'Email' || (named && (option === 'EmailAndName' || employed));
		});
}

const create: Handler = (exchange) => {
	const { state, query, now } = exchange;
	const fields = checkedContact(bodyOf(exchange), state, true, now);
	const duplicate = query.duplicate_option === undefined ? undefined : duplicateOf(fields, query.duplicate_option, state);
	if (!duplicate) {
		const record = state.contacts.add({ ...EMPTY_LISTS, source_type: 'API', ...fields, create_time: now, update_time: now });
		return { status: 201, body: contactView(record, state, query.fields) };
	}
	const record = { ...duplicate, ...fields, update_time: now };
	state.contacts.set(record.id, record);
	return { status: 200, body: contactView(record, state, query.fields) };
};

const get: Handler = ({ state, params, query }) => ({
	status: 200,
	body: contactView(contactOf(state, params.contact_id ?? ''), state, query.fields),
});

const update: Handler = (exchange) => {
	const { state, params, query, now, operation } = exchange;
	const contact = contactOf(state, params.contact_id ?? '');
	const mask = query.update_mask?.split(',');
	// The contract lists every field of a contact for the mask, its id and its tags too; those can't be written.
	const readOnly = mask?.find((name) => !fieldSchema(operation.body?.schema, name));
	if (readOnly) throw badRequest(`update_mask: ${readOnly} can't be written`, 'update_mask');
	const body = bodyOf(exchange);
	const written = mask ? Object.fromEntries(Object.entries(body).filter(([name]) => mask.includes(name))) : body;
	const next = { ...EMPTY_LISTS, ...masked(contact, checkedContact(written, state, false, now), query.update_mask), update_time: now };
	state.contacts.set(contact.id, next);
	return { status: 200, body: contactView(next, state, query.fields) };
};

const remove: Handler = ({ state, params }) => {
	state.contacts.delete(contactOf(state, params.contact_id ?? '').id);
	return { status: 204 };
};

/** What the duplicate has and the contact lacks goes over to it, with tags and links; then the duplicate is gone. */
const merge: Handler = (exchange) => {
	const { state, query, now } = exchange;
	const { contact_id: keptId, duplicate_contact_id: goneId } = bodyOf(exchange) as Record<string, string>;
	if (keptId === goneId) throw badRequest('duplicate_contact_id must be another contact than contact_id', 'duplicate_contact_id');
	const [kept, gone] = [contactOf(state, keptId ?? ''), contactOf(state, goneId ?? '')];
	const lacking = (value: unknown) => value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
	const taken = Object.fromEntries(Object.entries(gone).filter(([name]) => lacking(kept[name])));
	for (const [tagId, at] of state.contactTags.tagsOf(gone.id)) state.contactTags.apply(tagId, kept.id, at);
	for (const link of state.contactLinks) {
		if (link.contact1_id === gone.id) link.contact1_id = kept.id;
		if (link.contact2_id === gone.id) link.contact2_id = kept.id;
	}
	// What linked the two of them is gone with one of them.
	const ties = state.contactLinks.filter((link) => link.contact1_id !== link.contact2_id);
	state.contactLinks.splice(0, Infinity, ...ties);
	state.contacts.delete(gone.id);
	const record = { ...kept, ...taken, id: kept.id, update_time: now };
	state.contacts.set(kept.id, record);
	return { status: 200, body: contactView(record, state, query.fields) };
};

export const CONTACT_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/listContacts': list,
	'v2/createContact': create,
	'v2/getContact': get,
	'v2/updateContact': update,
	'v2/deleteContact': remove,
	'v2/mergeContacts': merge,
};
