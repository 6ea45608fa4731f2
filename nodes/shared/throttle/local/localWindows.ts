import type { QuotaHeaders, WindowHeaders } from '../quota/quotaHeaders';
import type { DailyQuotaAction, KeapLimits } from '../quota/limits';
import { ConditionVariable, epoch, monotonic } from '../../runtime/clock';
import { DayCounter } from './dayCounter';
import { EffectiveLimits } from './effectiveLimits';
import { ServerQuota } from './serverQuota';
import { MINUTE_MS, MinuteWindow } from './minuteWindow';
import { Probe } from './probe';
import { Reserve } from './reserve';
import { Pacer } from './pacer';
import {
	AcquireStopped,
	DailyQuotaUsedUp,
	type Demand,
	type QuotaWindows,
	type Refusal,
	type Slot,
	type WindowsView,
} from '../quota/windows';

/** Calls sent and not answered at most: enough for 5 a second at 20 s an answer, and an end to what Keap's silence can pile up. */
export const MOST_IN_FLIGHT = 100;

/** A slot of this process's own windows. */
export interface OwnSlot extends Slot {
	/** By how many milliseconds after its send the call can have arrived at most, measured by the fastest way in. */
	lateness(): number;
}

/** The windows of one key as this process alone counts them, corrected by Keap's headers. */
export class LocalWindows implements QuotaWindows {
	private readonly limits: EffectiveLimits;
	private readonly minute = new MinuteWindow();
	private readonly keapMinute = new ServerQuota();
	private readonly day = new DayCounter();
	private readonly spacer = new Pacer();
	private readonly probe = new Probe();
	private readonly reserve = new Reserve();
	private readonly bell = new ConditionVariable();
	private pausedUntil = -Infinity;
	private headersAt?: number;
	/** Number of the last call that got a slot. */
	private order = 0;

	constructor(limits: KeapLimits) {
		this.limits = new EffectiveLimits(limits);
		this.apply();
	}

	setLimits(limits: KeapLimits): void {
		// Asked with every request: only a change is worth waking those who wait.
		if (!this.limits.configure(limits)) return;
		this.apply();
		this.bell.notifyAll();
	}

	/**
	 * From now on so many processes spend from the key without knowing of each other: this one takes its part.
	 *
	 * @param processes 1 when this one is alone, or when somebody else sees to it that all keep together
	 */
	share(processes: number): void {
		if (this.limits.processes === processes) return;
		this.limits.processes = processes;
		this.apply();
		this.bell.notifyAll();
	}

	/** No call goes for so many milliseconds. */
	rest(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, monotonic() + ms);
	}

	pause(ms: number, why: Refusal): void {
		this.rest(ms);
		this.probe.want();
		if (why !== 'second' && why !== 'unknown') return;
		this.limits.tooFast();
		this.apply();
		this.spacer.widen();
	}

	dayUsedUp(): void {
		this.day.refuse();
		this.bell.notifyAll();
	}

	tryAcquire(demand: Demand): OwnSlot | undefined {
		return this.day.left(this.order) > 0 && this.dueAt(demand) <= monotonic() ? this.take(demand.blind) : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<OwnSlot> {
		for (;;) {
			if (signal.aborted) throw new AcquireStopped();
			const slot = this.tryAcquire(demand);
			if (slot) return slot;
			const dayOver = this.day.left(this.order) <= 0;
			if (dayOver && this.dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(this.day.resetsAt());
			await this.bell.wait(dayOver ? monotonic() + this.day.wait() : this.dueAt(demand), signal);
		}
	}

	view(): WindowsView {
		const now = monotonic();
		const pausedFor = this.pausedUntil - now;
		return {
			perSecond: this.limits.wholePerSecond,
			minute: { limit: this.limits.perMinute, available: Math.max(0, this.minuteLeft(now)) },
			day: { limit: this.day.limit, available: this.day.left(this.order), resetsAt: this.day.resetsAt() },
			inFlight: this.inFlight,
			...(pausedFor > 0 && { pausedUntil: epoch() + pausedFor }),
			...(this.headersAt !== undefined && { headersAt: this.headersAt }),
		};
	}

	/** Calls sent and not answered. */
	get inFlight(): number {
		return this.minute.inFlight;
	}

	get dailyQuotaAction(): DailyQuotaAction {
		return this.limits.dailyQuotaAction;
	}

	/** The limits as they hold at present, for windows that are kept elsewhere. */
	get effective(): Readonly<EffectiveLimits> {
		return this.limits;
	}

	/** The calls of this process on the present UTC day. */
	today(): { day: number; calls: number } {
		return this.day.own();
	}

	/** Calls of the minute that this demand has to leave alone, for people and triggers. */
	reserved({ priority, backlog }: Demand): number {
		if (priority === 'person') this.reserve.personSeen();
		return priority === 'execution' ? this.reserve.size(this.limits.perMinute, backlog()) : 0;
	}

	/** Somebody who counts for all processes tells what is left, and which limits Keap has named. */
	hearOthers(minute: WindowHeaders, dayLimit?: number): void {
		const day = this.day.own().day;
		this.hear(this.order, day, { minute, ...(dayLimit !== undefined && { day: { limit: dayLimit } }) });
	}

	/** When a call may go, as far as is known now: in the past when it may go at once. Monotonic milliseconds. */
	private dueAt(demand: Demand): number {
		if (this.inFlight >= MOST_IN_FLIGHT) return Infinity;
		return Math.max(this.pausedUntil, this.probe.dueAt(), this.spacer.dueAt(), this.minuteDueAt(demand));
	}

	private minuteDueAt(demand: Demand): number {
		const now = monotonic();
		if (this.minuteLeft(now) > this.reserved(demand)) return -Infinity;
		return Math.min(this.minute.nextEnd(now), this.keapMinute.until);
	}

	private minuteLeft(now: number): number {
		const { perMinute, processes } = this.limits;
		const used = this.minute.used(now);
		const known = this.keapMinute.left(now, this.order, this.minute.ended(now), processes);
		// Without a word from outside, a part is all that is safe.
		return Math.min((known === Infinity ? Math.ceil(perMinute / processes) : perMinute) - used, known);
	}

	private apply(): void {
		this.day.setLimit(this.limits.perDay);
		this.spacer.setPerSecond(this.limits.perSecond);
	}

	/**
	 * Counts a call, whether or not the windows have room for it.
	 *
	 * @param blind nobody here will see its answer
	 */
	take(blind = false): OwnSlot {
		// A pace that Keap refused is tried again after a while.
		this.spacer.setPerSecond(this.limits.perSecond);
		const order = ++this.order;
		const day = this.day.take();
		const goesAhead = !blind && this.probe.granted();
		const spacing = this.spacer.granted();
		this.minute.take();
		let sentAt = monotonic();
		const giveBack = () => {
			this.minute.unused();
			this.day.unused(day);
		};
		const over = () => {
			if (goesAhead) this.probe.back();
			this.bell.notifyAll();
		};
		return {
			get sentAt() {
				return sentAt;
			},
			lateness: spacing.lateness,
			sent: () => {
				sentAt = spacing.sent();
				this.bell.notifyAll();
			},
			answered: (quota, status) => {
				// Refused at the gateway: neither the minute nor the day has lost a call.
				if (status === 429) giveBack();
				else this.minute.answered(monotonic());
				spacing.answered(status);
				if (quota) {
					this.hear(order, day, quota);
					this.headersAt = epoch();
				}
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
		if (this.limits.said(this.keapMinute.limit, this.day.limitSaid)) this.apply();
	}
}
