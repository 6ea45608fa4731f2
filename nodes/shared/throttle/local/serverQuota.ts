/**
 * The last word of Keap's headers on one window, brought up to date with what this process has sent since.
 * Other programs spend from the same key, so Keap can know of less than our own count; of more, we believe our own.
 */
export class ServerQuota {
	private word?: { order: number; available: number; ended: number; until: number };
	private limitSaid?: number;
	private limitOrder = -1;

	/** The limit Keap last named, if any. */
	get limit(): number | undefined {
		return this.limitSaid;
	}

	/** When the last word stops to hold; Infinity when there is none. */
	get until(): number {
		return this.word?.until ?? Infinity;
	}

	/**
	 * @param order number of the call whose answer said it; the word of an older call never replaces that of a newer one
	 * @param said the window's limit and what is left of it
	 * @param ended calls of ours that had left the window by then
	 * @param until when the word stops to hold, on the clock that `left` is asked with
	 */
	hear(order: number, said: { limit?: number; available?: number }, ended: number, until: number): void {
		if (said.limit !== undefined && order >= this.limitOrder) {
			this.limitSaid = said.limit;
			this.limitOrder = order;
		}
		if (said.available === undefined || (this.word && order < this.word.order)) return;
		this.word = { order, available: said.available, ended, until };
	}

	/**
	 * Calls left by Keap's word; Infinity when it has none that still holds.
	 *
	 * @param now on the same clock as `until`
	 * @param lastOrder number of the last call sent: all after the word's own were not in it
	 * @param ended calls of ours that have left the window by now
	 * @param parts processes that share what was left without knowing of each other
	 */
	left(now: number, lastOrder: number, ended: number, parts = 1): number {
		if (!this.word) return Infinity;
		if (now >= this.word.until) {
			this.word = undefined;
			return Infinity;
		}
		return Math.floor(this.word.available / parts) - (lastOrder - this.word.order) + (ended - this.word.ended);
	}
}
