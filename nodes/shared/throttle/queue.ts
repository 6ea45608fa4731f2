import Bottleneck from 'bottleneck';

/** Who goes first: the smaller number. A task that stepped back for one of a smaller rank goes before its equals the next time. */
export const RANK = { person: 0, trigger: 2, execution: 5 } as const;
export const AGAIN = 1;

/**
 * Runs one task at a time, the best rank first and equals in the order of their coming. A task is a call's wait for its
 * slot and its start, not its answer. The only file that knows Bottleneck, which keeps the order; when a call may go is
 * for the windows to decide: Bottleneck's own reservoir lets up to twice its limit through around the moment when it refills.
 */
export class Queue {
	private readonly bottleneck = new Bottleneck({ maxConcurrent: 1 });

	/** @param onQueued called with the rank of each task that begins to wait */
	constructor(onQueued: (rank: number) => void) {
		this.bottleneck.on('queued', ({ options }) => onQueued(options.priority ?? RANK.execution));
	}

	/** Whether a task of a rank before this one waits. */
	hasBefore(rank: number): boolean {
		for (let before = 0; before < rank; before++) if (this.bottleneck.queued(before) > 0) return true;
		return false;
	}

	/** @param task must not reject */
	add(rank: number, task: () => Promise<void>): void {
		void this.bottleneck.schedule({ priority: rank }, task);
	}
}
