import { LoggerProxy } from 'n8n-workflow';
import { ConditionVariable, monotonic } from '../../../runtime/clock';
import type { RedisSettings } from './settings';
import type { connectRedis, RedisConnection } from './client';
import { backText, outageText, TooSlow } from './outage';

/** The longest that a call waits for Redis, once: then it goes by its process's own windows. */
const PATIENCE_MS = 1_000;
/**
 * Whether Redis still has its memory is looked at so often, for as long as somebody has wanted it of late; where there are many
 * processes, so much more seldom for each of them: all their looks together are ten a second at most.
 */
const LOOK_MS = 1_000;
const LOOK_MS_EACH = 100;
const LOOK_PATIENCE_MS = 5_000;
const WANTED_MS = 70_000;
/** A Redis that is away is tried again after so long; one that answers too slowly after so long, doubled up to a bound. */
const AWAY_MS = 250;
const SLOW_MS = 2_000;
const SLOWEST_MS = 30_000;
/** After so long without a hitch a slow Redis is forgiven. */
const FORGIVE_MS = 60_000;
/** Answers of a Redis that will not serve soon; one that is loading its data will. */
const REFUSES = /^(ERR|ACL|NOPERM|NOAUTH|WRONGPASS|READONLY|MOVED|OOM|MISCONF) /;
/** A connection that nobody has wanted for so long is closed. */
const IDLE_MS = 300_000;

/** What can happen to the way to Redis. */
export type LinkChange = 'up' | 'down' | 'emptied';

/**
 * A process's way to one Redis: opened when it is first wanted, opened again by itself when it breaks, closed when nobody
 * wants it. Whoever asks waits a bounded moment; while Redis is away, nobody waits.
 */
export class RedisLink {
	/** Holds a password: the link can be reached from globalThis, what is private by `#` cannot. */
	readonly #settings: RedisSettings;
	private connection?: RedisConnection;
	private connecting = false;
	private tried = false;
	private warned = false;
	/** Monotonic milliseconds of the first and the last question that Redis has not answered in time. */
	private silence?: { from: number; until: number };
	private failure?: Error;
	private wantedAt = -Infinity;
	private failedAt = -Infinity;
	private slowPause = SLOW_MS;
	private timer?: NodeJS.Timeout;
	private looking?: NodeJS.Timeout;
	private memoryName?: string;
	/** How many processes use the same Redis. */
	private processes = 1;
	private readonly listeners = new Set<(change: LinkChange) => void>();
	private readonly changed = new ConditionVariable();

	/**
	 * @param script what `run` runs
	 * @param open makes the connection
	 */
	constructor(
		settings: RedisSettings,
		private readonly script: string,
		private readonly open: typeof connectRedis = openWithClient,
	) {
		this.#settings = settings;
	}

	/** Whether Redis can be asked at this moment. */
	get up(): boolean {
		return this.connection !== undefined;
	}

	/** Milliseconds from one look whether Redis still has its memory to the next. */
	get lookMs(): number {
		return Math.max(LOOK_MS, LOOK_MS_EACH * this.processes);
	}

