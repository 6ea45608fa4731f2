import { bottleneckClustering } from './bottleneck';
import { bullMqEvenly, bullMqTwoQueues } from './bullmq';
import type { Engine } from './engine';
import { PACKAGES } from './packages';
import { rateLimiterFlexible } from './rateLimiterFlexible';

export type EngineName = 'bottleneck' | 'rateLimiterFlexible' | 'bullMqEvenly' | 'bullMqTwoQueues';

/** An engine of the table: `setup` says how it is set to Keap's limits, and what becomes of a refused call. */
interface Entry {
	title: string;
	setup: string;
	engine: Engine;
}

/** The engines that are compared. */
export const ENGINES: Record<EngineName, Entry> = {
	bottleneck: {
		title: `Bottleneck ${PACKAGES.bottleneck}, clustering`,
		setup:
			"`datastore: 'ioredis'`, `minTime: 200`, a `reservoir` of 120 that is refreshed every 60 s, and an `expiration` of 30 s, as its README recommends. A refused call is scheduled anew; the README's own way, the event `failed`, runs the job again without asking the limiter, so that refusals multiply.",
		engine: bottleneckClustering,
	},
	rateLimiterFlexible: {
		title: `rate-limiter-flexible ${PACKAGES['rate-limiter-flexible']}`,
		setup:
			'a `RateLimiterQueue` of 120 in 60 s, and behind it one of 5 in 1 s, each on a `RateLimiterRedis`. (Its `RateLimiterUnion` has no queue: a call that has to wait for one limit spends the other each time it asks.) A refused call waits for the second again.',
		engine: rateLimiterFlexible,
	},
	bullMqEvenly: {
		title: `BullMQ ${PACKAGES.bullmq}, 1 per 500 ms`,
		setup:
			'the limiter of its `Worker` knows one rule, and `{ max: 1, duration: 500 }` is the one that keeps both limits. One queue for all processes, in the order of adding; any of them may send the call. A refused job goes back into the queue with `RateLimitError`, as its guide shows.',
		engine: bullMqEvenly,
	},
	bullMqTwoQueues: {
		title: `BullMQ ${PACKAGES.bullmq}, two queues`,
		setup:
			'a queue with `{ max: 120, duration: 60000 }` whose jobs go into another one with `{ max: 1, duration: 200 }`, as is the custom where an API has two limits.',
		engine: bullMqTwoQueues,
	},
};

/** What a reader has to know of these engines beside their rows. */
export const setups = (names: ReadonlySet<EngineName>): string =>
	Array.from(names, (name) => `- *${ENGINES[name].title}*: ${ENGINES[name].setup}`).join('\n');
