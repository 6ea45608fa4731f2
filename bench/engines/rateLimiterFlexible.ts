import { connectionTo, type Engine } from './engine';

interface RateLimiterFlexible {
	RateLimiterRedis: new (options: { storeClient: object; keyPrefix: string; points: number; duration: number }) => object;
	RateLimiterQueue: new (limiter: object) => { removeTokens(tokens: number): Promise<number> };
}

type Redis = new (options: object) => object;

/**
 * A RateLimiterQueue for the minute and one for the second, each on a RateLimiterRedis. The minute comes first,
 * so that those who have waited for it do not go all at once. A refused call asks for the second again:
 * with another slot of the minute, which Keap has not counted, 300 calls would take a third longer.
 */
export const rateLimiterFlexible: Engine = ({ redisPort, send, load }) => {
	const { RateLimiterRedis, RateLimiterQueue } = load<RateLimiterFlexible>('rate-limiter-flexible');
	const storeClient = new (load<Redis>('ioredis'))(connectionTo(redisPort));
	const queue = (keyPrefix: string, points: number, duration: number) =>
		new RateLimiterQueue(new RateLimiterRedis({ storeClient, keyPrefix, points, duration }));
	const minute = queue('minute', 120, 60);
	const second = queue('second', 5, 1);
	return async (call) => {
		await minute.removeTokens(1);
		do await second.removeTokens(1);
		while (!(await send(call)));
	};
};
