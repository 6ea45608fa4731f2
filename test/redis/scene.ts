import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { type RedisServer, startRedis } from './redisServer';
import { startWorker, type Orders, type Report, type Worker } from './workers';

/** A Redis, a strict gateway and some processes: what queue mode consists of, seen from the quota. */
export interface Scene {
	redis: RedisServer;
	sandbox: Sandbox;
	workers: Worker[];
	/** Fields of a credential that shares the quota through the Redis. */
	credentials: Record<string, unknown>;
	/** Each worker makes so many calls. */
	work(calls: number[], more?: Partial<Orders>): Promise<Report[]>;
	close(): Promise<void>;
}

/**
 * @param clockSkews one worker for each, its wall clock wrong by so many milliseconds
 * @param startOne starts a worker; another one than the package's own, where something else takes the orders
 */
export async function startScene(
	clockSkews: number[],
	options: SandboxOptions = {},
	redisArgs: string[] = [],
	startOne: (skew: number) => Promise<Worker> = startWorker,
): Promise<Scene> {
	const apiKey = 'shared-key-0001';
	const [redis, sandbox, ...workers] = await Promise.all([
		startRedis(redisArgs),
		startSandbox({ keys: { [apiKey]: 'full' }, ...options }),
		...clockSkews.map(async (skew) => await startOne(skew)),
	]);
	const { perSecond = 5, perMinute = 120, perDay = 15_000 } = options.limits ?? {};
	const limits = { limits: 'fixed', requestsPerSecond: perSecond, requestsPerMinute: perMinute, requestsPerDay: perDay };
	const credentials = { apiKey, baseUrl: sandbox.url, ...limits, shareQuota: 'redis', redisHost: '127.0.0.1', redisPort: redis.port };
	return {
		redis,
		sandbox,
		workers,
		credentials,
		work: async (calls, more = {}) => {
			const orders = calls.map((count, index) => ({ name: `w${index}`, calls: count, credentials, ...more }));
			return await Promise.all(orders.map(async (order, index) => await workers[index]!.work(order)));
		},
		close: async () => {
			await Promise.all(workers.map(async (worker) => await worker.close()));
			await Promise.all([redis.close(), sandbox.close()]);
		},
	};
}

export const pause = async (ms: number): Promise<void> => await new Promise((resolve) => setTimeout(resolve, ms));

/** All calls that the reports list were delivered. */
export const delivered = (reports: Report[]): number => reports.reduce((sum, report) => sum + report.delivered, 0);
