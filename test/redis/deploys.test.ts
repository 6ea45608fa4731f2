import { startSlowWay, waitFor } from './redisServer';
import { pause, type Scene, startScene } from './scene';
import { startWorker, type Worker } from './workers';

let scene: Scene;
const workers: Worker[] = [];
const ways: Array<{ close(): Promise<void> }> = [];

beforeAll(async () => (scene = await startScene([0])));
afterAll(async () => {
	await Promise.all([...workers, ...ways].map(async (each) => await each.close()));
	await scene.close();
});

/** A worker that is 200 ms away from Redis: it is granted several slots ahead of their moments. */
async function startFarWorker(variables: Record<string, string>, name: string): Promise<Worker> {
	const way = await startSlowWay(scene.redis.port, 200);
	ways.push(way);
	const worker = await startWorker(0, variables);
	workers.push(worker);
	const credentials = { ...scene.credentials, redisPort: way.port };
	void worker.work({ name, calls: 100, credentials }).catch(() => undefined);
	return worker;
}

const arrivals = (name: string): number[] => scene.sandbox.calls.filter(({ rawQuery }) => rawQuery.includes(name)).map(({ at }) => at);

/** Calls that Redis counts, by the process that has made them. */
async function counted(): Promise<Map<string, number>> {
	// The first calls may be counted under the key, before its account was known.
	const logs = (await scene.redis.command('KEYS', '*:log')) as string[];
	const all = await Promise.all(logs.map(async (log) => (await scene.redis.command('ZRANGE', log, '0', '-1')) as string[]));
	const ids = all.sort((a, b) => b.length - a.length)[0] ?? [];
	const counts = new Map<string, number>();
	for (const id of ids) counts.set(id.slice(0, 37), (counts.get(id.slice(0, 37)) ?? 0) + 1);
	return counts;
}

test('a worker that is told to end gives its slots and its place back at once, and ends as it would have', async () => {
	const leaving = await startFarWorker({ GRACE_MS: '800' }, 'leaving');
	void scene.workers[0]!.work({ name: 'staying', calls: 60, credentials: scene.credentials }).catch(() => undefined);
	await waitFor(() => arrivals('leaving').length >= 6 && arrivals('staying').length >= 6, 30_000);
	expect(await leaving.terminate()).toBe(7);
	const end = arrivals('staying').length;
	const its = arrivals('leaving').length;
	// Nothing is counted for it but what it has sent.
	const [most, ...others] = [...(await counted()).values()].sort((a, b) => b - a);
	expect([most, ...others]).toContain(its);
	// The others have the whole pace from then on.
	await waitFor(() => arrivals('staying').length >= end + 10);
	const after = arrivals('staying').slice(end, end + 10);
	expect(Math.max(...after.slice(1).map((at, place) => at - after[place]!))).toBeLessThan(400);
});

test('within its grace time its executions go on', async () => {
	const leaving = await startFarWorker({ GRACE_MS: '6000' }, 'finishing');
	await waitFor(() => arrivals('finishing').length >= 3, 30_000);
	const ended = leaving.terminate();
	await pause(2_000);
	const before = arrivals('finishing').length;
	await waitFor(() => arrivals('finishing').length >= before + 3);
	expect(await ended).toBe(7);
});

test('a process that does not handle the signal ends by it, as ever', async () => {
	const plain = await startFarWorker({}, 'plain');
	await waitFor(() => arrivals('plain').length >= 1, 30_000);
	expect(await plain.terminate()).toBe('SIGTERM');
});
