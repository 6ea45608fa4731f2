import { createHash } from 'node:crypto';
import type { KeapCredentials } from '../credentials';
import { LocalWindows } from './localWindows';
import { Throttle } from './throttle';

/** What all copies of this code in one process share, however they were loaded. */
interface Shared {
	throttles: Map<string, Throttle>;
	lookups: Map<string, Lookup>;
}

/** An answer that is remembered for a while. */
export interface Lookup {
	answer: Promise<unknown>;
	/** Monotonic milliseconds. */
	until: number;
}

const SHARED = Symbol.for('n8n-nodes-keap');

function shared(): Shared {
	const globals: typeof globalThis & { [SHARED]?: Shared } = globalThis;
	return (globals[SHARED] ??= { throttles: new Map(), lookups: new Map() });
}

/** A name for the key on its host that does not tell the key. */
export function keyName({ origin, apiKey }: Pick<KeapCredentials, 'origin' | 'apiKey'>): string {
	return createHash('sha256').update(`${origin}\n${apiKey}`).digest('hex');
}

/** Remembered look-ups of all keys, by key name and look-up. */
export function lookups(): Map<string, Lookup> {
	return shared().lookups;
}

/** The one throttle of a key in this process, with the credential's present limits. */
export function throttleFor(credentials: KeapCredentials): Throttle {
	const { throttles } = shared();
	const name = keyName(credentials);
	const throttle = throttles.get(name);
	if (throttle) {
		throttle.setLimits(credentials.limits);
		return throttle;
	}
	const fresh = new Throttle(new LocalWindows(credentials.limits));
	throttles.set(name, fresh);
	return fresh;
}
