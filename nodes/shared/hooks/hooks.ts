import { NodeOperationError } from 'n8n-workflow';

import { noteAccount } from './account';
import { doubtOf, httpCodeOf, isCancelled, keapRequest, type KeapContext, type KeapRequest } from '../transport';

const PATH = '/crm/rest/v1/hooks';
const ONE = `${PATH}/{key}`;

/** Keap calls the receiver before it answers; a receiver may take 30 seconds. */
const TIMEOUT_MS = 60_000;

/** A subscription as Keap has it. Events flow while it is `Verified`. */
export interface Hook {
	readonly key: string;
	readonly eventKey: string;
	readonly hookUrl: string;
	/** `Unverified`, `Verified` or `Inactive`; empty when Keap does not say. */
	readonly status: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

/** @returns undefined for what is no hook */
function hookOf(value: unknown): Hook | undefined {
	if (typeof value !== 'object' || value === null) return undefined;
	const { key, eventKey, hookUrl, status } = value as Record<string, unknown>;
	return textOf(key) === ''
		? undefined
		: { key: textOf(key), eventKey: textOf(eventKey), hookUrl: textOf(hookUrl), status: textOf(status) };
}

/**
 * The list in an answer: a bare one, as Keap gives it, or one under the expected name.
 * @returns `undefined` for anything else: an error object or a web page with status 200 says nothing of hooks
 */
function listIn(body: unknown, name: string): unknown[] | undefined {
	const list: unknown = typeof body === 'object' && body !== null && name in body ? (body as Record<string, unknown>)[name] : body;
	return Array.isArray(list) ? list : undefined;
}

const unreadable = (context: KeapContext, what: string): NodeOperationError =>
	new NodeOperationError(context.getNode(), `Keap answered with something else than a list of ${what}`, {
		description: 'Nothing was concluded from it and nothing was changed. Try again; if it stays, check the proxy settings of n8n.',
	});

/**
 * All hooks of the account, those of other programs included.
 *
 * @throws what `keapRequest` throws; NodeOperationError when the answer is no list of hooks: taken for "no hooks", it would have
 * each of them made a second time
 */
export async function listHooks(context: KeapContext): Promise<Hook[]> {
	const answer = await keapRequest(context, { method: 'GET', path: PATH, expects: { list: undefined } });
	await noteAccount(context, answer);
	const list = listIn(answer.body, 'hooks');
	const hooks = list?.flatMap((value) => hookOf(value) ?? []);
	if (list === undefined || hooks === undefined || (list.length > 0 && hooks.length === 0)) throw unreadable(context, 'hooks');
	return hooks;
}

/**
 * The keys of the events that this account can send, such as `contact.add`.
 * @throws what `keapRequest` throws; NodeOperationError when the answer is no list
 */
export async function listEventKeys(context: KeapContext): Promise<string[]> {
	const { body } = await keapRequest(context, { method: 'GET', path: `${PATH}/event_keys`, expects: { list: undefined } });
	const list = listIn(body, 'event_keys');
	if (list === undefined) throw unreadable(context, 'event keys');
	const named = (value: unknown): string => {
		if (typeof value !== 'object' || value === null) return textOf(value);
		const { key, eventKey, event_key: snake } = value as Record<string, unknown>;
		return textOf(eventKey ?? snake ?? key);
	};
	return [...new Set(list.map(named).filter((key) => key !== ''))];
}

/** Asks something of one hook. What Keap's answer leaves out is as it was. */
async function ask(context: KeapContext, known: Hook, request: Omit<KeapRequest, 'pathParams'>): Promise<Hook> {
	const { body } = await keapRequest(context, { ...request, timeoutMs: TIMEOUT_MS, pathParams: { key: known.key } });
	const { status } = hookOf({ key: known.key, ...(typeof body === 'object' && body) }) ?? { status: '' };
	return { ...known, status };
}

/** A refusal leaves nothing behind; a conflict, an answer that proves nothing or none may mean that the hook is there. */
function mayExist(error: unknown): boolean {
	const status = httpCodeOf(error);
	return !isCancelled(error) && (status === undefined || status === 409 || doubtOf(error) !== undefined);
}

/**
 * Subscribes. Keap calls the address before or after it answers. When it is not known whether Keap has made the hook, the list
 * of hooks is searched for it: made once more there would be two.
 *
 * @throws what `keapRequest` throws; NodeOperationError when Keap doesn't name the hook that it says to have made
 */
export async function createHook(context: KeapContext, eventKey: string, hookUrl: string): Promise<Hook> {
	const [posted] = await Promise.allSettled([
		keapRequest(context, { method: 'POST', path: PATH, body: { eventKey, hookUrl }, timeoutMs: TIMEOUT_MS, expects: { record: ['key'] } }),
	]);
	const created = posted.status === 'fulfilled' ? hookOf(posted.value.body) : undefined;
	if (created) return { ...created, eventKey, hookUrl };
	if (posted.status === 'rejected' && !mayExist(posted.reason)) throw posted.reason;
	const [all] = await Promise.allSettled([listHooks(context)]);
	const found = all.status === 'fulfilled' ? all.value.find((hook) => hook.eventKey === eventKey && hook.hookUrl === hookUrl) : undefined;
	if (found) return found;
	if (posted.status === 'rejected') throw posted.reason;
	throw new NodeOperationError(context.getNode(), 'Keap did not say which hook it has made', {
		description: 'Activate the workflow again: what is there already is used then.',
	});
}

export const readHook = async (context: KeapContext, hook: Hook): Promise<Hook> =>
	await ask(context, hook, { method: 'GET', path: ONE, expects: { record: ['key', 'eventKey', 'status'] } });

/** Has Keap call the address again with a new secret. */
export const verifyHook = async (context: KeapContext, hook: Hook): Promise<Hook> =>
	await ask(context, hook, { method: 'POST', path: `${ONE}/verify` });

/** Sends back the secret of a call that Keap made earlier. */
export const verifyHookLate = async (context: KeapContext, hook: Hook, secret: string): Promise<Hook> =>
	await ask(context, hook, { method: 'POST', path: `${ONE}/delayedVerify`, headers: { 'X-Hook-Secret': secret } });

/** Ends a subscription; one that is gone already is fine. @throws what `keapRequest` throws for anything else */
export async function deleteHook(context: KeapContext, { key }: Hook): Promise<void> {
	const [deleted] = await Promise.allSettled([
		keapRequest(context, { method: 'DELETE', path: ONE, pathParams: { key }, expects: 'nothing' }),
	]);
	if (deleted.status === 'rejected' && ![404, 410].includes(httpCodeOf(deleted.reason) ?? 0)) throw deleted.reason;
}
