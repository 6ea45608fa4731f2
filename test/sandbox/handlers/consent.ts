import type { SandboxState } from '../store/state';

/** The state of an address that nobody has given a reason for. */
export const WITHOUT_REASON = 'NON_MARKETABLE';

/** States that an opt-in revives; unsubscribed by list, bounced, marked as spam and the like stay what they are. */
const REVIVED: ReadonlySet<string> = new Set(['UNENGAGED_MARKETABLE', 'UNENGAGED_NON_MARKETABLE', 'NON_MARKETABLE', 'MANUAL']);
const OPTED_IN: ReadonlySet<string> = new Set(['SINGLE_OPT_IN', 'DOUBLE_OPT_IN', 'CONFIRMED']);

export const isOptedIn = (status: string): boolean => OPTED_IN.has(status);

/** The state of an address after somebody has given a reason for writing to it. */
export const afterOptIn = (status: string): string => (REVIVED.has(status) ? 'SINGLE_OPT_IN' : status);

/** The state of an address after its owner has opted out by hand. */
export const afterOptOut = (status: string): string => (REVIVED.has(status) || isOptedIn(status) ? 'MANUAL' : status);

/** The state of an address, which is the account's and not one contact's; undefined where the account does not know it. */
export function knownStatus(state: SandboxState, email: string): string | undefined {
	for (const id of state.contactsByEmail.get(email.toLowerCase()) ?? []) {
		const entries = (state.contacts.get(id)?.email_addresses ?? []) as Array<{ email: string; email_opt_status?: string }>;
		const status = entries.find((entry) => entry.email.toLowerCase() === email.toLowerCase())?.email_opt_status;
		if (status !== undefined) return status;
	}
	return undefined;
}

/** Sets the state of an address wherever it stands. */
export function setStatus(state: SandboxState, email: string, status: string): void {
	const key = email.toLowerCase();
	for (const id of [...(state.contactsByEmail.get(key) ?? [])]) {
		const contact = state.contacts.get(id);
		if (!contact) continue;
		const entries = (contact.email_addresses as Array<{ email: string }>).map((entry) =>
			entry.email.toLowerCase() === key ? { ...entry, email_opt_status: status, is_opt_in: isOptedIn(status) } : entry,
		);
		state.contacts.set(id, { ...contact, email_addresses: entries });
	}
}
