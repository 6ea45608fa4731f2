/**
 * Server quota: what Keap's headers last said of one window, brought up to date with what this process has sent since.
 * Other programs spend from the same account, so Keap may name less than our own count leaves. Where it names more, our own count holds.
 */
export class ServerQuota {
	private last?: { order: number; available: number; ended: number; until: number };
	private namedLimit?: number;
	private limitOrder = -1;

	/** The limit Keap last named, if any. */
	get limit(): number | undefined {
		return this.namedLimit;
	}

	/** When what Keap last said stops to hold; Infinity when it has said nothing. */
	get until(): number {
		return this.last?.until ?? Infinity;
	}

	/**
	 * @param order number of the call whose answer said it; an older call's answer never replaces that of a newer one
	 * @param said the window's limit and what is left of it
	 * @param ended calls of ours that had left the window by then
	 * @param until when it stops to hold, on the clock that `left` is asked with
	 */
	observe(order: number, said: { limit?: number; available?: number }, ended: number, until: number): void {
		if (said.limit !== undefined && order >= this.limitOrder) {
			this.namedLimit = said.limit;
			this.limitOrder = order;
		}
		if (said.available === undefined || (this.last && order < this.last.order)) return;
		this.last = { order, available: said.available, ended, until };
	}

	/** Forgets what Keap said is left: it was proved wrong, or belongs to another count. */
	forget(): void {
		this.last = undefined;
	}

	/**
	 * Calls left as Keap sees it; Infinity when nothing it said still holds.
	 *
	 * @param now on the same clock as `until`
	 * @param lastOrder number of the last call sent: those after the observed one were not in its answer
	 * @param ended calls of ours that have left the window by now
	 * @param parts processes that share what was left without knowing of each other
	 */
	left(now: number, lastOrder: number, ended: number, parts = 1): number {
		if (!this.last) return Infinity;
		if (now >= this.last.until) {
			this.last = undefined;
			return Infinity;
		}
		return Math.floor(this.last.available / parts) - (lastOrder - this.last.order) + (ended - this.last.ended);
	}
}
