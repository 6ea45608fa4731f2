import { createHash } from 'node:crypto';
import type { Demand } from '../quota/windows';
import { type LocalWindows, MOST_IN_FLIGHT } from '../local/localWindows';
import type { Wish } from './session';

/** Slots wanted at most beyond the present one. */
const MOST_WANTED = 50;

export const CLASSES = { person: 0, trigger: 1, execution: 2 } as const;

/** A slot that Redis has granted to this process, for whichever of its calls is next. */
export interface Grant {
	id: string;
	/** Monotonic milliseconds. */
	due: number;
	order: number;
	probe: boolean;
}

/** What this process has in Redis for the calls of one credential. */
export interface Waiter {
	readonly id: string;
	/** Granted slots, the next one first. */
	hand: Grant[];
	/** Where it stands in the order for more: as whom, and when it is worth to come again (monotonic milliseconds). */
	standing?: { class: number; comeAt: number };
	/** Calls that wait for a slot at this moment. */
	waiting: number;
	/** The last answer was too old for its slots. */
	doubted: boolean;
}

export function waiterOf(process: string, credential: string): Waiter {
	return { id: `${process} ${createHash('sha256').update(credential).digest('hex').slice(0, 12)}`, hand: [], waiting: 0, doubted: false };
}

/**
 * What a call asks of Redis, for itself and for those behind it.
 *
 * @param leaves whether the process is about to end: then it asks for itself alone
 */
export function wishOf(
	{ id }: Waiter,
	{ priority, credential, unobserved = false, backlog, flows }: Demand,
	own: LocalWindows,
	leaves: boolean,
): Wish {
	const { perSecond, perMinute, perDay } = own.limits.of(credential);
	const waiting = backlog();
	return {
		id,
		class: CLASSES[priority],
		wanted: priority === 'execution' && !leaves ? Math.max(1, Math.min(MOST_WANTED, waiting, MOST_IN_FLIGHT - own.inFlight)) : 1,
		weight: flows?.() ?? 1,
		backlog: waiting,
		unobserved,
		leaves: own.limits.entered(credential).dailyQuotaAction === 'fail',
		own: { perSecond, perMinute, perDay, calls: own.todayOf(credential) },
	};
}

/** Withdraws the process from the wait in Redis. */
export function nothingWanted({ id }: Waiter): Wish {
	const own = { perSecond: 0, perMinute: 0, perDay: 0, calls: 0 };
	return { id, class: 2, wanted: 0, weight: 1, backlog: 0, unobserved: false, leaves: true, own };
}
