import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { startSandbox, type Sandbox } from '../sandbox';
import { lookupContext } from '../support/context';
import { NO_LIMITS } from '../support/keap';

/** A Keap to look things up in. */
export interface Lookups {
	readonly sandbox: Sandbox;
	/** A look-up's context with a key that nobody has used: nothing is cached under it. Further calls with the same name share the key. */
	context(name: string): ILoadOptionsFunctions;
	/** The calls since the last look, as `path?filter`. */
	newCalls(): string[];
}

/** Starts one for the tests of a file, and ends it with them. */
export function lookups(): Lookups {
	let sandbox: Sandbox | undefined;
	let seen = 0;
	const keys = Object.fromEntries(
		['browse', 'search', 'cache', 'many', 'fault', 'other', 'order'].map((name) => [`key-of-${name}`, 'full' as const]),
	);
	const running = (): Sandbox => {
		if (sandbox === undefined) throw new Error('The sandbox runs only inside tests');
		return sandbox;
	};
	beforeAll(async () => {
		sandbox = await startSandbox({ keys, limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
	});
	afterAll(async () => await running().close());
	return {
		get sandbox() {
			return running();
		},
		context: (name) => lookupContext({ credentials: { ...NO_LIMITS, apiKey: `key-of-${name}`, baseUrl: running().url } }),
		newCalls: () => {
			// After a reset the list begins anew.
			seen = Math.min(seen, running().calls.length);
			const fresh = running()
				.calls.slice(seen)
				.map(({ path, query }) => `${path.replace('/crm/rest/v2/', '')}?${query.filter ?? ''}`);
			seen += fresh.length;
			return fresh;
		},
	};
}
