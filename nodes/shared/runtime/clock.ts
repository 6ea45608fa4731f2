import { onAbort } from './abort';

/** Longest single timer: a wait re-reads the clocks at least this often, so a changed or sleeping clock does no harm. */
const LONGEST_TIMER_MS = 30_000;

/** Milliseconds of a clock that never jumps; for distances between calls. */
export const monotonic = (): number => performance.now();

/** Milliseconds since 1970 UTC; for days and for what people read. */
export const epoch = (): number => Date.now();

/** Lets many waits be woken before their time, because what they wait for has changed. */
export class ConditionVariable {
	private readonly listeners = new Set<() => void>();

	notifyAll(): void {
		for (const listener of [...this.listeners]) listener();
	}

	/**
	 * Resolves when the monotonic clock reaches `due`, when the bell rings, when `signal` aborts, or after half a minute,
	 * whichever is first. The caller looks again at what it waits for: a timer may also fire a little early.
	 */
	async wait(due: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const delay = Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(due - monotonic())));
			const done = () => {
				clearTimeout(timer);
				this.listeners.delete(done);
				ignoreAbort();
				resolve();
			};
			const timer = setTimeout(done, delay);
			this.listeners.add(done);
			const ignoreAbort = onAbort(signal, done);
		});
	}
}

/** Waits `ms` milliseconds, or less when `signal` aborts. */
export async function sleep(ms: number, signal?: AbortSignal): Promise<void> {
	const nothing = new ConditionVariable();
	const due = monotonic() + ms;
	while (monotonic() < due && !signal?.aborted) await nothing.wait(due, signal);
}
