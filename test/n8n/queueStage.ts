import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8nClient } from '../../scripts/n8n/client';
import { installN8n, type Installation } from '../../scripts/n8n/install';
import { linkPackage } from '../../scripts/n8n/links';
import { startN8n, startN8nWorker, type N8nServer, type N8nWorker } from '../../scripts/n8n/server';
import { signIn } from '../../scripts/n8n/setup';
import { type RedisServer, startRedis } from '../redis/redisServer';
import { startPostgres } from './postgres';

/** n8n's queue mode: a main process with an owner signed in, Postgres, Redis, and as many workers as are started. */
export class QueueStage {
	private readonly stops: Array<() => Promise<unknown>> = [];

	private constructor(
		readonly version: string,
		private readonly installation: Installation,
		private readonly home: string,
		private readonly env: Record<string, string>,
		readonly redis: RedisServer,
		readonly main: N8nServer,
		readonly client: N8nClient,
	) {}

	static async open(version: string): Promise<QueueStage> {
		const installation = await installN8n(version);
		const home = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-'));
		await linkPackage(home);
		const redis = await startRedis();
		const postgres = await startPostgres();
		const env = {
			...postgres.env,
			EXECUTIONS_MODE: 'queue',
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(redis.port),
			OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		};
		const main = await startN8n({ installation, home, env });
		const client = new N8nClient(main.url);
		await signIn(client);
		const stage = new QueueStage(version, installation, home, env, redis, main, client);
		stage.stops.push(main.stop, postgres.close, async () => await redis.close());
		return stage;
	}

	/** Starts workers of one execution at a time, so that as many executions as workers are one for each. */
	async startWorkers(...settings: Array<Record<string, string>>): Promise<N8nWorker[]> {
		const { installation, home, env } = this;
		const workers = await Promise.all(
			settings.map(async (own) => await startN8nWorker({ installation, home, env: { ...env, ...own }, concurrency: 1 })),
		);
		this.stops.unshift(...workers.map(({ stop }) => stop));
		return workers;
	}

	/** Something to be ended after the workers and before n8n's own parts. */
	closeToo(close: () => Promise<unknown>): void {
		this.stops.unshift(close);
	}

	async close(): Promise<void> {
		for (const stop of this.stops) await stop();
		await rm(this.home, { recursive: true, force: true });
	}
}
