import { monotonic } from '../../runtime/clock';
import type { KeapContext } from '../message/types';

/** What a run of a node has done so far. */
export interface RunSoFar {
	/** Calls sent, repeated ones included. */
	calls: number;
	/** Calls beyond the first of each request: Keap refused them, or had a problem of its own. */
	repeated: number;
	/** Writes that Keap has carried out. */
	carriedOut: number;
	/** Writes on the wire at this moment: whether they are carried out is unknown if they are broken off. */
	open: number;
	/** Milliseconds in which calls waited for the quota and none was under way. */
	waitedMs: number;
	/** Requests that are not over. */
	pending: number;
}

/** Counts what a run of a node does, for what it says of itself: hints, errors, progress. */
export class RunLog {
	private readonly counts = { calls: 0, repeated: 0, carriedOut: 0, open: 0, pending: 0 };
	private onWire = 0;
	private waited = 0;
	private idleSince = 0;

	get soFar(): RunSoFar {
		return { ...this.counts, waitedMs: this.waited + (this.isWaiting ? monotonic() - this.idleSince : 0) };
	}

	/** A request begins to wait. Returns what to call when it is over. */
	begins(): () => void {
		if (this.counts.pending++ === 0) this.idleSince = monotonic();
		return () => {
			this.settle();
			this.counts.pending--;
		};
	}

	/**
	 * A call is on the wire.
	 *
	 * @param again a request's second call or a later one
	 * @returns what to call when it is over, with the status of the answer; none when no answer came
	 */
	sent(isWrite: boolean, again: boolean): (status?: number) => void {
		this.settle();
		this.onWire++;
		this.counts.calls++;
		if (again) this.counts.repeated++;
		if (isWrite) this.counts.open++;
		return (status) => {
			this.onWire--;
			this.idleSince = monotonic();
			if (!isWrite) return;
			this.counts.open--;
			if (status !== undefined && status < 300) this.counts.carriedOut++;
		};
	}

	private get isWaiting(): boolean {
		return this.counts.pending > 0 && this.onWire === 0;
	}

	private settle(): void {
		if (!this.isWaiting) return;
		const now = monotonic();
		this.waited += now - this.idleSince;
		this.idleSince = now;
	}
}

const logs = new WeakMap<KeapContext, RunLog>();

/** Begins to count what is done in this context. */
export function startRunLog(context: KeapContext): RunLog {
	const log = new RunLog();
	logs.set(context, log);
	return log;
}

/** The log of this context, if it has one. */
export const runLogOf = (context: KeapContext | undefined): RunLog | undefined => context && logs.get(context);
