import { createHash } from 'node:crypto';
import { processWide } from '../runtime/processWide';
import type { KeapLimits } from './quota/limits';
import type { RedisSettings } from './redis/settings';
import { LocalWindows } from './local/localWindows';
import { RedisLink } from './redis/link';
import { SharedWindows } from './redis/sharedWindows';
import { Throttle } from './throttle';
import type { QuotaWindows } from './quota/windows';

/** What the throttle of a key has to know of the credential. */
export interface ThrottleKey {
	/** A name for the key on its host that does not reveal the key: calls under one name are counted together. */
	readonly keyName: string;
	limits: KeapLimits;
	/** The Redis that keeps several processes together; none unless the credential says so. */
	sharing?: RedisSettings;
}

interface Registry {
	throttles: Map<string, Throttle>;
	/** The process's own windows, by key name. */
	own: Map<string, LocalWindows>;
	/** By settings, and by settings and key name: hashes, as there are passwords in them. */
	links: Map<string, RedisLink>;
	sharedWindows: Map<string, SharedWindows>;
	/** What was found for credentials before: hashing takes longer than all the rest. */
	found: WeakMap<ThrottleKey, { throttle: Throttle; windows: QuotaWindows }>;
}

const registry = (): Registry =>
	processWide('throttles', () => ({
		throttles: new Map(),
		own: new Map(),
		links: new Map(),
		sharedWindows: new Map(),
		found: new WeakMap(),
	}));

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** The one throttle of a key in this process, with the credential's present limits and sharing. */
export function throttleFor(credentials: ThrottleKey): Throttle {
	const { throttles, found } = registry();
	let known = found.get(credentials);
	if (!known) {
		const name = credentials.keyName;
		const windows = windowsFor(credentials, name);
		known = { throttle: entry(throttles, name, () => new Throttle(windows)), windows };
		found.set(credentials, known);
	}
	// Another credential with the same key may have said otherwise meanwhile.
	known.windows.setLimits(credentials.limits);
	known.throttle.use(known.windows);
	return known.throttle;
}

/** The throttles of all keys that this process has used, the first used first. */
export const throttlesOfProcess = (): Throttle[] => [...registry().throttles.values()];

/** Closes the connections to every Redis; the next call opens new ones. For tests and for the end of a script. */
export function closeSharing(): void {
	for (const link of registry().links.values()) link.close();
}

function windowsFor({ limits, sharing }: ThrottleKey, name: string): QuotaWindows {
	const { own: all, links, sharedWindows } = registry();
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
