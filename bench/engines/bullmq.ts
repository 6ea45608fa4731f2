import type { Make } from '../../test/redis/takeOrders';
import { connectionTo, type Engine, type Outside, REFUSED_MS } from './engine';

interface Job {
	data: { call: string };
	waitUntilFinished(events: object): Promise<unknown>;
}

interface Queue {
	add(name: string, data: Job['data']): Promise<Job>;
	rateLimit(ms: number): Promise<void>;
}

interface BullMq {
	Queue: new (name: string, options: object) => Queue;
	QueueEvents: new (name: string, options: object) => { waitUntilReady(): Promise<unknown>; setMaxListeners(count: number): void };
	Worker: { new (name: string, processor: (job: Job) => Promise<void>, options: object): unknown; RateLimitError(): Error };
}

/** The one rule that a queue's limiter knows. */
interface Rule {
	max: number;
	duration: number;
}

/** As many jobs as can be under way at once without the limiter: it alone decides. */
const CONCURRENCY = 120;

/** A queue and its worker in each process; a refused job goes back into the queue, which pauses, as its guide shows for an API's 429. */
async function limited({ redisPort, load }: Outside, name: string, limiter: Rule, send: Outside['send']): Promise<Make> {
	const { Queue, QueueEvents, Worker } = load<BullMq>('bullmq');
	const connection = { ...connectionTo(redisPort), maxRetriesPerRequest: null };
	const queue = new Queue(name, { connection });
	const events = new QueueEvents(name, { connection });
	events.setMaxListeners(0);
	await events.waitUntilReady();
	const processor = async ({ data }: Job) => {
		if (await send(data.call)) return;
		await queue.rateLimit(REFUSED_MS);
		throw Worker.RateLimitError();
	};
	new Worker(name, processor, { connection, concurrency: CONCURRENCY, limiter });
	return async (call) => void (await (await queue.add('call', { call })).waitUntilFinished(events));
}

/** One rule that keeps both limits: a call every 500 ms is 120 a minute, and 2 a second. */
export const bullMqEvenly: Engine = async (outside) => await limited(outside, 'calls', { max: 1, duration: 500 }, outside.send);

/** Two queues, one behind the other, as is the custom where an API has two limits. */
export const bullMqTwoQueues: Engine = async (outside) => {
	const second = await limited(outside, 'second', { max: 1, duration: 200 }, outside.send);
	return await limited(outside, 'minute', { max: 120, duration: 60_000 }, async (call) => {
		await second(call);
		return true;
	});
};
