import { ApiError, badRequest, notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { answerList } from './lists';

type Fields = Readonly<Record<string, unknown>>;

export const EMAILS = '/crm/rest/v2/emails';
export const TEMPLATES = '/crm/rest/v2/emails/templates';
const MOST = 1_000;
const LARGEST_ATTACHMENT = 1_048_576;

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Fields;
const isBase64 = (text: string) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);

function checkContent(email: Fields): void {
	for (const name of ['plain_content', 'html_content']) {
		const content = email[name];
		if (content !== undefined && !isBase64(String(content))) throw badRequest(`${name} must be Base64`, name);
	}
}

/** Why a record can't be kept; the words are the sandbox's own. */
function reasonAgainst(email: Fields, state: SandboxState): string | undefined {
	if (!/^\S+@\S+$/.test(String(email.sent_to_address))) return `sent_to_address: "${String(email.sent_to_address)}" is no address`;
	if (email.contact_id !== undefined && !state.contacts.has(String(email.contact_id)))
		return `contact_id: ${String(email.contact_id)} does not exist`;
	const taken = state
		.collection(EMAILS)
		.rows.some(
			(other) =>
				other.original_provider_id === email.original_provider_id && other.original_provider === (email.original_provider ?? 'UNKNOWN'),
		);
	return taken && email.original_provider_id !== undefined
		? `original_provider_id: there is a record "${String(email.original_provider_id)}" already`
		: undefined;
}

const keep = (email: Fields, { state, now }: Exchange): KeapRecord =>
	state
		.collection(EMAILS)
		.add({ original_provider: 'UNKNOWN', original_provider_id: `made-${state.collection(EMAILS).upcomingId}`, ...email, create_time: now });

const shown = (record: KeapRecord) => without(record, 'create_time');

const create: Handler = (exchange) => {
	checkContent(bodyOf(exchange));
	const reason = reasonAgainst(bodyOf(exchange), exchange.state);
	if (reason) throw badRequest(reason, reason.split(':')[0]);
	return { status: 201, body: shown(keep(bodyOf(exchange), exchange)) };
};

/** What can be kept is kept, whatever else is in the call; the list of the kept ones comes back in another order than asked. */
const createMany: Handler = (exchange) => {
	const { emails } = bodyOf(exchange) as { emails: Fields[] };
	if (emails.length === 0 || emails.length > MOST)
		throw badRequest(`emails must have 1 to ${MOST} records, it has ${emails.length}`, 'emails');
	emails.forEach(checkContent);
	const kept: unknown[] = [];
	const errors: unknown[] = [];
	for (const email of emails) {
		const reason = reasonAgainst(email, exchange.state);
		if (reason) errors.push({ error_message: reason, email });
		else kept.unshift(shown(keep(email, exchange)));
	}
	return { status: 201, body: { emails: kept, errors } };
};

const removeMany: Handler = (exchange) => {
	const { email_ids: ids } = bodyOf(exchange) as { email_ids: string[] };
	if (ids.length === 0 || ids.length > MOST) throw badRequest(`email_ids must have 1 to ${MOST} ids, it has ${ids.length}`, 'email_ids');
	const store = exchange.state.collection(EMAILS);
	return { status: 200, body: { results: Object.fromEntries(ids.map((id) => [id, store.delete(id) ? 'SUCCESS' : 'EMAIL_ID_NOT_FOUND'])) } };
};

const list: Handler = (exchange) => {
	const { rows, version } = exchange.state.collection(EMAILS);
	return answerList(exchange, {
		rows,
		version: String(version),
		path: EMAILS,
		readers: {
			email: (record) => [record.sent_to_address],
			contact_id: (record) => [record.contact_id],
			created_time: (record) => [record.create_time],
		},
		show: (record) => without(record, 'create_time', 'plain_content', 'html_content'),
	});
};

/** The contacts an email goes to. @throws ApiError 400 for none, one twice or one that does not exist */
function checkRecipients(ids: readonly string[], name: string, state: SandboxState): void {
	if (ids.length === 0 || ids.length > MOST) throw badRequest(`${name} must have 1 to ${MOST} ids, it has ${ids.length}`, name);
	if (new Set(ids).size < ids.length) throw badRequest(`${name} names a contact twice`, name);
	const unknown = ids.filter((id) => !state.contacts.has(id));
	if (unknown.length > 0)
		throw new ApiError(
			400,
			`Contacts do not exist: ${unknown.join(', ')}; nothing was sent`,
			unknown.map((id) => ({ domain: 'contact', resource: id })),
		);
}

function checkUser(id: unknown, { users }: SandboxState): void {
	if (id !== undefined && !users.has(String(id))) throw badRequest(`user_id: ${String(id)} does not exist`, 'user_id');
}

const send: Handler = (exchange) => {
	const { state } = exchange;
	const email = bodyOf(exchange);
	checkUser(email.user_id, state);
	if ((email.user_id === undefined) === (email.from_address === undefined))
		throw badRequest('exactly one of user_id and from_address is needed', 'user_id');
	if (email.plain_content === undefined && email.html_content === undefined)
		throw badRequest('html_content or plain_content is needed', 'html_content');
	checkContent(email);
	const attachments = (email.attachments ?? []) as Array<{ file_name: string; file_data: string }>;
	if (attachments.length > 10) throw badRequest('attachments must have at most 10 files', 'attachments');
	for (const { file_name: name, file_data: data } of attachments) {
		if (!isBase64(data) || Buffer.from(data, 'base64').length > LARGEST_ATTACHMENT)
			throw badRequest(`attachments: ${name} is no Base64 or has more than 1 MB`, 'attachments');
	}
	checkRecipients(email.contacts as string[], 'contacts', state);
	return { status: 202 };
};

function templateOf(state: SandboxState, id: string): KeapRecord {
	const template = state.collection(TEMPLATES).get(id);
	if (!template) throw notFound('email template', id);
	return template;
}

const sendTemplate: Handler = (exchange) => {
	const { state } = exchange;
	const {
		template_id: id,
		contact_ids: contacts,
		user_id: user,
	} = bodyOf(exchange) as { template_id: string; contact_ids: string[]; user_id: string };
	templateOf(state, id);
	checkUser(user, state);
	checkRecipients(contacts, 'contact_ids', state);
	return { status: 202 };
};

/** Templates have ids in numbers, unlike all other records of version 2. */
const listTemplates: Handler = (exchange) => {
	const { rows, version } = exchange.state.collection(TEMPLATES);
	return answerList(exchange, {
		rows,
		version: String(version),
		path: TEMPLATES,
		show: (record) => ({ ...without(record, 'text_body', 'html_body'), id: Number(record.id) }),
	});
};

const getTemplate: Handler = ({ state, params }) => {
	const template = templateOf(state, params.email_template_id ?? '');
	return { status: 200, body: { ...template, id: Number(template.id) } };
};

export const EMAIL_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createEmail': create,
	'v2/createEmails': createMany,
	'v2/deleteEmails': removeMany,
	'v2/getEmailTemplate': getTemplate,
	'v2/listEmailTemplates': listTemplates,
	'v2/listEmails': list,
	'v2/sendEmail': send,
	'v2/sendEmailTemplate': sendTemplate,
};
