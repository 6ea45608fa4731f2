import { ApiError, badRequest, notFound } from '../errors';
import type { Hook } from '../hooks/hooks';
import type { Exchange, Handler } from '../types';

function hookOf({ state, params }: Exchange): Hook {
	const hook = state.hooks.all.get(params.key ?? '');
	if (!hook) throw notFound('hook', params.key ?? '');
	return hook;
}

/** What a subscription needs. @throws ApiError 400 */
function checked({ body, state }: Exchange, own?: Hook): { eventKey: string; hookUrl: string } {
	const { eventKey = own?.eventKey ?? '', hookUrl = own?.hookUrl ?? '' } = body as Partial<Hook>;
	if (!state.hooks.eventKeys.includes(eventKey)) throw badRequest(`eventKey "${eventKey}" is not known`, 'eventKey');
	if (!URL.canParse(hookUrl) || !/^https?:/.test(hookUrl)) throw badRequest(`hookUrl "${hookUrl}" is no address`, 'hookUrl');
	const twin = [...state.hooks.all.values()].find((hook) => hook !== own && hook.eventKey === eventKey && hook.hookUrl === hookUrl);
	if (twin) throw new ApiError(409, `There is a hook for ${eventKey} at this address already: ${twin.key}`);
	return { eventKey, hookUrl };
}

/** Keap calls the receiver; the answer shows what came of it, as far as it is known by then. */
const introduced = ({ state }: Exchange, hook: Hook, status: number) => ({
	status,
	ready: async () => {
		await state.hooks.introduce(hook);
		return { body: { ...hook } };
	},
});

export const HOOK_HANDLERS: Readonly<Record<string, Handler>> = {
	'v1/getHooks': ({ state }) => ({ status: 200, body: [...state.hooks.all.values()] }),
	'v1/getHooksEvent_keys': ({ state }) => ({ status: 200, body: state.hooks.eventKeys }),
	'v1/getHooksKey': (exchange) => ({ status: 200, body: hookOf(exchange) }),
	'v1/postHooks': (exchange) => {
		const { eventKey, hookUrl } = checked(exchange);
		return introduced(exchange, exchange.state.hooks.add(eventKey, hookUrl), 201);
	},
	'v1/putHooksKey': (exchange) => {
		const hook = hookOf(exchange);
		Object.assign(hook, checked(exchange, hook), { status: 'Unverified' });
		return introduced(exchange, hook, 200);
	},
	'v1/deleteHooksKey': (exchange) => {
		exchange.state.hooks.all.delete(hookOf(exchange).key);
		return { status: 204 };
	},
	'v1/postHooksKeyVerify': (exchange) => introduced(exchange, hookOf(exchange), 200),
	'v1/postHooksKeyDelayedVerify': (exchange) => {
		const hook = hookOf(exchange);
		if (!exchange.state.hooks.verifyLate(hook, exchange.headers['x-hook-secret']))
			throw badRequest('X-Hook-Secret is not the secret of this hook', 'X-Hook-Secret');
		return { status: 200, body: hook };
	},
};
