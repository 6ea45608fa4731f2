import { monotonic } from '../../runtime/clock';

/** How long the others wait for the first call's answer. */
export const PATIENCE_MS = 2_000;

/**
 * Lets one call go ahead and the others wait for its answer: at the start, because the answer's headers name what other
 * programs (or this one, before a restart) have left, and after a pause, to learn at the cost of one call whether it is over.
 */
export class Probe {
	private state: 'wanted' | 'out' | 'done' = 'wanted';
	private outSince = -Infinity;

	want(): void {
		this.state = 'wanted';
	}

	/** When the next call may go, in monotonic milliseconds. */
	dueAt(): number {
		return this.state === 'out' ? this.outSince + PATIENCE_MS : -Infinity;
	}

	/** A call has got its slot. Returns whether it is the one that goes ahead. */
	granted(): boolean {
		if (this.state !== 'wanted') return false;
		this.state = 'out';
		this.outSince = monotonic();
		return true;
	}

	/** The call that went ahead has been answered or has failed. */
	back(): void {
		if (this.state === 'out') this.state = 'done';
	}
}
