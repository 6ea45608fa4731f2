import type { Priority } from './quota/limits';
import type { Slot } from './quota/windows';

/** One call that waits for a slot. */
export interface Job {
	/** Position in the flow. A call that is sent again keeps its position, and so goes before the flow's later ones. */
	order: number;
	/** How many more calls its caller means to make. */
	backlog: number;
	start(slot: Slot): void;
	fail(error: Error): void;
}

/** The waiting calls of one flow (an execution, or all look-ups of the editor) with one priority and one credential. */
export class FlowQueue {
	private jobs: Job[] = [];
	private first = 0;
	private readonly removed = new Set<Job>();
	/** Whether one of the flow's calls stands in the queue: never more than one, so that flows take turns. */
	queued = false;
	/** Set while the limits of the flow's credential hold its calls back: it stands in no queue meanwhile. */
	held?: NodeJS.Timeout;
	/** Whether a call of the flow has been started, and whether it has let a newer flow go first since. */
	progress: 'new' | 'started' | 'yielded' = 'new';

	constructor(
		readonly id: string,
		readonly priority: Priority,
		readonly credential: string,
		/** The answers of these calls are not seen by this package: n8n sends them itself. */
		readonly unobserved = false,
	) {}

	/** Calls that wait. */
	get size(): number {
		return this.jobs.length - this.first - this.removed.size;
	}

	/** Calls that wait and those that their callers still mean to make. */
	get backlog(): number {
		const last = this.jobs[this.jobs.length - 1];
		return this.size + (last && !this.removed.has(last) ? last.backlog : 0);
	}

	add(job: Job): void {
		let place = this.jobs.length;
		while (place > this.first && (this.jobs[place - 1]?.order ?? 0) > job.order) place--;
		this.jobs.splice(place, 0, job);
	}

	remove(job: Job): void {
		this.removed.add(job);
	}

	/** Takes the call that is next. */
	shift(): Job | undefined {
		while (this.first < this.jobs.length) {
			const job = this.jobs[this.first++];
			if (this.first > 200 && this.first * 2 > this.jobs.length) {
				this.jobs = this.jobs.slice(this.first);
				this.first = 0;
			}
			if (job && !this.removed.delete(job)) return job;
		}
		return undefined;
	}
}
