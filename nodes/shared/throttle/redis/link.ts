import { LoggerProxy } from 'n8n-workflow';
import { ConditionVariable, monotonic } from '../../runtime/clock';
import type { RedisSettings } from './settings';
import type { RedisConnection } from './client';
import { backText, outageText, TooSlow } from './outage';
import { SCRIPT } from './script';

/** The longest that a call waits for Redis, once: then it goes by its process's own windows. */
const PATIENCE_MS = 1_000;
/** The same for the very first connection, with which the library is loaded and the script handed over. */
const BEGIN_MS = 2_000;
/** A Redis that is away is tried again after so long; one that answers too slowly after so long, doubled up to a bound. */
const AWAY_MS = 250;
const SLOW_MS = 2_000;
const SLOWEST_MS = 30_000;
/** After so long without a hitch a slow Redis is forgiven. */
const FORGIVE_MS = 60_000;
/** Answers of a Redis that will not serve soon; one that is loading its data will. */
const REFUSES = /^(ERR|NOPERM|NOAUTH|WRONGPASS|READONLY|MOVED|OOM|MISCONF) /;
/** A connection that nobody has wanted for so long is closed. */
const IDLE_MS = 300_000;

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
	private wantedAt = -Infinity;
	private failedAt = -Infinity;
	private slowPause = SLOW_MS;
	private timer?: NodeJS.Timeout;
	private readonly listeners = new Set<(up: boolean) => void>();
	private readonly news = new ConditionVariable();

	constructor(settings: RedisSettings) {
		this.#settings = settings;
	}

	/** Whether Redis can be asked at this moment. */
	get up(): boolean {
		return this.connection !== undefined;
	}

	/** Told when Redis comes and goes. */
	onChange(listener: (up: boolean) => void): void {
		this.listeners.add(listener);
	}

	/** Sees to it that there is a connection, if one can be had: waits for the first try at most, and that not for long. */
	async begin(): Promise<void> {
		this.wantedAt = monotonic();
		if (this.up) return;
		if (!this.connecting && this.timer === undefined) void this.connect();
		if (this.tried) return;
		const until = monotonic() + BEGIN_MS;
		while (!this.up && !this.tried && monotonic() < until) await this.news.wait(until);
		this.tried = true;
	}

	/**
	 * Runs the script.
	 *
	 * @returns what it gave, or `undefined` when Redis is away, refuses, or does not answer within a second
	 */
	async run(keys: string[], message: string): Promise<unknown> {
		const { connection } = this;
		if (!connection) return undefined;
		this.wantedAt = monotonic();
		try {
			const answer = await soon(connection.run(keys, message));
			if (this.warned) LoggerProxy.info(backText(this.#settings));
			this.warned = false;
			return answer;
		} catch (error) {
			if (connection === this.connection) this.fall(error);
			return undefined;
		}
	}

	/** Closes the connection, and opens none until it is wanted again. */
	close(): void {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.connection?.close();
		this.connection = undefined;
		this.tried = false;
	}

	/** What Redis gave made no sense: as good as none. */
	distrust(error: unknown): void {
		this.fall(error);
	}

	private async connect(): Promise<void> {
		this.connecting = true;
		try {
			// Loaded only where the quota is shared: most installations never need it.
			const { connectRedis } = await import('./client');
			const connection = await connectRedis(this.#settings, SCRIPT, (error) => {
				if (connection === this.connection) this.fall(error);
			});
			this.connection = connection;
			this.rest();
			this.tell(true);
		} catch (error) {
			this.fall(error);
		} finally {
			this.connecting = false;
			this.tried = true;
			this.news.notifyAll();
		}
	}

	private fall(reason: unknown): void {
		const error = reason instanceof Error ? reason : new Error(String(reason));
		const wasUp = this.up;
		this.connection?.close();
		this.connection = undefined;
		this.warn(error);
		this.later(this.pauseAfter(error), () => {
			if (monotonic() - this.wantedAt < IDLE_MS) void this.connect();
		});
		if (wasUp) this.tell(false);
	}

	/** One that is slow would hold up a call each time it is tried, one that refuses goes on to: tried less and less. */
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

	private tell(up: boolean): void {
		for (const listener of this.listeners) listener(up);
	}
}

/** @throws TooSlow after a second */
async function soon<T>(answer: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		// After a stall of the event loop the timer is first: what has come in meanwhile is read before it counts.
		timer = setTimeout(() => setImmediate(() => setImmediate(() => reject(new TooSlow()))), PATIENCE_MS);
	});
	try {
		return await Promise.race([answer, late]);
	} finally {
		clearTimeout(timer);
	}
}
