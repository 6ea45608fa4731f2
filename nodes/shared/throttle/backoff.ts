import type { Refusal } from './quota/windows';

/** Pauses of the whole key in milliseconds after the first, second, … refusal in a row; the last one repeats. */
const PAUSES: Record<Refusal, readonly number[]> = {
	second: [1_000, 1_000, 2_000, 4_000, 8_000, 15_000],
	minute: [5_000, 10_000, 15_000],
	unknown: [1_000, 2_000, 4_000, 8_000, 15_000],
	// No pause: the window of the day itself holds the calls back.
	day: [0],
};

/** Counts refusals in a row. Calls that were under way when a pause began are part of the same refusal. */
export class Backoff {
	private inARow = 0;
	private pausedAt = -Infinity;

	/**
	 * @param sentAt when the refused call was sent, in monotonic milliseconds
	 * @param now monotonic milliseconds
	 * @returns for how many milliseconds the key has to pause; 0 when it does already
	 */
	refused(why: Refusal, sentAt: number, now: number): number {
		if (sentAt < this.pausedAt) return 0;
		const steps = PAUSES[why];
		const pause = steps[Math.min(this.inARow, steps.length - 1)] ?? 0;
		this.inARow++;
		this.pausedAt = now;
		return pause;
	}

	/** A call was let through. */
	passed(sentAt: number): void {
		if (sentAt >= this.pausedAt) this.inARow = 0;
	}
}
