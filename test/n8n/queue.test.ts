import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { N8nClient } from '../../scripts/n8n/client';
import { executionEnd, outputOf, startExecution } from '../../scripts/n8n/executions';
import type { N8nWorker } from '../../scripts/n8n/server';
import { createWorkflow, putCredential, withCredential } from '../../scripts/n8n/setup';
import { DEFAULT_VERSION } from '../../scripts/n8n/versions';
import { type RedisServer, startSlowWay } from '../redis/redisServer';
import { type Sandbox, startSandbox } from '../sandbox';
import { keapNode, manualTrigger, workflow } from '../support/engine-workflow';
import { FOUND_SOON, InterruptedImport } from './interruptedImport';
import { QueueStage } from './queueStage';
import { RIGHT_KEY, Stage } from './stage';

const EXECUTIONS = 20;
/** Calls of each worker in the long run, and milliseconds that the third one's messages to Redis and back take longer each way. */
const ITEMS = 80;
const FURTHER_MS = 10;

describe(`queue mode of n8n ${DEFAULT_VERSION}: a main process and three workers, one of them further away`, () => {
	let stage: QueueStage;
	let redis: RedisServer;
	let sandbox: Sandbox;
	let client: N8nClient;
	let workers: N8nWorker[];
	let logs: string[];

	beforeAll(async () => {
		stage = await QueueStage.open(DEFAULT_VERSION);
		({ redis, client } = stage);
		sandbox = await startSandbox({ keys: { [RIGHT_KEY]: 'full' } });
		stage.closeToo(async () => await sandbox.close());
		const far = await startSlowWay(redis.port, FURTHER_MS);
		stage.closeToo(far.close);
		workers = await stage.startWorkers({}, {}, { QUEUE_BULL_REDIS_PORT: String(far.port) });
		logs = workers.map(({ logFile }) => logFile);
	});

	afterAll(async () => await stage?.close());

	it('executions in all workers and a credential test in the main process keep together inside one quota', async () => {
		const limits = { limits: 'fixed', requestsPerSecond: 5, requestsPerMinute: 120, requestsPerDay: 15_000 };
		const data = Stage.keapData(sandbox, limits);
		const credential = await putCredential(client, 'Keap shared', 'keapApi', data);
		const call = { resource: 'customApiCall', operation: 'call', method: 'GET', path: '/crm/rest/v2/businessProfile' };
		// Three calls an execution, one after the other.
		const nodes = ['One', 'Two', 'Three'].map((name) => keapNode(name, call));
		const id = await createWorkflow(client, withCredential(workflow([manualTrigger('Start'), ...nodes]), credential));
		const ids = await Promise.all(Array.from({ length: EXECUTIONS }, async () => await startExecution(client, id, 'Start')));
		const tested = client.post<{ status: string }>('/rest/credentials/test', { credentials: { ...credential, type: 'keapApi', data } });
		const ends = await Promise.all(ids.map(async (execution) => await executionEnd(client, execution)));

		expect(ends.filter(({ status }) => status !== 'success').map(({ data }) => data.resultData.error)).toEqual([]);
		expect(ends.every((end) => outputOf(end, 'Three').length === 1)).toBe(true);
		expect(await tested).toMatchObject({ status: 'OK' });
		// Beside a whole n8n a call can be late by more than a tenth of a second: one too many in the strictest second, sent again unseen.
		const { calls, refused } = sandbox.stats();
		expect(refused.minute).toBe(0);
		expect(refused.second).toBeLessThanOrEqual(1);
		expect(calls - refused.second).toBe(EXECUTIONS * 3 + 1);
		for (const log of logs) expect(await readFile(log, 'utf8')).toMatch(/Worker started execution/);
		const keys = (await redis.command('KEYS', 'bull:n8n:keap:*')) as string[];
		// One of them is the account's, and all four processes are counted in it.
		const peers = keys.filter((key) => key.endsWith(':peers')).map(async (key) => Number(await redis.command('ZCARD', key)));
		expect(Math.max(...(await Promise.all(peers)))).toBe(4);
	});

	it('three workers with equal work have equal parts of every minute, however far from Redis, and no call is refused', async () => {
		const other = await startSandbox({ keys: { [RIGHT_KEY]: 'full' } });
		stage.closeToo(async () => await other.close());
		// Neither Share Quota nor limits are set: automatic, and from Keap.
		const credential = await putCredential(client, 'Keap automatic', 'keapApi', {
			apiKey: RIGHT_KEY,
			advancedSettings: true,
			baseUrl: other.url,
		});
		const items = { name: 'Items', type: 'n8n-nodes-base.set', typeVersion: 3.4 };
		const list = JSON.stringify({ n: Array.from({ length: ITEMS }, (_none, n) => n) });
		const nodes = [
			manualTrigger('Start'),
			{ ...items, parameters: { mode: 'raw', jsonOutput: list } },
			{ name: 'Split', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'n' } },
			// The call carries the name of its execution.
			keapNode('Keap', {
				resource: 'customApiCall',
				operation: 'call',
				method: 'GET',
				path: '=/crm/rest/v2/tags?filter=name==run-{{ $execution.id }}',
			}),
		];
		const id = await createWorkflow(client, withCredential(workflow(nodes), credential));
		const ids = await Promise.all([1, 2, 3].map(async () => await startExecution(client, id, 'Start')));
		const ends = await Promise.all(ids.map(async (execution) => await executionEnd(client, execution, 220_000)));
		expect(ends.map(({ status }) => status)).toEqual(['success', 'success', 'success']);
		for (const end of ends) expect(outputOf(end, 'Keap')).toHaveLength(ITEMS);

		const startedIn = logs.map((log) => ids.filter((one) => readFileSync(log, 'utf8').includes(`execution ${one} (`)));
		expect(startedIn.map((started) => started.length)).toEqual([1, 1, 1]);
		expect(other.stats()).toMatchObject({ calls: 3 * ITEMS, refused: { minute: 0, second: 0 } });
		for (const from of [0, 120]) {
			const calls = other.calls.slice(from, from + 120).map(({ query }) => query.filter);
			const parts = ids.map((one) => calls.filter((filter) => filter === `name==run-${one}`).length);
			// Within 20 % of forty.
			expect(parts.every((part) => Math.abs(part - 40) <= 8) || parts).toBe(true);
		}
	});

	it('an execution that outlasts the grace time of its worker is not run again: it fails, and nothing is doubled', async () => {
		await Promise.all(workers.map(async ({ stop }) => await stop()));
		const settings = { ...FOUND_SOON, N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '1' };
		const imports = await InterruptedImport.store(stage);
		const id = await imports.interrupt(await stage.startWorkers(settings, settings), async (worker) => await worker.stop());

		await imports.expectGivenUp(id);
	});
});