	/** Why Redis cannot be used and what would help, while it cannot; nothing while it can or has not been tried. */
	get problem(): string | undefined {
		return this.up || !this.failure ? undefined : outageText(this.#settings, this.failure);
	}

	/** So many processes have been seen to use a key of the Redis. */
	seen(processes: number): void {
		this.processes = Math.max(this.processes, processes);
	}

	/** Calls the listener when Redis becomes available or unavailable, and when it has lost its memory. */
	onChange(listener: (change: LinkChange) => void): void {
		this.listeners.add(listener);
	}

	/**
	 * Sees to it that there is a connection, if one can be had: waits for the first try at most.
	 *
	 * @param patience milliseconds to wait at most
	 */
	async begin(patience = PATIENCE_MS): Promise<void> {
		this.wantedAt = monotonic();
		if (this.up) return;
		if (!this.connecting && this.timer === undefined) void this.connect();
		if (this.tried) return;
		const until = monotonic() + Math.max(0, patience);
		while (!this.up && !this.tried && monotonic() < until) await this.changed.wait(until);
		this.tried = true;
	}

	/**
	 * Runs the script.
	 *
	 * @param patience milliseconds to wait for its answer
	 * @returns what it returned, or `undefined` when Redis is away, refuses, or does not answer within a second
	 */
	async run(keys: string[], message: string, patience = PATIENCE_MS): Promise<unknown> {
		const { connection } = this;
		if (!connection) return undefined;
		this.wantedAt = monotonic();
		const silence = this.silenceOf(this.wantedAt);
		try {
			const answer = await soon(connection.run(keys, message), patience);
			this.silence = undefined;
			if (this.warned) LoggerProxy.info(backText(this.#settings));
			this.warned = false;
			return answer;
		} catch (error) {
			silence.until = monotonic();
			// A caller with less patience than usual has not shown that Redis is slow; one after the other they have.
			const impatient = error instanceof TooSlow && patience < PATIENCE_MS && silence.until - silence.from < PATIENCE_MS;
			if (connection === this.connection && !impatient) this.fall(error);
			return undefined;
		}
	}

	/** The silence that a question at this moment falls into: since the first question without an answer, where they follow each other closely. */
	private silenceOf(now: number): { from: number; until: number } {
		if (this.silence === undefined || now - this.silence.until > PATIENCE_MS) this.silence = { from: now, until: now };
		return this.silence;
	}

	/** Closes the connection, and opens none until it is wanted again. */
	close(): void {
		clearTimeout(this.timer);
		clearTimeout(this.looking);
		this.timer = undefined;
		this.looking = undefined;
		this.connection?.close();
		this.connection = undefined;
		this.tried = false;
	}

	/** Redis gave an answer that can't be read; it is treated like no answer. */
	distrust(error: unknown): void {
		this.fall(error);
	}

	private async connect(): Promise<void> {
		this.connecting = true;
		try {
			const connection = await this.open(this.#settings, this.script, (error) => {
				if (connection === this.connection) this.fall(error);
			});
			this.connection = connection;
			this.failure = undefined;
			this.rest();
			this.report('up');
			this.look();
		} catch (error) {
			this.fall(error);
		} finally {
			this.connecting = false;
			this.tried = true;
			this.changed.notifyAll();
		}
	}

	private fall(reason: unknown): void {
		const error = reason instanceof Error ? reason : new Error(String(reason));
		const wasUp = this.up;
		this.connection?.close();
		this.connection = undefined;
		this.failure = error;
		this.warn(error);
		this.later(this.pauseAfter(error), () => {
			if (monotonic() - this.wantedAt < IDLE_MS) void this.connect();
		});
		if (wasUp) this.report('down');
	}

	/** A slow Redis delays a call each time it is tried, and one that refuses will likely refuse again: both are tried less and less often. */
	private pauseAfter(error: Error): number {
		if (!(error instanceof TooSlow) && !REFUSES.test(error.message)) return AWAY_MS;
		const now = monotonic();
		if (now - this.failedAt > FORGIVE_MS) this.slowPause = SLOW_MS;
		this.failedAt = now;
		const pause = this.slowPause;
		this.slowPause = Math.min(SLOWEST_MS, pause * 2);
		return pause;
	}

	/** Closes the connection once nobody has wanted it for long. */
	private rest(): void {
		this.later(IDLE_MS, () => {
			if (monotonic() - this.wantedAt < IDLE_MS) this.rest();
			else this.close();
		});
	}

	private later(ms: number, task: () => void): void {
		clearTimeout(this.timer);
		this.timer = setTimeout(() => {
			this.timer = undefined;
			task();
		}, ms);
		this.timer.unref();
	}

	private warn(error: Error): void {
		if (!this.warned) LoggerProxy.warn(outageText(this.#settings, error));
		this.warned = true;
	}

	private report(change: LinkChange): void {
		for (const listener of this.listeners) listener(change);
	}

	/** Looks now and then whether Redis has lost its memory: what each process knows has to be written back at once then. */
	private look(): void {
		if (this.looking !== undefined) return;
		this.looking = setTimeout(() => {
			this.looking = undefined;
			if (this.up) void this.lookNow().finally(() => this.look());
		}, this.lookMs);
		this.looking.unref();
	}

	private async lookNow(): Promise<void> {
		const { connection } = this;
		if (!connection || monotonic() - this.wantedAt > WANTED_MS) return;
		const [seen] = await Promise.allSettled([soon(connection.memory(`${this.#settings.keyPrefix}memory`), LOOK_PATIENCE_MS)]);
		// Only the script's answers decide whether Redis can be used.
		if (seen.status === 'rejected') return;
		const lost = this.memoryName !== undefined && this.memoryName !== seen.value;
		this.memoryName = seen.value;
		if (lost) this.report('emptied');
	}
}

/** The library is loaded only where the quota is shared: most installations never need it. */
const openWithClient: typeof connectRedis = async (...args) => {
	const { connectRedis: open } = await import('./client');
	return await open(...args);
};

/** @throws TooSlow when there is no answer in time */
async function soon<T>(answer: Promise<T>, patience: number): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		// After a stall of the event loop the timer fires first: answers that arrived meanwhile are read before it counts as too slow.
		timer = setTimeout(() => setImmediate(() => setImmediate(() => reject(new TooSlow()))), patience);
	});
	try {
		return await Promise.race([answer, late]);
	} finally {
		clearTimeout(timer);
	}
}
