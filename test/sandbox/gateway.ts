import { KEY_REFUSED, THROTTLE_BODIES } from './errors';
import { EMPTY_QUOTA_HEADERS, quotaHeaders } from './quotaHeaders';
import type { Answer, KeyKind, Limits, SandboxOptions, SandboxStats, ThrottleBody } from './types';
import { dayWindow, fixedClockWindow, minuteWindow, nextMidnight, secondWindow, type Window } from './windows';

type Windows = Record<'second' | 'minute' | 'day', Window>;
/** Minute and day are counted for the account, all its keys together; only the second is a key's own. */
type AccountWindows = Omit<Windows, 'second'> & { tenantMinute: Window; tenantDay: Window };
type Refusal = keyof SandboxStats['refused'];

const DEFAULT_ACCOUNT = 'sandbox';

export type Admission = { admitted: true; key: string; kind: KeyKind } | { admitted: false; answer: Answer };

const DEFAULT_LIMITS: Limits = { perSecond: 5, perMinute: 120, perDay: 15_000 };
const ORDER = ['second', 'minute', 'day'] as const;
const REFUSAL_BODIES: Record<(typeof ORDER)[number], ThrottleBody> = { second: 'apigeeSpike', minute: 'keap', day: 'keap' };

/** What stands in front of Keap: knows keys and counts calls, and nothing of records. */
export class Gateway {
	readonly refused: Record<Refusal, number> = { key: 0, second: 0, minute: 0, day: 0 };
	private readonly keys: Map<string, KeyKind>;
	private readonly limits: Limits;
	private seconds = new Map<string, Window>();
	private accounts = new Map<string, AccountWindows>();

	constructor(private readonly options: Omit<SandboxOptions, 'now'> = {}) {
		this.keys = new Map(Object.entries(options.keys ?? { 'sandbox-key': 'full', 'limited-key': 'limited' }));
		this.limits = { ...DEFAULT_LIMITS, ...options.limits };
	}

	/** Lets a call through and counts it, or refuses it: 401 (which counts nowhere), 429 (which spends nothing). */
	admit(key: string | undefined, at: number): Admission {
		const kind = this.identify(key);
		if (key === undefined || kind === undefined) {
			this.refused.key++;
			const headers = this.options.headers === false ? undefined : { ...EMPTY_QUOTA_HEADERS };
			return { admitted: false, answer: { status: 401, body: KEY_REFUSED, headers } };
		}
		const windows = this.windowsOf(key);
		const full = ORDER.find((name) => !windows[name].allows(at));
		if (full) {
			this.refused[full]++;
			return { admitted: false, answer: this.throttled(key, at, REFUSAL_BODIES[full]) };
		}
		for (const name of ORDER) windows[name].spend(at);
		windows.tenantMinute.spend(at);
		windows.tenantDay.spend(at);
		return { admitted: true, key, kind };
	}

	/** The kind of a key; undefined if Keap does not know it. */
	identify(key: string | undefined): KeyKind | undefined {
		return key === undefined ? undefined : this.keys.get(key);
	}

	/** A 429 as the gateway sends it. */
	throttled(key: string | undefined, at: number, body: ThrottleBody, withHeaders = true): Answer {
		return { status: 429, body: THROTTLE_BODIES[body], headers: withHeaders ? this.headers(key, at) : undefined };
	}

	/** The quota headers for an answer to this key; none when they are switched off. */
	headers(key: string | undefined, at: number): Record<string, string> {
		if (this.options.headers === false) return {};
		if (key === undefined || !this.keys.has(key)) return { ...EMPTY_QUOTA_HEADERS };
		const { minute, day, tenantMinute, tenantDay } = this.windowsOf(key);
		return quotaHeaders(this.limits, {
			account: this.accountOf(key),
			minute: minute.used(at),
			day: day.used(at),
			tenantMinute: tenantMinute.used(at),
			tenantDay: tenantDay.used(at),
			dayEndsAt: nextMidnight(at),
		});
	}

	/** Calls that the key may still spend in its account's minute. */
	minuteLeft(key: string | undefined, at: number): number {
		const known = key !== undefined && this.keys.has(key);
		return Math.max(0, this.limits.perMinute - (known ? this.windowsOf(key).minute.used(at) : 0));
	}

	/** Another program spends calls with a key: from its account's minute and day, at a pace that never troubles the second. */
	spendElsewhere(calls: number, at: number, key = this.keys.keys().next().value): void {
		if (key === undefined || !this.keys.has(key)) throw new Error('spendElsewhere: the sandbox has no such key');
		const { minute, day, tenantMinute, tenantDay } = this.windowsOf(key);
		for (const window of [minute, day, tenantMinute, tenantDay]) window.spend(at, calls);
	}

	reset(): void {
		this.seconds = new Map();
		this.accounts = new Map();
		Object.assign(this.refused, { key: 0, second: 0, minute: 0, day: 0 });
	}

	/** The account that a key belongs to; all keys are of one account by default. */
	private accountOf(key: string): string {
		return this.options.accounts?.[key] ?? DEFAULT_ACCOUNT;
	}

	private windowsOf(key: string): Windows & AccountWindows {
		const { secondMode = 'rolling', minuteMode = 'rolling', toleranceMs } = this.options;
		const second = known(this.seconds, key, () => secondWindow(secondMode, this.limits.perSecond, toleranceMs));
		const account = known(this.accounts, this.accountOf(key), () => ({
			minute: minuteWindow(minuteMode, this.limits.perMinute, toleranceMs),
			day: dayWindow(this.limits.perDay),
			tenantMinute: fixedClockWindow(Infinity, 60_000),
			tenantDay: dayWindow(Infinity),
		}));
		return { second, ...account };
	}
}

/** The entry of a map, made when it is first asked for. */
function known<T>(map: Map<string, T>, name: string, make: () => T): T {
	const found = map.get(name) ?? make();
	map.set(name, found);
	return found;
}
