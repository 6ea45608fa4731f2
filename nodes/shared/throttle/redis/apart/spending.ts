import { monotonic } from '../../../runtime/clock';

/** Two answers nearer to each other than this say little of how fast the others call. */
const LEAST_MS = 600;
/** Where a process calls often, it compares with what was so long ago. */
const LOOK_BACK_MS = 3_000;
const MOST_KEPT = 20;

/** What an answer of Keap shows of the minute. */
export interface Seen {
	/** Calls that the minute allows, and those that all have made in it. */
	limit: number;
	used: number;
	/** Calls of this process in it. */
	own: number;
}

/** An answer: when it came, what all had used then, and how many answers this process had got. */
export interface Mark {
	at: number;
	used: number;
	calls: number;
}

/** How fast all processes spend together, by the difference between two answers: one of the ways to find out that there are others. */
export class Spending {
	private readonly marks: Mark[] = [];
	private calls = 0;

	/** Takes down an answer. Returns the earlier one that it is to be compared with, if any. */
	add(used: number): { mark: Mark; before?: Mark } {
		const at = monotonic();
		const old = (mark: Mark) => at - mark.at > LEAST_MS;
		const before = this.marks.find((mark) => old(mark) && at - mark.at <= LOOK_BACK_MS) ?? [...this.marks].reverse().find(old);
		const mark = { at, used, calls: ++this.calls };
		this.marks.push(mark);
		if (this.marks.length > MOST_KEPT) this.marks.shift();
		return { mark, before };
	}

	/** When the last answer came; undefined before the first. */
	get lastAt(): number | undefined {
		return this.marks[this.marks.length - 1]?.at;
	}
}

/** Calls of all and of this process between two answers. */
export function between(before: Mark, { used, calls }: Mark): { all: number; mine: number } {
	return { all: used - before.used, mine: calls - before.calls };
}

/**
 * How many processes like this one have called between two answers; undefined where that can't be seen: calls have left a rolling
 * minute meanwhile, or a fixed one has begun anew.
 */
export function processesBetween(before: Mark | undefined, mark: Mark): number | undefined {
	if (!before) return undefined;
	const { all, mine } = between(before, mark);
	return all >= mine ? all / mine : undefined;
}
