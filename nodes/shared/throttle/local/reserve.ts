import { monotonic } from '../../runtime/clock';

/** One of so many calls of the minute is reserved, and at least one: 3 of 120. */
export const SHARE = 40;
/** With fewer calls a minute nobody can be spared one. */
export const LEAST_PER_MINUTE = 8;
/** A queue that will take longer than so many minutes leaves the reserve alone. */
const LONG_QUEUE_MINUTES = 8;
/** A person who was at the editor is expected back for so long. */
export const PERSON_MS = 600_000;

/**
 * A few calls of each minute that executions leave to people and triggers, so that a dropdown answers at once while an
 * execution has used up the minute. Keeping it from a short queue would cost that queue up to a minute for nobody's
 * good: 120 calls take 24 s with the whole minute and 60 s with 117 of it. So it is kept in front of a long queue, which
 * hardly feels it, and whenever somebody has lately been at the editor.
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
	 * @param backlog calls of executions that wait
	 */
	size(perMinute: number, backlog: number): number {
		const expected = monotonic() - this.personAt < PERSON_MS;
		return perMinute >= LEAST_PER_MINUTE && (expected || backlog > perMinute * LONG_QUEUE_MINUTES) ? Math.ceil(perMinute / SHARE) : 0;
	}
}
