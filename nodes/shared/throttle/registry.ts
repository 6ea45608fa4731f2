import { createHash } from 'node:crypto';
import { processWide } from '../runtime/processWide';
import { AccountWindows } from './local/accountWindows';
import { LocalWindows } from './local/localWindows';
import { KeyThrottle } from './keyThrottle';
import type { KeapLimits } from './quota/limits';
import type { QuotaWindows } from './quota/windows';
import { RedisLink } from './redis/connection/link';
import type { RedisSettings } from './redis/connection/settings';
import { SCRIPT } from './redis/script';
import { SharedWindows } from './redis/sharedWindows';
import { onShutdown } from './redis/shutdown';
import { Throttle } from './throttle';

/** What the throttle of a key has to know of the credential. */
export interface ThrottleKey {
	/** A name for the key on its host that does not reveal the key: calls under one name are counted together. */
	readonly keyName: string;
	/** The host that the key is for; Keap's two are one. */
	readonly host: string;
	/** n8n's id of the credential, where n8n names it: its limits hold for its own calls. */
	readonly credentialId?: string;
	limits: KeapLimits;
	/** The Redis that keeps several processes together; none unless the credential says so. */
	sharing?: RedisSettings;
}

/** Everything here can be read by any code of the process: names are hashes, and a Redis' password is in no member. */
interface Registry {
	throttles: Map<string, KeyThrottle>;
	/** The throttle of each key, seen from the credential that used the key first. */
	first: Map<string, Throttle>;
	/** The process's own windows, by key name. */
	own: Map<string, LocalWindows>;
	/** By the hash of host and account. */
	accounts: Map<string, AccountWindows>;
	/** By settings, and by settings and key name. */
	links: Map<string, RedisLink>;
	sharedWindows: Map<string, SharedWindows>;
	/** Throttles found before, by credential: hashing the key takes longer than the rest of a look-up. */
	found: WeakMap<ThrottleKey, Found>;
}

interface Found {
	key: KeyThrottle;
	throttle: Throttle;
	windows: QuotaWindows;
	credential: string;
}

const registry = (): Registry =>
	processWide('throttles', () => ({
		throttles: new Map(),
		first: new Map(),
		own: new Map(),
		accounts: new Map(),
		links: new Map(),
		sharedWindows: new Map(),
		found: new WeakMap(),
	}));

function hash(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

/** The one throttle of a key in this process, with the credential's present limits and sharing. */
export function throttleFor(credentials: ThrottleKey): Throttle {
	const { found } = registry();
	let known = found.get(credentials);
	if (!known) {
		known = find(credentials);
		found.set(credentials, known);
	}
	const { key, windows, credential, throttle } = known;
	// Another credential with the same key may share its quota in another way.
	key.use(windows);
	if (windows.setLimits(credential, credentials.limits)) key.limitsChanged();
	return throttle;
}

/** The throttles of all keys that this process has used, the first used first. */
export const throttlesOfProcess = (): Throttle[] => [...registry().first.values()];

/** Why the quota of this credential is not shared as it is to be, and what would help; nothing where all is well. */
export function sharingProblem({ sharing }: ThrottleKey): string | undefined {
	return sharing && registry().links.get(hash(JSON.stringify(sharing)))?.problem;
}

/** Closes the connections to every Redis; the next call opens new ones. For tests and for the end of a script. */
export function closeSharing(): void {
	for (const link of registry().links.values()) link.close();
}

function find(credentials: ThrottleKey): Found {
	const { throttles, own: all, first } = registry();
	const { keyName, host, limits } = credentials;
	const own = entry(all, keyName, () => new LocalWindows({ nameOf: (account) => hash(`${host}\n${account}`), windowsOf: accountWindows }));
	const windows = windowsFor(credentials, own);
	const credential = credentials.credentialId ?? own.limits.credentialWith(limits) ?? JSON.stringify(limits);
	const key = entry(throttles, keyName, () => new KeyThrottle(windows));
	const throttle = new Throttle(key, credential);
	entry(first, keyName, () => throttle);
	return { key, throttle, windows, credential };
}

function accountWindows(name: string): AccountWindows {
	return entry(registry().accounts, name, () => new AccountWindows());
}

function windowsFor({ sharing, keyName }: ThrottleKey, own: LocalWindows): QuotaWindows {
	const { links, sharedWindows } = registry();
	if (!sharing) {
		own.share();
		return own;
	}
	const redis = hash(JSON.stringify(sharing));
	return entry(sharedWindows, `${redis} ${keyName}`, () => {
		const link = entry(links, redis, () => new RedisLink(sharing, SCRIPT));
		const windows = new SharedWindows(own, link, { prefix: sharing.keyPrefix, key: keyName });
		onShutdown(() => windows.leave());
		return windows;
	});
}

function entry<T>(map: Map<string, T>, key: string, make: () => T): T {
	const known = map.get(key);
	if (known !== undefined) return known;
	const made = make();
	map.set(key, made);
	return made;
}
