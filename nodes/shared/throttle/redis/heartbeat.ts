const HEARTBEAT_MS = 1_000;

/** Does something every second, for as long as there is something to do; it keeps no process from ending. */
export class Heartbeat {
	private timer?: NodeJS.Timeout;

	/** @param task returns whether there is more to do */
	constructor(private readonly task: () => boolean) {}

	start(): void {
		if (this.timer !== undefined) return;
		this.timer = setTimeout(() => {
			this.timer = undefined;
			if (this.task()) this.start();
		}, HEARTBEAT_MS);
		this.timer.unref();
	}
}
