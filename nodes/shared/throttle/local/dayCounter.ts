import type { WindowHeaders } from '../quota/quotaHeaders';
import { epoch } from '../../runtime/clock';
import { ServerQuota } from './serverQuota';

export const DAY_MS = 86_400_000;
/** Keap's midnight may come a moment before or after ours: calls so near to it count for both days. */
export const GRACE_MS = 1_000;

/** The calls of the present UTC day. Times are milliseconds since 1970. */
export class DayCounter {
	private day = dayOf(epoch());
	private calls = 0;
	/** Calls near midnight: Keap may count them for tomorrow. */
	private early = 0;
	private readonly keap = new ServerQuota();
	/** Until then Keap itself refuses calls, whatever the count says. */
	private refusedUntil = -Infinity;
	/** Calls that the day allows. */
	limit = Infinity;

	setLimit(perDay: number): void {
		this.limit = perDay;
	}

	/** The limit Keap last named, if any. */
	get limitSaid(): number | undefined {
		return this.keap.limit;
	}

	/** The calls of this process on the present day (days since 1970). */
	own(): { day: number; calls: number } {
		this.turn();
		return { day: this.day, calls: this.calls };
	}

	/** Counts a call. Returns the day it is counted in, which the other methods ask for. */
	take(): number {
		this.turn();
		this.calls++;
		if (epoch() >= this.midnight() - GRACE_MS) this.early++;
		return this.day;
	}

	unused(day: number): void {
		this.turn();
		if (day === this.day) this.calls--;
	}

	/**
	 * @param day the day that the call was counted in: what an answer says of yesterday is worth nothing today
	 * @param order number of the call
	 */
	hear(day: number, order: number, said: WindowHeaders): void {
		this.turn();
		if (day !== this.day) return;
		const now = epoch();
		const { resetsAt } = said;
		const sane = resetsAt !== undefined && resetsAt > now && resetsAt < now + DAY_MS + 3_600_000;
		this.keap.hear(order, said, 0, (sane ? resetsAt : this.midnight()) + GRACE_MS);
	}

	/** Keap has refused a call because of the day. */
	refuse(): void {
		this.turn();
		this.refusedUntil = this.keapResetsAt() + GRACE_MS;
	}

	/** Calls left today; never negative. */
	left(lastOrder: number): number {
		this.turn();
		const now = epoch();
		if (now < this.refusedUntil) return 0;
		return Math.max(0, Math.min(this.limit - this.calls, this.keap.left(now, lastOrder, 0)));
	}

	/** When the quota is whole again: 00:00 UTC, or what Keap says if only Keap's count is used up. */
	resetsAt(): number {
		this.turn();
		return this.calls >= this.limit ? this.midnight() : this.keapResetsAt();
	}

	/** Milliseconds until a call may go again once nothing is left. */
	wait(): number {
		return this.resetsAt() + GRACE_MS - epoch();
	}

	/** Keap's own word on the reset while it holds: our clock may differ from Keap's. */
	private keapResetsAt(): number {
		const said = this.keap.until - GRACE_MS;
		return Number.isFinite(said) && said + GRACE_MS > epoch() ? said : this.midnight();
	}

	private midnight(): number {
		return (this.day + 1) * DAY_MS;
	}

	private turn(): void {
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
