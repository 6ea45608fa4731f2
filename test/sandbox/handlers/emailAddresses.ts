import { notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { afterOptIn, afterOptOut, isOptedIn, setStatus, WITHOUT_REASON } from './consent';
import { answerList } from './lists';

interface Slot {
	email: string;
	email_opt_status?: string;
}

/** The states of all addresses that contacts have, each under the address in lower case; the first contact's counts. */
function statusesOf(state: SandboxState): KeapRecord[] {
	const found = new Map<string, KeapRecord>();
	for (const contact of state.contacts.rows) {
		for (const { email, email_opt_status: status = WITHOUT_REASON } of (contact.email_addresses ?? []) as Slot[]) {
			const id = email.toLowerCase();
			if (!found.has(id)) found.set(id, { id, email, status, opted_in: isOptedIn(status), create_time: contact.create_time });
		}
	}
	return [...found.values()];
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
	const status = opted_in ? afterOptIn(String(before.status)) : afterOptOut(String(before.status));
	setStatus(exchange.state, String(before.email), status);
	return { status: 200, body: shown(statusOf(exchange)) };
};

const list: Handler = (exchange) => {
	const rows = statusesOf(exchange.state);
	return answerList(exchange, {
		rows,
		version: String(exchange.state.contacts.version),
		path: exchange.operation.path,
		readers: { emails: ({ email }) => [email], statuses: ({ status }) => [status] },
		show: shown,
	});
};

export const EMAIL_ADDRESS_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/getEmailAddressStatus': (exchange) => ({ status: 200, body: shown(statusOf(exchange)) }),
	'v2/listEmailAddressStatuses': list,
	'v2/updateEmailAddressOptStatus': update,
};
