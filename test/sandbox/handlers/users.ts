import { badRequest, notFound } from '../errors';
import type { Exchange, Handler, KeapRecord } from '../types';
import { isEmail } from './customFieldRules';

function userOf({ state, params }: Exchange): KeapRecord {
	const user = state.users.get(params.user_id ?? '');
	if (!user) throw notFound('user', params.user_id ?? '');
	return user;
}

const emailOf = (user: KeapRecord): unknown => (user.email_addresses as Array<{ email: string }> | undefined)?.[0]?.email;

const signature: Handler = (exchange) => {
	const { given_name: given, family_name: family } = userOf(exchange);
	return { status: 200, body: `<p>${String(given)} ${String(family)}</p>` };
};

/** The key is the first user's. */
const current: Handler = ({ state }) => {
	const [user] = state.users.rows;
	if (!user) throw notFound('user', 'of this key');
	const { id, given_name, family_name, keap_id, admin } = user;
	return { status: 200, body: { id, sub: id, email: emailOf(user), keap_id, given_name, family_name, is_admin: admin === true } };
};

/** Version 1 invites. */
const create: Handler = ({ state, body, now }) => {
	const { email, given_name: given, admin, partner } = body as { email?: string; given_name?: string; admin?: boolean; partner?: boolean };
	if (!given) throw badRequest('given_name is required', 'given_name');
	if (!isEmail(email)) throw badRequest(`email: "${String(email)}" is no e-mail address`, 'email');
	if (state.users.rows.some((user) => emailOf(user) === email)) throw badRequest(`email: there is a user ${email} already`, 'email');
	const user = state.users.add({
		given_name: given,
		status: 'INVITED',
		admin: admin ?? false,
		partner: partner ?? false,
		email_addresses: [{ email, field: 'EMAIL1' }],
		phone_numbers: [],
		fax_numbers: [],
		create_time: now,
		update_time: now,
	});
	return {
		status: 201,
		body: { id: Number(user.id), given_name: given, email_address: email, partner: partner ?? false, date_created: now },
	};
};

const groups: Handler = ({ state }) => ({ status: 200, body: { user_groups: state.collection('/crm/rest/v2/userGroups').rows } });

const group: Handler = ({ state, params }) => {
	const found = state.collection('/crm/rest/v2/userGroups').get(params.user_group_id ?? '');
	if (!found) throw notFound('user group', params.user_group_id ?? '');
	return { status: 200, body: found };
};

export const USER_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/postUsers': create,
	'v2/getUserGroup': group,
	'v2/getUserInfo': current,
	'v2/getUserSignature': signature,
	'v2/listUserGroups': groups,
};
