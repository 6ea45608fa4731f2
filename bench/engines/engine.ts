import type { Make } from '../../test/redis/takeOrders';

/** Something else that keeps several processes together in one quota, by one Redis. */
export type Engine = (outside: Outside) => Promise<Make> | Make;

/** What an engine has to work with. */
export interface Outside {
	redisPort: number;
	/** Sends a call at once. False: refused with 429, so it has to go again. */
	send(call: string): Promise<boolean>;
	/** One of the packages in `packages.ts`. */
	load<T>(name: string): T;
}

/** Keap's 429 does not say for how long: whoever gets one waits out the shorter window. */
export const REFUSED_MS = 1_000;

/** As a connection to this Redis is described to every client. */
export const connectionTo = (port: number) => ({ host: '127.0.0.1', port });
