import { notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { answerList } from './lists';

const PATH = '/crm/rest/v2/emailAddresses';

/** Statuses that an opt-in changes; all others stay what they are. */
const CHANGEABLE = new Set(['UNENGAGED_MARKETABLE', 'UNENGAGED_NON_MARKETABLE', 'NON_MARKETABLE', 'MANUAL', 'SINGLE_OPT_IN']);

interface Slot {
	email: string;
	email_opt_status?: string;
}

/** The statuses of all addresses that contacts have, each under the address in lower case. */
function statusesOf(state: SandboxState): KeapRecord[] {
	const store = state.collection(PATH);
	for (const contact of state.contacts.rows) {
		for (const { email, email_opt_status: status = 'UNENGAGED_NON_MARKETABLE' } of (contact.email_addresses ?? []) as Slot[]) {
			const id = email.toLowerCase();
			if (!store.has(id))
				store.set(id, {
					id,
					email,
					status,
					opted_in: status === 'SINGLE_OPT_IN' || status === 'CONFIRMED',
					create_time: contact.create_time,
				});
		}
	}
	return [...store.rows];
}

function statusOf({ state, params }: Exchange): KeapRecord {
	const id = (params.email ?? '').toLowerCase();
	const found = statusesOf(state).find((status) => status.id === id);
	if (!found) throw notFound('email address', id);
	return found;
}

const shown = (status: KeapRecord) => without(status, 'id');

const update: Handler = (exchange) => {
	const { opted_in } = exchange.body as { opted_in: boolean };
	const before = statusOf(exchange);
	const changed = CHANGEABLE.has(String(before.status));
	const status = !changed ? before : { ...before, opted_in, status: opted_in ? 'SINGLE_OPT_IN' : 'MANUAL' };
	exchange.state.collection(PATH).set(before.id, status);
	return { status: 200, body: shown(status) };
};

const list: Handler = (exchange) => {
	const rows = statusesOf(exchange.state);
	return answerList(exchange, {
		rows,
		version: String(exchange.state.collection(PATH).version),
		path: PATH,
		readers: { emails: ({ email }) => [email], statuses: ({ status }) => [status] },
		show: shown,
	});
};

export const EMAIL_ADDRESS_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/getEmailAddressStatus': (exchange) => ({ status: 200, body: shown(statusOf(exchange)) }),
	'v2/listEmailAddressStatuses': list,
	'v2/updateEmailAddressOptStatus': update,
};
