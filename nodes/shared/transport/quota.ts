import { keapCredentials } from '../credential/credentials';
import { throttleFor } from '../throttle/registry';
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
