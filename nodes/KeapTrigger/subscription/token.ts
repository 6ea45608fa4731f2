import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IWebhookFunctions } from 'n8n-workflow';

import { keapCredentials } from '../../shared/transport';
import { type HookContext, hookStateOf } from './hookState';

/** Accounts that are remembered beside the one of now. */
const MOST_FORMER = 5;

/**
 * A token that only holders of the key can know, and that every process of n8n derives alike: Keap calls back while the
 * hook is being made, before n8n has stored anything.
 */
async function derivedToken(context: HookContext, mode: 'production' | 'test'): Promise<string> {
	const { apiKey } = await keapCredentials(context);
	const { id = '' } = context.getWorkflow();
	return createHmac('sha256', apiKey).update(`n8n-nodes-keap hook ${id}/${context.getNode().id}/${mode}`).digest('base64url').slice(0, 32);
}

/** The token for hooks of a test event. */
export const testToken = async (context: HookContext): Promise<string> => await derivedToken(context, 'test');

/**
 * The token for hooks in an account. A new key of the same account keeps the token, so that no delivery is shut out; another
 * account gets another token, because the token is what says from which account a delivery comes.
 *
 * @param account as `x-keap-tenant-id` names it; empty when it is unknown, and then taken for the same
 */
export async function tokenFor(context: HookContext, account: string): Promise<string> {
	const state = hookStateOf(context);
	if (state.token === undefined) return await derivedToken(context, 'production');
	if (!isOtherAccount(context, account)) return state.token;
	return state.former?.find((former) => former.account === account)?.token ?? (await derivedToken(context, 'production'));
}

/** Whether the node's hooks are in another account than this one. */
export function isOtherAccount(context: HookContext, account: string): boolean {
	const { account: known } = hookStateOf(context);
	return known !== undefined && account !== '' && known !== account;
}

/** Keeps the token for hooks in an account, and the former one with its own account. */
export async function adoptAccount(context: HookContext, account: string): Promise<void> {
	const state = hookStateOf(context);
	const token = await tokenFor(context, account);
	if (isOtherAccount(context, account)) {
		const former = (state.former ?? []).filter((each) => each.account !== account);
		state.former = [{ token: state.token ?? '', account: state.account ?? '' }, ...former].slice(0, MOST_FORMER);
	}
	state.token = token;
	if (account !== '') state.account = account;
}

const isSame = (one: string, other: string): boolean =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/**
 * Whether a caller knows a token of this node, and in which account the hooks are that have it.
 *
 * @returns `undefined` for a caller who knows none; an empty account for hooks that were made with the key of now
 */
export async function accountOfToken(context: IWebhookFunctions, given: unknown): Promise<string | undefined> {
	if (typeof given !== 'string' || !/^[\w-]{32}$/.test(given)) return undefined;
	const { token, account = '', former = [] } = hookStateOf(context);
	if (token !== undefined && isSame(given, token)) return account;
	const earlier = former.find((each) => isSame(given, each.token));
	if (earlier !== undefined) return earlier.account;
	const isOfNow = isSame(given, await derivedToken(context, 'production')) || isSame(given, await derivedToken(context, 'test'));
	return isOfNow ? '' : undefined;
}
