import { badRequest, notFound } from '../errors';
import type { ContactLink, SandboxState } from '../store/state';
import type { Exchange, Handler } from '../types';
import { contactOf } from './contacts';

const view = (link: ContactLink, state: SandboxState) => ({ ...link, link_type_name: state.linkTypes.get(link.link_type_id)?.name });

/** The link that a body names. All three ids are needed, though the contract marks none. */
function namedLink({ body, state }: Exchange): ContactLink {
	const { contact1_id, contact2_id, link_type_id } = (body ?? {}) as Partial<ContactLink>;
	for (const [name, id] of Object.entries({ contact1_id, contact2_id, link_type_id }))
		if (!id) throw badRequest(`${name} is required`, name);
	if (contact1_id === contact2_id) throw badRequest('contact2_id must be another contact than contact1_id', 'contact2_id');
	const link = { contact1_id: contact1_id ?? '', contact2_id: contact2_id ?? '', link_type_id: link_type_id ?? '' };
	contactOf(state, link.contact1_id);
	contactOf(state, link.contact2_id);
	if (!state.linkTypes.has(link.link_type_id)) throw notFound('link type', link.link_type_id);
	return link;
}

/** Links have no direction. */
const find = ({ contact1_id: a, contact2_id: b, link_type_id: type }: ContactLink, state: SandboxState): number =>
	state.contactLinks.findIndex(
		(other) =>
			other.link_type_id === type &&
			((other.contact1_id === a && other.contact2_id === b) || (other.contact1_id === b && other.contact2_id === a)),
	);

const link: Handler = (exchange) => {
	const { state } = exchange;
	const wanted = namedLink(exchange);
	if (find(wanted, state) >= 0)
		throw badRequest(`contacts ${wanted.contact1_id} and ${wanted.contact2_id} are linked already`, 'contact2_id');
	const most = Number(state.linkTypes.get(wanted.link_type_id)?.max_links ?? Infinity);
	for (const id of [wanted.contact1_id, wanted.contact2_id]) {
		const has = state.contactLinks.filter(
			(other) => other.link_type_id === wanted.link_type_id && (other.contact1_id === id || other.contact2_id === id),
		).length;
		if (has >= most) throw badRequest(`contact ${id} has ${most} links of this type, which is its max_links`, 'link_type_id');
	}
	state.contactLinks.push(wanted);
	return { status: 201, body: view(wanted, state) };
};

const unlink: Handler = (exchange) => {
	const { state } = exchange;
	const wanted = namedLink(exchange);
	const index = find(wanted, state);
	if (index < 0) throw notFound('link', `${wanted.contact1_id}-${wanted.contact2_id}`);
	state.contactLinks.splice(index, 1);
	return { status: 204 };
};

const list: Handler = ({ state, params }) => {
	const { id } = contactOf(state, params.contact_id ?? '');
	const links = state.contactLinks.filter((other) => other.contact1_id === id || other.contact2_id === id);
	return { status: 200, body: { links: links.map((other) => view(other, state)) } };
};

export const CONTACT_LINK_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/linkContacts': link,
	'v2/unlinkContacts': unlink,
	'v2/listContactLinks': list,
};
