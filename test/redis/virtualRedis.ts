import type { connectRedis, RedisConnection } from '../../nodes/shared/throttle/redis/connection/client';
import { SCRIPT } from '../../nodes/shared/throttle/redis/script';
import type { VirtualClock, VirtualProcess } from '../throttle/virtualClock';
import { plainSettings } from './crowd';
import type { RedisServer } from './redisServer';

const CLOCK = /local time = call\('TIME'\)\nlocal now = [^\n]+/;
/** The script, but for its clock: the moment comes from the test. */
const SCRIPT_AT = SCRIPT.replace(CLOCK, 'local now = tonumber(redis.call("GET", "virtual clock"))');

/** Milliseconds after which the product's client gives up to connect. */
const CONNECT_MS = 5_000;

const never = async <T>(): Promise<T> => await new Promise<T>(() => undefined);

/** A process's way to the virtual Redis. */
export interface Way {
	/** Milliseconds, each way. */
	readonly distance: number;
	/** Nothing gets through, and nobody says so. */
	cut: boolean;
	/** Reads nothing while it is stopped. */
	readonly process: VirtualProcess;
}

/**
 * A Redis in virtual time. The script itself runs in a real one, whole as ever, at a moment of the virtual clock; what it
 * takes on the way there and back is virtual.
 */
export class VirtualRedis {
	/** Scripts that were run. */
	scripts = 0;
	/** Looks whether Redis still has its memory: one command each. */
	looks = 0;
	private gone = false;
	private thawed: Promise<void> = Promise.resolve();
	private readonly lost = new Set<(error: Error) => void>();
	private turn: Promise<unknown> = Promise.resolve();

	private constructor(
		private readonly clock: VirtualClock,
		private readonly startsAt: number,
		private readonly real: RedisConnection,
		private readonly plain: (...words: string[]) => Promise<unknown>,
	) {
		if (SCRIPT_AT === SCRIPT) throw new Error("The script's clock was not found: it reads the time in another way now.");
	}

	/** @param real how to run the script in the server, before the virtual clock is installed */
	static async over(
		server: RedisServer,
		clock: VirtualClock,
		startsAt: number,
		open: typeof connectRedis,
		plain: (...words: string[]) => Promise<unknown>,
	): Promise<VirtualRedis> {
		await plain('SET', 'virtual clock', '0');
		const real = await open(plainSettings(server.port), SCRIPT_AT, () => undefined);
		return new VirtualRedis(clock, startsAt, real, plain);
	}

	/** For `RedisLink`: connections of a process that is so far away. */
	opener(way: Way): typeof connectRedis {
		return async (_settings, _script, lost) => {
			await this.clock.after(2 * way.distance);
			if (way.cut) {
				await this.clock.after(CONNECT_MS);
				throw new Error('Connection timeout');
			}
			if (this.gone) throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:6379'), { code: 'ECONNREFUSED' });
			this.lost.add(lost);
			const over = async <T>(work: () => Promise<T>): Promise<T> => {
				await this.clock.after(way.distance);
				if (way.cut) return await never();
				await this.thawed;
				if (this.gone) throw new Error('Socket closed unexpectedly');
				const answer = await this.alone(work);
				await this.clock.after(way.distance);
				await way.process.running();
				return way.cut ? await never() : answer;
			};
			return {
				run: async (keys, message) =>
					await over(async () => {
						this.scripts++;
						await this.plain('SET', 'virtual clock', String(this.startsAt + this.clock.elapsed()));
						return await this.real.run(keys, message);
					}),
				memory: async (key) =>
					await over(async () => {
						this.looks++;
						return await this.real.memory(key);
					}),
				close: () => void this.lost.delete(lost),
			};
		};
	}

	/** Killed, and after so long started again, empty. */
	async dieFor(ms: number): Promise<void> {
		this.gone = true;
		for (const lost of [...this.lost]) lost(new Error('Socket closed unexpectedly'));
		this.lost.clear();
		await this.clock.after(ms);
		await this.empty();
		this.gone = false;
	}

	/** Does not answer for so long. */
	async freezeFor(ms: number): Promise<void> {
		this.thawed = this.clock.after(ms);
		await this.thawed;
	}

	/** FLUSHALL. */
	async empty(): Promise<void> {
		await this.alone(async () => await this.plain('FLUSHALL'));
	}

	/** Nothing listens any more, and nothing will. */
	die(): void {
		this.gone = true;
	}

	close(): void {
		this.real.close();
	}

	/** One after the other, as Redis does it, and in no virtual time. */
	private async alone<T>(work: () => Promise<T>): Promise<T> {
		const before = this.turn;
		const mine = (async () => {
			await before.catch(() => undefined);
			return await work();
		})();
		this.turn = mine;
		return await this.clock.holdFor(mine);
	}
}
