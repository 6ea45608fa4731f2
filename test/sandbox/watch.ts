import type { Held, RecordedCall } from './types';

/** Lets tests await what has happened, in place of a time in which it should have. */
export class Watch {
	private readonly waits = new Set<() => void>();

	constructor(private readonly calls: readonly RecordedCall[]) {}

	/** Something has happened: a call has arrived, was answered or is held. */
	changed(): void {
		for (const look of [...this.waits]) look();
	}

	async until(isDone: (calls: readonly RecordedCall[]) => boolean): Promise<void> {
		await new Promise<void>((resolve) => {
			const look = () => {
				if (!isDone(this.calls)) return;
				this.waits.delete(look);
				resolve();
			};
			this.waits.add(look);
			look();
		});
	}
}

/** Calls whose answers are kept back. */
export class HeldCalls implements Held {
	private held = 0;
	private open: () => void = () => undefined;
	private readonly released = new Promise<void>((resolve) => {
		this.open = resolve;
	});

	/** @param disarm ends the fault by which calls get here */
	constructor(
		private readonly watch: Watch,
		private readonly disarm: () => void,
	) {}

	/** Keeps an answer back until `release`. */
	async keep(): Promise<void> {
		this.held++;
		this.watch.changed();
		await this.released;
	}

	async reached(count: number): Promise<void> {
		await this.watch.until(() => this.held >= count);
	}

	release(): void {
		this.disarm();
		this.open();
	}
}
