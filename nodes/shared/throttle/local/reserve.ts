import { monotonic } from '../../runtime/clock';

/** One of so many calls of the minute is reserved, and at least one: 3 of 120. */
export const SHARE = 40;
/** With fewer calls a minute than this none is reserved. */
export const LEAST_PER_MINUTE = 8;
/** For so long after a look-up of the editor, another one is expected. */
export const PERSON_MS = 600_000;

/** A queue of more minutes than this loses little by the reserve. */
export const LONG_QUEUE_MINUTES = 8;

/** Calls of a minute that are reserved. */
export function reserveOf(perMinute: number): number {
	return perMinute >= LEAST_PER_MINUTE ? Math.ceil(perMinute / SHARE) : 0;
}

/**
 * A few calls of each minute that executions leave to people and triggers, so that a dropdown answers at once although they have
 * used up the minute: the first one as well, when nobody has been at the editor before. A queue that ends with a minute may need
 * all of its calls: by leaving one of them it would take most of a minute longer (120 calls take 24 s with the whole minute and
 * 60 s with 119 of it). So it leaves as many as do not make it a minute longer, and a short queue that happens to have just
 * 120, 240 or 360 calls leaves none; unless somebody has lately been at the editor, or it is long.
 */
export class Reserve {
	private personAt = -Infinity;

	personSeen(): void {
		this.personAt = monotonic();
	}

	/**
	 * Calls of the minute that an execution has to leave alone.
	 *
	 * @param perMinute calls that the minute allows
	 * @param left calls that the minute has left
	 * @param backlog calls of executions that wait
	 */
	size(perMinute: number, left: number, backlog: number): number {
		const reserve = reserveOf(perMinute);
		if (reserve === 0 || monotonic() - this.personAt < PERSON_MS) return reserve;
		const more = backlog - left;
		if (more <= 0) return 0;
		if (backlog > perMinute * LONG_QUEUE_MINUTES) return reserve;
		const minutes = Math.ceil(more / perMinute);
		for (let size = reserve; size > 0; size--) if (Math.ceil((more + size) / (perMinute - size)) <= minutes) return size;
		return 0;
	}
}
