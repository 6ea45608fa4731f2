import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IDataObject, IHookFunctions, ITriggerFunctions, IWebhookFunctions } from 'n8n-workflow';

import { keapCredentials } from '../../shared/transport';

type HookContext = IHookFunctions | ITriggerFunctions | IWebhookFunctions;

/** What the trigger keeps of its hooks in n8n's static data of the node. Everything else is read from Keap. */
export interface Kept {
	/** The token in the addresses of hooks. It stays the same for the life of the node: Keap may still be delivering to it. */
	token?: string;
	/** Where production deliveries go, without event and token. */
	place?: string;
}

/** Whether the workflow is activated because n8n starts, and not by a person. */
export const isStarting = (context: IHookFunctions | ITriggerFunctions): boolean =>
	['init', 'leadershipChange'].includes(context.getActivationMode());

/** The node's static data; n8n stores what is changed in it. */
export const kept = (context: HookContext): Kept & IDataObject => context.getWorkflowStaticData('node');

/**
 * A token that nobody without the key can know and that every process of n8n works out alike: Keap calls back while the
 * hook is being made, before n8n has stored anything.
 */
async function derivedToken(context: HookContext, mode: 'production' | 'test'): Promise<string> {
	const { apiKey } = await keapCredentials(context);
	const { id = '' } = context.getWorkflow();
	return createHmac('sha256', apiKey).update(`n8n-nodes-keap hook ${id}/${context.getNode().id}/${mode}`).digest('base64url').slice(0, 32);
}

/** The token for new hooks. `test` while n8n listens for a test event. */
export async function tokenOf(context: HookContext, test: boolean): Promise<string> {
	return test ? await derivedToken(context, 'test') : (kept(context).token ?? (await derivedToken(context, 'production')));
}

const isSame = (one: string, other: string): boolean =>
	one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));

/** Whether a caller knows the token. An old key's token stays good as long as hooks were made with it. */
export async function knowsToken(context: IWebhookFunctions, given: unknown): Promise<boolean> {
	if (typeof given !== 'string' || !/^[\w-]{32}$/.test(given)) return false;
	const { token } = kept(context);
	if (token !== undefined && isSame(given, token)) return true;
	return isSame(given, await derivedToken(context, 'production')) || isSame(given, await derivedToken(context, 'test'));
}

/** The address of one event's hook. The event stands in it so that calls of Keap that name none can be told apart. */
export function hookUrlOf(place: string, eventKey: string, token: string): string {
	const url = new URL(place);
	url.searchParams.set('event', eventKey);
	url.searchParams.set('token', token);
	return url.href;
}

/** Whether an address is at this place, whatever event and token it names. */
export function isAt(place: string, hookUrl: string): boolean {
	if (!URL.canParse(hookUrl)) return false;
	const [here, there] = [new URL(place), new URL(hookUrl)];
	return here.origin === there.origin && here.pathname === there.pathname;
}

/** Whether it is the address of one event's hook with this token, however Keap writes it. */
export function isHookUrl(hookUrl: string, place: string, eventKey: string, token: string): boolean {
	if (!isAt(place, hookUrl)) return false;
	const { searchParams } = new URL(hookUrl);
	return searchParams.get('event') === eventKey && searchParams.get('token') === token;
}
