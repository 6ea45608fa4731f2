import { keapCredentials } from '../credential/credentials';
import { isCancelled } from './errors/cancelled';
import { processWide } from '../runtime/processWide';
import { monotonic } from '../runtime/clock';
import type { KeapContext } from './message/types';
import { isNotSent } from './tool/notSent';

/** An answer that is remembered for a while. */
interface Lookup {
	answer: Promise<unknown>;
	/** Monotonic milliseconds. */
	until: number;
}

/** Remembered look-ups of all keys, by key name and look-up. */
const lookups = (): Map<string, Lookup> => processWide('lookups', () => new Map<string, Lookup>());

/** Look-ups remembered at most, all keys together: the oldest is forgotten first. */
const MOST_LOOKUPS = 500;

const idOf = async (context: KeapContext, name: string): Promise<string> => `${(await keapCredentials(context)).keyName} ${name}`;

/** Forgets the answer of a look-up, so that the next one asks Keap. One that is under way is answered to those who wait for it. */
export async function forgetLookup(context: KeapContext, name: string): Promise<void> {
	lookups().delete(await idOf(context, name));
}

/**
 * Makes a look-up (a dropdown's records, a field model) at most once in a while per key. Identical look-ups under way at
 * the same time are made once; what fails is not remembered.
 *
 * @param name of the look-up, with everything that changes its answer: `tags search=vip`
 * @param load makes the look-up
 * @param ttlMs for how many milliseconds its answer is good
 */
export async function cachedLookup<T>(context: KeapContext, name: string, load: () => Promise<T>, ttlMs = 60_000): Promise<T> {
	const cache = lookups();
	const id = await idOf(context, name);
	for (let known = cache.get(id); known && known.until > monotonic(); known = cache.get(id)) {
		const [outcome] = await Promise.allSettled([known.answer]);
		// The caller that started the look-up may have been cancelled, or may wait for less long; this caller starts its own.
		if (outcome.status === 'rejected' && (isCancelled(outcome.reason) || isNotSent(outcome.reason))) continue;
		// The name says what was asked, so the answer is of the type that was asked for.
		return (await known.answer) as T;
	}
	const answer = load();
	// While it waits for a slot it does not expire; its time runs from the answer.
	const entry = { answer, until: Infinity };
	cache.delete(id);
	cache.set(id, entry);
	for (const oldest of cache.keys()) {
		if (cache.size <= MOST_LOOKUPS) break;
		cache.delete(oldest);
	}
	const remember = () => {
		entry.until = monotonic() + ttlMs;
	};
	const forget = () => {
		if (cache.get(id) === entry) cache.delete(id);
	};
	void answer.then(remember, forget);
	return await answer;
}
