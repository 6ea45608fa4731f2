import { createHash } from 'node:crypto';
import { DEFAULT_BASE_URL, isKeapHost } from '../baseUrl';
import type { KeapCredentials } from '../credentials';
import type { RedisSettings } from '../sharing';
import { LocalWindows } from './localWindows';
import { RedisLink } from './shared/link';
import { SharedWindows } from './shared/sharedWindows';
import { Throttle } from './throttle';
import type { QuotaWindows } from './windows';

/** What all copies of this code in one process share, however they were loaded. */
interface Shared {
	throttles: Map<string, Throttle>;
	/** The process's own windows, by key name. */
	own: Map<string, LocalWindows>;
	/** By settings, and by settings and key name: hashes, as there are passwords in them. */
	links: Map<string, RedisLink>;
	sharedWindows: Map<string, SharedWindows>;
	/** What was found for credentials before: hashing takes longer than all the rest. */
	found: WeakMap<KeapCredentials, { throttle: Throttle; windows: QuotaWindows }>;
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
	return (globals[SHARED] ??= {
		throttles: new Map(),
		own: new Map(),
		links: new Map(),
		sharedWindows: new Map(),
		found: new WeakMap(),
		lookups: new Map(),
	});
}

/** A name for the key on its host that does not tell the key. Keap's two hosts are one, and count a key's calls together. */
export function keyName({ origin, apiKey }: Pick<KeapCredentials, 'origin' | 'apiKey'>): string {
	const host = isKeapHost(new URL(origin), new URL(DEFAULT_BASE_URL)) ? DEFAULT_BASE_URL : origin;
	return hash(`${host}\n${apiKey}`);
}

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** Remembered look-ups of all keys, by key name and look-up. */
export function lookups(): Map<string, Lookup> {
	return shared().lookups;
}

/** The one throttle of a key in this process, with the credential's present limits and sharing. */
export function throttleFor(credentials: KeapCredentials): Throttle {
	const { throttles, found } = shared();
	let known = found.get(credentials);
	if (!known) {
		const name = keyName(credentials);
		const windows = windowsFor(credentials, name);
		known = { throttle: entry(throttles, name, () => new Throttle(windows)), windows };
		found.set(credentials, known);
	}
	// Another credential with the same key may have said otherwise meanwhile.
	known.windows.setLimits(credentials.limits);
	known.throttle.use(known.windows);
	return known.throttle;
}

/** Closes the connections to every Redis; the next call opens new ones. For tests and for the end of a script. */
export function closeSharing(): void {
	for (const link of shared().links.values()) link.close();
}

function windowsFor({ limits, sharing }: KeapCredentials, name: string): QuotaWindows {
	const { own: all, links, sharedWindows } = shared();
	const own = entry(all, name, () => new LocalWindows(limits));
	if (!sharing) {
		own.share(1);
		return own;
	}
	const redis = hash(JSON.stringify(sharing));
	return entry(sharedWindows, `${redis} ${name}`, () => {
		const link = entry(links, redis, () => new RedisLink(sharing));
		return new SharedWindows(own, link, redisKey(sharing, name));
	});
}

/** In braces goes what decides the slot, should the Redis ever be a cluster. */
function redisKey({ keyPrefix }: RedisSettings, name: string): string {
	return `${keyPrefix}{${name}}`;
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
