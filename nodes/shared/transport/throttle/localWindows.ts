import type { QuotaHeaders } from '../quotaHeaders';
import type { KeapLimits } from '../types';
import { Bell, epoch, monotonic } from './clock';
import { DayWindow } from './dayWindow';
import { KeapCount } from './keapCount';
import { MINUTE_MS, MinuteWindow } from './minuteWindow';
import { Probe } from './probe';
import { Reserve } from './reserve';
import { Spacer } from './spacer';
import {
	AcquireStopped,
	DailyQuotaUsedUp,
	type Demand,
	type QuotaWindows,
	type Refusal,
	type Slot,
	type WindowsView,
} from './windows';

/** Calls sent and not answered at most: enough for 5 a second at 20 s an answer, and an end to what Keap's silence can pile up. */
const MOST_IN_FLIGHT = 100;

/** The windows of one key as this process alone counts them, corrected by Keap's headers. */
export class LocalWindows implements QuotaWindows {
	private readonly minute = new MinuteWindow();
	private readonly keapMinute = new KeapCount();
	private readonly day = new DayWindow();
	private readonly spacer = new Spacer();
	private readonly probe = new Probe();
	private readonly reserve = new Reserve();
	private readonly bell = new Bell();
	private pausedUntil = -Infinity;
	private headersAt?: number;
	/** Number of the last call that got a slot. */
	private order = 0;

	constructor(private limits: KeapLimits) {
		this.setLimits(limits);
	}

	setLimits(limits: KeapLimits): void {
		this.limits = limits;
		this.day.setLimit(limits.perDay);
		this.spacer.setPerSecond(limits.perSecond);
		this.bell.ring();
	}

	pause(ms: number, why: Refusal): void {
		this.pausedUntil = Math.max(this.pausedUntil, monotonic() + ms);
		this.probe.want();
		if (why === 'second' || why === 'unknown') this.spacer.widen();
	}

	dayUsedUp(): void {
		this.day.refuse();
		this.bell.ring();
	}

	tryAcquire(demand: Demand): Slot | undefined {
		if (demand.priority === 'person') this.reserve.personSeen();
		return this.day.left(this.order) > 0 && this.dueAt(demand) <= monotonic() ? this.grant() : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<Slot> {
		for (;;) {
			if (signal.aborted) throw new AcquireStopped();
			const slot = this.tryAcquire(demand);
			if (slot) return slot;
			const dayOver = this.day.left(this.order) <= 0;
			if (dayOver && this.limits.dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(this.day.resetsAt());
			await this.bell.wait(dayOver ? monotonic() + this.day.wait() : this.dueAt(demand), signal);
		}
	}

	view(): WindowsView {
		const now = monotonic();
		const pausedFor = this.pausedUntil - now;
		return {
			perSecond: this.limits.perSecond,
			minute: { limit: this.perMinute(), available: Math.max(0, this.minuteLeft(now)) },
			day: { limit: this.day.limit, available: this.day.left(this.order), resetsAt: this.day.resetsAt() },
			inFlight: this.minute.inFlight,
			...(pausedFor > 0 && { pausedUntil: epoch() + pausedFor }),
			...(this.headersAt !== undefined && { headersAt: this.headersAt }),
		};
	}

	/** When a call may go, as far as is known now: in the past when it may go at once. Monotonic milliseconds. */
	private dueAt(demand: Demand): number {
		if (this.minute.inFlight >= MOST_IN_FLIGHT) return Infinity;
		return Math.max(this.pausedUntil, this.probe.dueAt(), this.spacer.dueAt(), this.minuteDueAt(demand));
	}

	private minuteDueAt({ priority, backlog }: Demand): number {
		const now = monotonic();
		const reserved = priority === 'execution' ? this.reserve.size(this.perMinute(), backlog()) : 0;
		if (this.minuteLeft(now) > reserved) return -Infinity;
		return Math.min(this.minute.nextEnd(now), this.keapMinute.until);
	}

	private perMinute(): number {
		return Math.min(this.limits.perMinute, this.keapMinute.limit ?? Infinity);
	}

	private minuteLeft(now: number): number {
		const own = this.perMinute() - this.minute.used(now);
		return Math.min(own, this.keapMinute.left(now, this.order, this.minute.ended(now)));
	}

	private grant(): Slot {
		const order = ++this.order;
		const day = this.day.take();
		const goesAhead = this.probe.granted();
		const spacing = this.spacer.granted();
		this.minute.take();
		let sentAt = monotonic();
		const giveBack = () => {
			this.minute.unused();
			this.day.unused(day);
		};
		const over = () => {
			if (goesAhead) this.probe.back();
			this.bell.ring();
		};
		return {
			get sentAt() {
				return sentAt;
			},
			sent: () => {
				sentAt = spacing.sent();
				this.bell.ring();
			},
			answered: (quota, status) => {
				// Refused at the gateway: neither the minute nor the day has lost a call.
				if (status === 429) giveBack();
				else this.minute.answered(monotonic());
				spacing.answered(status);
				if (quota) this.hear(order, day, quota);
				over();
			},
			unused: () => {
				giveBack();
				spacing.unused();
				over();
			},
		};
	}

	private hear(order: number, day: number, quota: QuotaHeaders): void {
		const now = monotonic();
		if (quota.minute) this.keapMinute.hear(order, quota.minute, this.minute.ended(now), now + MINUTE_MS);
		if (quota.day) this.day.hear(day, order, quota.day);
		this.headersAt = epoch();
	}
}
