/**
 * Time that passes only when a test says so: timers, `performance.now` and `Date.now`, all from one clock. Between two
 * timers every promise is run to its end, so that an hour of traffic takes a fraction of a second and is the same each time.
 */
export class VirtualClock {
	private now = 0;
	private ids = 0;
	private readonly timers = new Map<number, { due: number; order: number; run: () => void }>();
	private readonly real = { setTimeout, clearTimeout, now: performance.now.bind(performance), date: Date.now };

	/** @param startsAt milliseconds since 1970 */
	constructor(private readonly startsAt: number) {}

	install(): void {
		const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
			const id = ++this.ids;
			this.timers.set(id, { due: this.now + Math.max(0, ms), order: id, run: () => run(...args) });
			return { id, unref: () => undefined };
		};
		const clear = (timer?: { id: number }) => timer && this.timers.delete(timer.id);
		Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
		Object.defineProperty(performance, 'now', { value: () => this.now, configurable: true, writable: true });
		Date.now = () => Math.floor(this.startsAt + this.now);
	}

	uninstall(): void {
		const { setTimeout, clearTimeout, now, date } = this.real;
		Object.assign(globalThis, { setTimeout, clearTimeout });
		Object.defineProperty(performance, 'now', { value: now, configurable: true, writable: true });
		Date.now = date;
	}

	/** Milliseconds since the clock began. */
	elapsed(): number {
		return this.now;
	}

	/** Timers that are still to come. */
	pending(): number {
		return this.timers.size;
	}

	/** Resolves after so many virtual milliseconds. */
	async after(ms: number): Promise<void> {
		await new Promise<void>((resolve) => setTimeout(resolve, ms));
	}

	/** The event loop is busy for so long: whatever is due meanwhile comes late. */
	stall(ms: number): void {
		this.now += ms;
	}

	/** Lets time pass. */
	async pass(ms: number): Promise<void> {
		await this.until(() => false, ms);
	}

	/** Lets time pass until the promise is settled, and returns its value. */
	async settle<T>(promise: Promise<T>, withinMs = 90_000_000): Promise<T> {
		let settled = false;
		const mark = () => {
			settled = true;
		};
		promise.then(mark, mark);
		await this.until(() => settled, withinMs);
		if (!settled) throw new Error(`Not settled within ${withinMs} virtual milliseconds`);
		return await promise;
	}

	private async until(done: () => boolean, withinMs: number): Promise<void> {
		const end = this.now + withinMs;
		for (;;) {
			await new Promise<void>((resolve) => setImmediate(resolve));
			if (done()) return;
			let next: [number, { due: number; order: number; run: () => void }] | undefined;
			for (const entry of this.timers) {
				if (!next || entry[1].due < next[1].due || (entry[1].due === next[1].due && entry[0] < next[0])) next = entry;
			}
			if (!next || next[1].due > end) break;
			this.timers.delete(next[0]);
			this.now = Math.max(this.now, next[1].due);
			next[1].run();
		}
		this.now = end;
	}
}
