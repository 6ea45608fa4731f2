import { keapCredentials } from '../credential/credentials';
import { sharingProblem, throttleFor } from '../throttle/registry';
import type { KeapContext, QuotaView } from './message/types';

/**
 * What is left of the quota of the node's key, without spending a call.
 *
 * @param item index of the item, for credentials with expressions
 * @throws NodeOperationError when the credential is not usable
 */
export async function quotaOf(context: KeapContext, item?: number): Promise<QuotaView> {
	return await throttleFor(await keapCredentials(context, item)).freshView();
}

/** The same as far as this process knows it, without asking Redis. */
export async function knownQuotaOf(context: KeapContext, item?: number): Promise<QuotaView> {
	return throttleFor(await keapCredentials(context, item)).view();
}

/**
 * Why the quota of the node's key is not shared between n8n's processes as it is to be, and what would help.
 *
 * @returns nothing where it is shared, or is not to be
 * @throws NodeOperationError when the credential is not usable
 */
export async function sharingProblemOf(context: KeapContext, item?: number): Promise<string | undefined> {
	return sharingProblem(await keapCredentials(context, item));
}
