import { monotonic } from '../../runtime/clock';

/** One of so many calls of the minute is reserved, and at least one: 3 of 120. */
export const SHARE = 40;
/** With fewer calls a minute than this none is reserved. */
export const LEAST_PER_MINUTE = 8;
/** For so long after a look-up of the editor, another one is expected. */
export const PERSON_MS = 600_000;

/** In minutes of waiting calls. A shorter queue than the first may use the whole minute; a longer one than the second loses little by the reserve. */
const SHORT_QUEUE_MINUTES = 2;
const LONG_QUEUE_MINUTES = 8;

/** Calls of a minute that are reserved. */
export function reserveOf(perMinute: number): number {
	return perMinute >= LEAST_PER_MINUTE ? Math.ceil(perMinute / SHARE) : 0;
}

/**
 * A few calls of each minute that executions leave to people and triggers, so that a dropdown answers at once while an
 * execution has used up the minute. Keeping it from a short queue would cost that queue up to a minute without a benefit to anybody:
 * 120 calls take 24 s with the whole minute and 60 s with 117 of it. So it is kept whenever somebody has lately been at the
 * editor, and otherwise from a queue that it does not make a minute longer, or that is long.
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
		if (backlog > perMinute * LONG_QUEUE_MINUTES) return reserve;
		if (backlog <= perMinute * SHORT_QUEUE_MINUTES) return 0;
		const minutes = Math.ceil((backlog - left) / perMinute);
		return Math.ceil((backlog - left + reserve) / (perMinute - reserve)) > minutes ? 0 : reserve;
	}
}
