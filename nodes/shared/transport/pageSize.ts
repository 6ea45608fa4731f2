/**
 * How many records the next page of a list is asked for. One row that Keap fails to write out makes a 500 of every page that it is
 * on: that page is asked for again in smaller parts, so that the rows before it can be read and it is known where it stands.
 *
 * After a failed page first one record: where even that fails nothing is gained by further calls. Then half of what is left of
 * that page, and so on: about `log2(size)` pages.
 */
export class PageSize {
	/** The bad row is among so many records from here on; 0 when none is looked for. */
	private suspects = 0;
	private isFirst = false;
	/** The largest page that was answered since the first that failed. */
	private largest = 0;

	/** @param max records asked for while nothing is wrong */
	constructor(private max: number) {}

	/** @param left records that are still wanted */
	next(left: number): number {
		if (this.suspects === 0) return Math.min(this.max, left);
		return this.isFirst ? 1 : Math.min(Math.ceil(this.suspects / 2), left);
	}

	/** @returns whether a smaller page may be asked for at the same position */
	failed(size: number): boolean {
		if (size <= 1) return false;
		this.isFirst = this.suspects === 0;
		if (this.isFirst) this.largest = 1;
		this.suspects = size;
		return true;
	}

	/** @param got records that the page had */
	answered(size: number, got: number): void {
		if (this.suspects === 0) return;
		this.isFirst = false;
		this.largest = Math.max(this.largest, size);
		this.suspects = Math.max(0, this.suspects - got);
		// No row was to blame: such large pages are what Keap can't answer.
		if (this.suspects === 0) this.max = this.largest;
	}
}
