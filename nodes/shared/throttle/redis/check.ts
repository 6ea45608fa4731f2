import { causeOf } from './connection/outage';
import { SCRIPT } from './script';
import { nameOf, type RedisSettings } from './connection/settings';

/**
 * Finds out whether the quota can be shared through this Redis from this process: connects, signs in, and runs the script.
 * Takes five seconds at most.
 *
 * @returns nothing when it can; otherwise what is missing and what would help, in words for the person at the editor
 */
export async function checkSharing(settings: RedisSettings): Promise<string | undefined> {
	const { connectRedis } = await import('./connection/client');
	const [tried] = await Promise.allSettled([connectRedis(settings, SCRIPT, () => undefined)]);
	if (tried.status === 'fulfilled') {
		tried.value.close();
		return undefined;
	}
	const { what, advice } = causeOf(settings, tried.reason instanceof Error ? tried.reason : new Error(String(tried.reason)));
	return `The quota cannot be shared through the Redis at ${nameOf(settings)}: ${what}. ${advice}.`;
}
