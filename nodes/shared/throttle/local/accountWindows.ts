import type { QuotaHeaders } from '../quota/quotaHeaders';
import { ConditionVariable, monotonic } from '../../runtime/clock';
import { type DayEntry, DayCounter } from './dayCounter';
import type { KeyLimits, NamedLimits } from './keyLimits';
import { MINUTE_MS, MinuteWindow } from './minuteWindow';
import { reserveOf } from './reserve';
import { ServerQuota } from './serverQuota';
import type { MinuteRule } from './turns';

/** A call in the account's windows. */
export interface AccountEntry {
	readonly order: number;
	readonly day: DayEntry;
}

/**
 * Minute and day of one Keap account, for all its keys in this process: Keap counts both per account, and only the second
 * per key. A key begins with windows of its own, since only its first answer names its account.
 */
export class AccountWindows {
	/** Wakes whoever waits for the account's windows, or for those of a key of it. */
	readonly changed = new ConditionVariable();
	private readonly minute = new MinuteWindow();
	private readonly keapMinute = new ServerQuota();
	private readonly day = new DayCounter();
	private readonly keys = new Set<KeyLimits>();
	/** Number of the last call that got a slot. */
	private lastOrder = 0;
	/** The account's windows proper, once its name is known. */
	private successor?: AccountWindows;

	constructor(key?: KeyLimits) {
		if (key) this.add(key);
	}

	private add(key: KeyLimits): void {
		this.keys.add(key);
		key.observe(this.named);
		this.applyLimits();
	}

	/** Takes over the calls and keys of windows that turned out to be of the same account. */
	absorb(other: AccountWindows): void {
		if (other === this) return;
		const now = monotonic();
		// What Keap's last headers said of this account may not include them.
		this.lastOrder += other.minute.used(now);
		this.minute.absorb(other.minute);
		this.day.absorb(other.day);
		for (const key of other.keys) this.add(key);
		other.successor = this;
		other.changed.notifyAll();
		this.changed.notifyAll();
	}

	/** A key of another account turns out to belong to this one. It comes alone: what it has spent stays where Keap has counted it, with that account's other keys. */
	receive(key: KeyLimits, from: AccountWindows): void {
		from.keys.delete(key);
		from.applyLimits();
		this.add(key);
		from.changed.notifyAll();
		this.changed.notifyAll();
	}

	/** Calls of this process in the minute. */
	get usedOfMinute(): number {
		return this.minute.used(monotonic());
	}

	get inFlight(): number {
		return this.minute.inFlight;
	}

	get perDay(): number {
		return this.day.limit;
	}

	get perMinute(): number {
		let most = 0;
		for (const key of this.keys) most = Math.max(most, key.highest.perMinute);
		return most;
	}

	/** The limits of a key have changed. */
	applyLimits(): void {
		let perDay = 0;
		for (const key of this.keys) perDay = Math.max(perDay, key.highest.perDay);
		this.day.setLimit(perDay);
	}

	/**
	 * Calls that the minute has left for this process.
	 *
	 * @param processes how many processes spend without knowing of each other
	 * @param rule how they divide it; by default each has the same part of what was left
	 */
	minuteLeft(processes: number, rule?: MinuteRule): number {
		const now = monotonic();
		const { perMinute } = this;
		const used = this.minute.used(now);
		const byKeap = this.keapMinute.left(now, this.lastOrder, this.minute.ended(now), rule ? 1 : processes);
		// Until Keap's headers name what is left, each process may spend only its part of the minute.
		const left = Math.min((byKeap === Infinity ? Math.ceil(perMinute / processes) : perMinute) - used, byKeap);
		if (!rule || byKeap === Infinity) return left;
		if ('spare' in rule) return left - rule.spare;
		// One call is everybody's, or who comes last would never learn that something is left.
		const most = Math.max(1, Math.ceil(rule.threshold * (byKeap - reserveOf(perMinute))));
		return Math.min(left, most - used);
	}

	/** Monotonic milliseconds at which the minute may have more left than now. */
	minuteFreeAt(): number {
		return Math.min(this.minute.nextEnd(monotonic()), this.keapMinute.until);
	}

	dayLeft(): number {
		return this.day.left(this.lastOrder);
	}

	/** Milliseconds since 1970. */
	dayResetsAt(): number {
		return this.day.resetsAt();
	}

	/** Milliseconds until it is worth to ask again once nothing is left of the day. */
	dayWait(): number {
		return this.day.wait();
	}

	dayUsedUp(): void {
		this.day.refuse();
		this.changed.notifyAll();
	}

	/** Calls of this process on the present UTC day. */
	today(): { day: number; calls: number } {
		return this.day.own();
	}

	take(): AccountEntry {
		this.minute.take();
		return { order: ++this.lastOrder, day: this.day.take() };
	}

	/** The call was not counted by Keap: never sent, or refused at the gateway. */
	giveBack({ day }: AccountEntry): void {
		const { minute, day: counter } = this.present;
		minute.unused();
		counter.unused(day.day);
	}

	/** The call was let through, or may have been. */
	answered(entry: AccountEntry, status: number): void {
		const { minute, day } = this.present;
		minute.answered(monotonic());
		if (entry.day.probe && status > 0) day.reopen();
	}

	/**
	 * Takes over what an answer's headers say. Numbers of calls mean nothing after a change of windows.
	 *
	 * @param into the windows of the account that the answer names
	 */
	observe(entry: AccountEntry, quota: QuotaHeaders, into: AccountWindows): void {
		into.observeAs(into === this ? entry.order : into.lastOrder - into.inFlight, entry.day.day, quota);
	}

	/** Takes over what Redis, which counts for several processes, reports. */
	observeOthers(quota: QuotaHeaders): void {
		this.observeAs(this.lastOrder, this.day.own().day, quota);
	}

	/** The windows that count now. */
	get present(): AccountWindows {
		return this.successor ? this.successor.present : this;
	}

	private observeAs(order: number, day: number, quota: QuotaHeaders): void {
		const now = monotonic();
		if (quota.minute) this.keapMinute.observe(order, quota.minute, this.minute.ended(now), now + MINUTE_MS);
		if (quota.day) this.day.observe(day, order, quota.day);
		const { named } = this;
		let changed = false;
		for (const key of this.keys) changed = key.observe(named) || changed;
		if (changed) this.applyLimits();
	}

	private get named(): NamedLimits {
		return { perMinute: this.keapMinute.limit, perDay: this.day.namedLimit };
	}
}
