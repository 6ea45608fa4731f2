/** So many times make a block; the present block and the one before it count. */
const BLOCK = 100;

/**
 * The shortest of the last one or two hundred times, in milliseconds; Infinity before the first. It is forgotten as a
 * whole and not bit by bit: where times vary much, one that grows with every longer time would soon be too long.
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
