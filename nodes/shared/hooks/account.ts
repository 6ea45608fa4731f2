import { isCancelled, keapCredentials, type KeapContext, keapRequest, type KeapResponse } from '../transport';
import { processWide } from '../runtime/processWide';

/** The cheapest call that needs a key. */
const PROBE = '/crm/rest/v1/setting/application/enabled';
const MOST = 500;

/** The accounts of keys, by key name: a key belongs to one account for good. */
const accounts = (): Map<string, string> => processWide('accounts of keys', () => new Map<string, string>());

/** Notes the account that an answer names. @returns it, empty when the answer names none */
export async function noteAccount(context: KeapContext, { headers }: Pick<KeapResponse, 'headers'>): Promise<string> {
	const account = headers['x-keap-tenant-id']?.trim() ?? '';
	if (account === '') return '';
	const known = accounts();
	known.set((await keapCredentials(context)).keyName, account);
	for (const oldest of known.keys()) {
		if (known.size <= MOST) break;
		known.delete(oldest);
	}
	return account;
}

/**
 * The Keap account that the credential's key belongs to, as `x-keap-tenant-id` of every answer names it. One call when this
 * process has not heard of the key's account yet, else none.
 *
 * @returns an empty text when it can't be found out
 * @throws only when the execution was stopped
 */
export async function accountOf(context: KeapContext): Promise<string> {
	const [found] = await Promise.allSettled([findAccount(context)]);
	if (found.status === 'fulfilled') return found.value;
	if (isCancelled(found.reason)) throw found.reason;
	return '';
}

async function findAccount(context: KeapContext): Promise<string> {
	const known = accounts().get((await keapCredentials(context)).keyName);
	return known ?? (await noteAccount(context, await keapRequest(context, { method: 'GET', path: PROBE })));
}
