import { AsyncLocalStorage } from 'node:async_hooks';

interface Timer {
	id: number;
	due: number;
	run: () => void;
	/** Whose timer it is, where the clock has several processes. */
	process?: VirtualProcess;
}

/** One of several processes that live by the same clock: it can be stopped where it is, as SIGSTOP does it. */
export class VirtualProcess {
	/** Timers that were due while it was stopped. */
	readonly late: Timer[] = [];
	private goesOn?: Promise<void>;
	private goOn?: () => void;

	get stopped(): boolean {
		return this.goesOn !== undefined;
	}

	stop(): void {
		this.goesOn = new Promise((goOn) => (this.goOn = goOn));
	}

	resume(): void {
		this.goesOn = undefined;
		this.goOn?.();
	}

	/** Resolves when it is not stopped: what comes from outside is read no sooner. */
	async running(): Promise<void> {
		while (this.goesOn) await this.goesOn;
	}
}

/** Timers of the same moment run in the order in which they were set. */
const sooner = (one: Timer, other: Timer): boolean => one.due < other.due || (one.due === other.due && one.id < other.id);

/**
 * Time that passes only when a test says so: timers, `performance.now` and `Date.now`, all from one clock. Between two
 * timers every promise is run to its end, so that an hour of traffic takes a fraction of a second and is the same each time.
 */
export class VirtualClock {
	private now = 0;
	private ids = 0;
	private held = 0;
	private readonly timers = new Map<number, Timer>();
	/** All timers as a binary heap, those that were cleared included: the soonest first. */
	private readonly heap: Timer[] = [];
	/** Who runs; made when the first process does, because it makes every promise slower. */
	private present?: AsyncLocalStorage<VirtualProcess | undefined>;
	private readonly real = { setTimeout, clearTimeout, now: performance.now.bind(performance), date: Date.now };

	/** @param startsAt milliseconds since 1970 */
	constructor(private readonly startsAt: number) {}

	install(): void {
		const set = (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]) => {
			const id = ++this.ids;
			const process = this.present?.getStore();
			this.push({ id, due: this.now + Math.max(0, ms), run: () => this.within(process, () => run(...args)), process });
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
		this.present?.disable();
	}

	/** Work of the real world, such as a script in a real Redis: no virtual time passes meanwhile. */
	async holdFor<T>(work: Promise<T>): Promise<T> {
		this.held++;
		try {
			return await work;
		} finally {
			this.held--;
		}
	}

	/** Milliseconds since the clock began. */
	elapsed(): number {
		return this.now;
	}

	/** Timers that are still to come. */
	pending(): number {
		return this.timers.size;
	}

	/** Resolves after so many virtual milliseconds, whichever process is stopped meanwhile. */
	async after(ms: number): Promise<void> {
		await this.within(undefined, async () => await new Promise<void>((resolve) => setTimeout(resolve, ms)));
	}

	/** Runs something as a process, or as none of them: the timers that it sets stop with the process. */
	within<T>(process: VirtualProcess | undefined, work: () => T): T {
		if (process) this.present ??= new AsyncLocalStorage();
		return this.present ? this.present.run(process, work) : work();
	}

	/** Stops the process for so long: then its timers fire at once, and only then it reads what has come from outside. */
	async freeze(process: VirtualProcess, ms: number): Promise<void> {
		process.stop();
		await this.after(ms);
		for (const timer of process.late.splice(0)) if (this.timers.delete(timer.id)) timer.run();
		process.resume();
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
			do await new Promise<void>((resolve) => setImmediate(resolve));
			while (this.held > 0);
			if (done()) return;
			const next = this.soonest();
			if (!next || next.due > end) break;
			this.pop();
			if (next.process?.stopped) {
				next.process.late.push(next);
				continue;
			}
			this.timers.delete(next.id);
			this.now = Math.max(this.now, next.due);
			next.run();
		}
		this.now = end;
	}

	/** The timer that is next, without those that were cleared. */
	private soonest(): Timer | undefined {
		while (this.heap[0] && !this.timers.has(this.heap[0].id)) this.pop();
		return this.heap[0];
	}

	private push(timer: Timer): void {
		this.timers.set(timer.id, timer);
		const { heap } = this;
		let place = heap.push(timer) - 1;
		while (place > 0) {
			const parent = (place - 1) >> 1;
			if (!sooner(timer, heap[parent]!)) break;
			heap[place] = heap[parent]!;
			place = parent;
		}
		heap[place] = timer;
	}

	private pop(): void {
		const { heap } = this;
		const last = heap.pop();
		if (!last || heap.length === 0) return;
		let place = 0;
		for (;;) {
			let child = 2 * place + 1;
			if (child + 1 < heap.length && sooner(heap[child + 1]!, heap[child]!)) child++;
			if (child >= heap.length || !sooner(heap[child]!, last)) break;
			heap[place] = heap[child]!;
			place = child;
		}
		heap[place] = last;
	}
}
