/** So many values make a block; the present block and the one before it count. */
const BLOCK = 100;

/**
 * Windowed minimum: the shortest of the last 100 to 200 times, in milliseconds; Infinity before the first. Old times are
 * dropped a block at a time, so that a route that has become slower is believed after two blocks. Letting the minimum grow
 * a little with every longer time instead would soon make it too long where times vary much.
 */
export class WindowedMinimum {
	private present = Infinity;
	private before = Infinity;
	private times = 0;

	get ms(): number {
		return Math.min(this.present, this.before);
	}

	add(ms: number): void {
		this.present = Math.min(this.present, ms);
		this.times++;
		if (this.times < BLOCK) return;
		this.before = this.present;
		this.present = Infinity;
		this.times = 0;
	}
}
