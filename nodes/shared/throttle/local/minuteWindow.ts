/** A minute with a margin, because the gateway's clock and ours need not agree to the millisecond. */
export const MINUTE_MS = 60_050;

/**
 * Sliding-window log of the calls of the last minute. A call counts from its grant until a minute after its answer,
 * because the gateway has counted it at some moment in between: so the count is safe for rolling windows and for fixed
 * ones, wherever they begin. Times are monotonic milliseconds.
 */
export class MinuteWindow {
	/** When each answered call stops to count, in ascending order. */
	private ends: number[] = [];
	private first = 0;
	private open = 0;
	private endedCalls = 0;

	/** Calls granted and not answered. */
	get inFlight(): number {
		return this.open;
	}

	take(): void {
		this.open++;
	}

	answered(now: number): void {
		this.open--;
		this.ends.push(now + MINUTE_MS);
	}

	unused(): void {
		this.open--;
	}

	/** Takes over the calls of another log, which is not used any more. */
	absorb(other: MinuteWindow): void {
		this.open += other.open;
		this.ends = [...this.ends.slice(this.first), ...other.ends.slice(other.first)].sort((a, b) => a - b);
		this.first = 0;
	}

	/** Calls that count at present. */
	used(now: number): number {
		this.forget(now);
		return this.open + this.ends.length - this.first;
	}

	/** Calls that have stopped to count since the beginning. */
	ended(now: number): number {
		this.forget(now);
		return this.endedCalls;
	}

	/** When the next answered call stops to count; Infinity when there is none. */
	nextEnd(now: number): number {
		this.forget(now);
		return this.ends[this.first] ?? Infinity;
	}

	private forget(now: number): void {
		while (this.first < this.ends.length && (this.ends[this.first] ?? 0) <= now) {
			this.first++;
			this.endedCalls++;
		}
		if (this.first > 500 && this.first * 2 > this.ends.length) {
			this.ends = this.ends.slice(this.first);
			this.first = 0;
		}
	}
}
