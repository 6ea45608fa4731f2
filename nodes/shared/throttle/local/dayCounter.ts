import type { WindowHeaders } from '../quota/quotaHeaders';
import { epoch, monotonic } from '../../runtime/clock';
import { ServerQuota } from './serverQuota';

export const DAY_MS = 86_400_000;
/** Keap's midnight may come a moment before or after ours: calls so near to it count for both days. */
export const GRACE_MS = 1_000;
/** While Keap says that the day is used up, one call in so long is let through to see whether that still holds: a 429 costs nothing. */
export const PROBE_DAY_MS = 300_000;
/** A reset that Keap names is believed when it is no further away than the longest day, with an hour for clocks that differ. */
const LONGEST_RESET_MS = DAY_MS + 3_600_000;

/** A call in the counter. */
export interface DayEntry {
	day: number;
	probe: boolean;
}

/** Fixed-window counter of the calls of the present UTC day. Times are milliseconds since 1970. */
export class DayCounter {
	private day = dayOf(epoch());
	private calls = 0;
	/** Calls near midnight: Keap may count them for tomorrow. */
	private early = 0;
	private readonly keap = new ServerQuota();
	/** Until then Keap itself refuses calls, whatever the count says. */
	private refusedUntil = -Infinity;
	/** Keap says that nothing is left; from `probeAt` (monotonic milliseconds) on a call may find out whether that still holds. */
	private closed = false;
	private probeAt = -Infinity;
	/** Calls that the day allows. */
	limit = Infinity;

	setLimit(perDay: number): void {
		this.limit = perDay;
	}

	/** The limit Keap last named, if any. */
	get namedLimit(): number | undefined {
		return this.keap.limit;
	}

	/** The calls of this process on the present day (days since 1970). */
	own(): { day: number; calls: number } {
		this.roll();
		return { day: this.day, calls: this.calls };
	}

	/**
	 * Counts a call.
	 *
	 * @returns the day it is counted in, which the other methods ask for, and whether it finds out if Keap still refuses
	 */
	take(): DayEntry {
		this.roll();
		const { closed } = this;
		if (closed) this.probeAt = monotonic() + PROBE_DAY_MS;
		this.calls++;
		if (epoch() >= this.midnight() - GRACE_MS) this.early++;
		return { day: this.day, probe: closed };
	}

	unused(day: number): void {
		this.roll();
		if (day === this.day) this.calls--;
	}

	/** Takes over the calls of another counter, which is not used any more. */
	absorb(other: DayCounter): void {
		this.roll();
		other.roll();
		this.calls += other.calls;
		this.early += other.early;
		this.refusedUntil = Math.max(this.refusedUntil, other.refusedUntil);
	}

	/**
	 * @param day the day that the call was counted in: what an answer says of yesterday does not hold today
	 * @param order number of the call
	 */
	observe(day: number, order: number, said: WindowHeaders): void {
		this.roll();
		if (day !== this.day) return;
		const now = epoch();
		const { resetsAt } = said;
		const sane = resetsAt !== undefined && resetsAt > now && resetsAt < now + LONGEST_RESET_MS;
		this.keap.observe(order, said, 0, (sane ? resetsAt : this.midnight()) + GRACE_MS);
	}

	/** Keap has refused a call because of the day. */
	refuse(): void {
		this.roll();
		this.refusedUntil = this.keapResetsAt() + GRACE_MS;
	}

	/** Keap has accepted a call after it had said that nothing is left, so that no longer holds. */
	reopen(): void {
		this.refusedUntil = -Infinity;
		this.keap.forget();
		this.closed = false;
	}

	/**
	 * Calls left today; never negative. One, now and then, while only Keap says that there is none.
	 *
	 * @param lastOrder number of the last call sent
	 */
	left(lastOrder: number): number {
		this.roll();
		const own = Math.max(0, this.limit - this.calls);
		const now = epoch();
		const byKeap = now < this.refusedUntil ? 0 : this.keap.left(now, lastOrder, 0);
		if (byKeap > 0) {
			this.closed = false;
			return Math.min(own, byKeap);
		}
		if (!this.closed) {
			this.closed = true;
			this.probeAt = monotonic() + PROBE_DAY_MS;
		}
		return monotonic() >= this.probeAt ? Math.min(1, own) : 0;
	}

	/** When the quota is whole again: 00:00 UTC, or what Keap says if only Keap's count is used up. */
	resetsAt(): number {
		this.roll();
		return this.calls >= this.limit ? this.midnight() : this.keapResetsAt();
	}

	/** Milliseconds until a call may go again, as far as is known, once nothing is left. */
	wait(): number {
		const whole = this.resetsAt() + GRACE_MS - epoch();
		return this.calls >= this.limit ? whole : Math.min(whole, Math.max(0, this.probeAt - monotonic()));
	}

	/** The reset time that Keap named, while it holds. It goes before ours, because our clock may differ from Keap's. */
	private keapResetsAt(): number {
		const said = this.keap.until - GRACE_MS;
		return Number.isFinite(said) && said + GRACE_MS > epoch() ? said : this.midnight();
	}

	private midnight(): number {
		return (this.day + 1) * DAY_MS;
	}

	/** Goes over to the present day. */
	private roll(): void {
		const day = dayOf(epoch());
		if (day === this.day) return;
		this.calls = day === this.day + 1 ? this.early : 0;
		this.early = 0;
		this.day = day;
	}
}

function dayOf(time: number): number {
	return Math.floor((time - GRACE_MS) / DAY_MS);
}
