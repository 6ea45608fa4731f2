import type Bottleneck from 'bottleneck';
import { connectionTo, type Engine } from './engine';

/** Without this a process that dies would hold its places for good, as the README says. */
const EXPIRATION_MS = 30_000;

/**
 * Bottleneck's clustering, with a reservoir for the minute and a distance for the second. A refused call is scheduled anew:
 * a retry by the event `failed` would go without asking the limiter, and refusals would multiply.
 */
export const bottleneckClustering: Engine = ({ redisPort, send, load }) => {
	const Limiter = load<typeof Bottleneck>('bottleneck');
	const limiter = new Limiter({
		id: 'keap',
		datastore: 'ioredis',
		clearDatastore: false,
		clientOptions: connectionTo(redisPort),
		Redis: load('ioredis'),
		minTime: 200,
		reservoir: 120,
		reservoirRefreshAmount: 120,
		reservoirRefreshInterval: 60_000,
	});
	limiter.on('error', (error) => void process.stderr.write(`${error}\n`));
	return async (call) => {
		while (!(await limiter.schedule({ expiration: EXPIRATION_MS }, async () => await send(call))));
	};
};
