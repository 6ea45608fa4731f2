import { ApiError, badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { TagLinks } from '../store/tagLinks';
import type { RecordStore } from '../store/recordStore';
import type { Exchange, Handler, KeapRecord } from '../types';
import { contactOf } from './contacts';
import { answerList, answerV1List } from './lists';
import { COMPANY_READERS, CONTACT_READERS, TAG_READERS, type FieldReaders } from './recordFields';
import { fillPath } from './generic';
import { snapshot } from './snapshots';
import { tagOf } from './tags';

/** The contact ids of a bulk call. @throws ApiError 400 for none, too many, one twice, or one that is no id. */
function contactIds({ body, state }: Exchange): string[] {
	const { contact_ids: ids } = body as { contact_ids: string[] };
	if (ids.length === 0) throw badRequest('contact_ids must not be empty', 'contact_ids');
	if (ids.length > state.applyTagsMax)
		throw badRequest(`contact_ids must have at most ${state.applyTagsMax} ids, it has ${ids.length}`, 'contact_ids');
	const bad = ids.find((id) => !/^\d{1,18}$/.test(id));
	if (bad !== undefined) throw badRequest(`contact_ids: "${bad}" is no id`, 'contact_ids');
	if (new Set(ids).size < ids.length) throw badRequest('contact_ids names a contact twice', 'contact_ids');
	return ids;
}

const unknownDetails = (ids: readonly string[]) => ids.map((id) => ({ domain: 'contact', resource: id }));

const apply: Handler = (exchange) => {
	const { state, params, now } = exchange;
	const tag = tagOf(state, params.tag_id ?? '');
	const ids = contactIds(exchange);
	const unknown = ids.filter((id) => !state.contacts.has(id));
	if (unknown.length > 0 && state.applyTagsRejectsUnknown)
		throw new ApiError(400, `Contacts do not exist: ${unknown.join(', ')}`, unknownDetails(unknown));
	const outcome = (id: string) => {
		if (!state.contacts.has(id)) return 'CONTACT_NOT_FOUND';
		return state.contactTags.apply(tag.id, id, now) ? 'SUCCESS' : 'DUPLICATE';
	};
	return { status: 200, body: { results: Object.fromEntries(ids.map((id) => [id, outcome(id)])) } };
};

/** All or nothing: one unknown contact and no tag is removed. Keap does not say how it does it; this is the harder reading. */
const remove: Handler = (exchange) => {
	const { state, params } = exchange;
	const tag = tagOf(state, params.tag_id ?? '');
	const ids = contactIds(exchange);
	const unknown = ids.filter((id) => !state.contacts.has(id));
	if (unknown.length > 0)
		throw new ApiError(404, `Contacts do not exist: ${unknown.join(', ')}; no tag was removed`, unknownDetails(unknown));
	for (const id of ids) state.contactTags.remove(tag.id, id);
	return { status: 204 };
};

/** Version 1 takes many tags for one contact, and says of each what became of it; a failure among them is a 200 all the same. */
const applyMany: Handler = ({ state, params, body, now }) => {
	const contact = contactOf(state, params.contactId ?? '');
	const { tagIds } = body as { tagIds?: number[] };
	if (tagIds === undefined || tagIds.length === 0) throw badRequest('tagIds must not be empty', 'tagIds');
	if (tagIds.length > state.tagsOfContactMax)
		throw badRequest(`tagIds must have at most ${state.tagsOfContactMax} ids, it has ${tagIds.length}`, 'tagIds');
	const outcome = (id: string) => {
		if (!state.tags.has(id)) return 'TAG_ID_NOT_FOUND';
		return state.contactTags.apply(id, contact.id, now) ? 'SUCCESS' : 'DUPLICATE';
	};
	return { status: 200, body: Object.fromEntries(tagIds.map((id) => [String(id), outcome(String(id))])) };
};

/** The ids stand in the query. All or nothing, as for many contacts of a tag. */
const removeMany: Handler = ({ state, params, query }) => {
	const contact = contactOf(state, params.contactId ?? '');
	const ids = (query.ids ?? '').split(',').filter((id) => id !== '');
	if (ids.length === 0) throw badRequest('ids must not be empty', 'ids');
	const unknown = ids.filter((id) => !state.tags.has(id));
	if (unknown.length > 0) throw notFound('tag', unknown.join(', '));
	for (const id of ids) state.contactTags.remove(id, contact.id);
	return { status: 204 };
};

/** Records joined with the time of their tag, as rows of a list of their own. */
function joined(
	exchange: Exchange,
	links: TagLinks,
	store: RecordStore,
	pairs: ReadonlyMap<string, string>,
): { rows: readonly KeapRecord[]; version: string; path: string } {
	const path = fillPath(exchange.operation.path, exchange.params);
	const version = `${links.version}.${store.version}`;
	const rows = snapshot(exchange.state, path, version, () =>
		[...pairs].flatMap(([id, at]) => {
			const record = store.get(id);
			return record ? [{ ...record, applied_time: at }] : [];
		}),
	);
	return { rows, version, path };
}

const TAGGED_CONTACT_READERS: FieldReaders = { ...CONTACT_READERS, email: (record) => [firstEmail(record)] };
const firstEmail = (record: KeapRecord) => (record.email_addresses as Array<{ email: string }> | undefined)?.[0]?.email;

const contactsWithTag: Handler = (exchange) => {
	const { contactTags, contacts } = exchange.state;
	const tag = tagOf(exchange.state, exchange.params.tag_id ?? '');
	const show = (record: KeapRecord) => ({
		id: record.id,
		email: firstEmail(record),
		given_name: record.given_name,
		family_name: record.family_name,
		applied_time: record.applied_time,
	});
	return answerList(exchange, {
		...joined(exchange, contactTags, contacts, contactTags.recordsOf(tag.id)),
		readers: TAGGED_CONTACT_READERS,
		show,
	});
};

const companiesWithTag: Handler = (exchange) => {
	const { companyTags, companies } = exchange.state;
	const tag = tagOf(exchange.state, exchange.params.tag_id ?? '');
	const show = ({ applied_time, ...company }: KeapRecord) => ({ company, applied_time });
	return answerList(exchange, {
		...joined(exchange, companyTags, companies, companyTags.recordsOf(tag.id)),
		readers: COMPANY_READERS,
		show,
	});
};

/** Version 1 says how many there are beside the page. */
const contactsWithTagInV1: Handler = (exchange) => {
	const { state, params } = exchange;
	const tag = tagOf(state, params.tagId ?? '');
	const rows = [...state.contactTags.recordsOf(tag.id)].map(([id, applied]) => {
		const contact = state.contacts.get(id);
		const [email] = (contact?.email_addresses ?? []) as Array<{ email: string }>;
		return {
			contact: { id: Number(id), email: email?.email, first_name: contact?.given_name, last_name: contact?.family_name },
			date_applied: applied,
		};
	});
	return answerV1List(exchange, exchange.operation.path.replace('{tagId}', tag.id), 'contacts', rows);
};

const showTag = ({ applied_time, ...tag }: KeapRecord) => ({ tag, applied_time });

const tagsOfContact: Handler = (exchange) => {
	const { state, params } = exchange;
	const contact = contactOf(state, params.contact_id ?? '');
	return answerList(exchange, {
		...joined(exchange, state.contactTags, state.tags, state.contactTags.tagsOf(contact.id)),
		readers: TAG_READERS,
		show: showTag,
	});
};

/** The company of the path. @throws ApiError 404 */
function companyOf({ companies }: SandboxState, id: string): KeapRecord {
	const company = companies.get(id);
	if (!company) throw notFound('company', id);
	return company;
}

const tagsOfCompany: Handler = (exchange) => {
	const { state, params } = exchange;
	const company = companyOf(state, params.company_id ?? '');
	return answerList(exchange, {
		...joined(exchange, state.companyTags, state.tags, state.companyTags.tagsOf(company.id)),
		readers: TAG_READERS,
		show: showTag,
	});
};

const tagCompany: Handler = ({ state, params, now }) => {
	state.companyTags.apply(tagOf(state, params.tag_id ?? '').id, companyOf(state, params.company_id ?? '').id, now);
	return { status: 204 };
};

const untagCompany: Handler = ({ state, params }) => {
	state.companyTags.remove(tagOf(state, params.tag_id ?? '').id, companyOf(state, params.company_id ?? '').id);
	return { status: 204 };
};

export const TAGGING_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/applyTags': apply,
	'v2/removeTags': remove,
	'v1/postContactsContactIdTags': applyMany,
	'v1/deleteContactsContactIdTags': removeMany,
	'v2/listContactsWithTagId': contactsWithTag,
	'v2/listCompaniesForTagId': companiesWithTag,
	'v1/getTagsTagIdContacts': contactsWithTagInV1,
	'v2/listTagsForContact': tagsOfContact,
	'v2/listTagsForCompany': tagsOfCompany,
	'v2/addTagToCompany': tagCompany,
	'v2/removeTagFromCompany': untagCompany,
};
