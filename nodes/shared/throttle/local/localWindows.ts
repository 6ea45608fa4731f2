import type { QuotaHeaders } from '../quota/quotaHeaders';
import type { KeapLimits } from '../quota/limits';
import { epoch, monotonic } from '../../runtime/clock';
import {
	AcquireStopped,
	CredentialHeld,
	DailyQuotaUsedUp,
	type Demand,
	type QuotaWindows,
	type Refusal,
	type Slot,
	type WindowsView,
} from '../quota/windows';
import { AccountWindows } from './accountWindows';
import { CredentialWindows } from './credentialWindows';
import { KeyLimits } from './keyLimits';
import { Pacer, paceOf } from './pacer';
import { Probe } from './probe';
import { Reserve } from './reserve';
import { inTurn, type Turn } from './turns';

/** Longest wait that is foretold: by then the minute has begun anew. */
const MINUTE_MS = 60_000;

/** Most calls in flight: enough for 5 a second at 20 s an answer, and a bound when Keap stops answering. */
export const MOST_IN_FLIGHT = 100;

/** A slot of this process's own windows. */
export interface OwnSlot extends Slot {
	/** By how many milliseconds after its send the call can have arrived at most, measured by the fastest way in. */
	lateness(): number;
}

/** What the windows of one key have in common with those of other keys of the same account. */
export interface Accounts {
	/** A name of the account on the key's host that does not reveal it. */
	nameOf(account: string): string;
	/** The windows of an account by that name, made when they are first asked for. */
	windowsOf(name: string): AccountWindows;
}

/** The windows of one key as this process alone counts them, corrected by Keap's headers. */
export class LocalWindows implements QuotaWindows {
	/** The limits of the credentials that use the key. */
	readonly limits = new KeyLimits();
	private windows = new AccountWindows(this.limits);
	private accountName?: string;
	private readonly credentials = new Map<string, CredentialWindows>();
	private readonly pacer = new Pacer();
	private readonly probe = new Probe();
	private readonly reserve = new Reserve();
	private turn?: Turn;
	private pausedUntil = -Infinity;
	private headersAt?: number;
	private open = 0;

	constructor(private readonly accounts?: Accounts) {}

	setLimits(credential: string, limits: KeapLimits): boolean {
		if (!this.credentials.has(credential)) this.credentials.set(credential, new CredentialWindows());
		// Asked with every request: only a change is worth waking those who wait.
		if (!this.limits.set(credential, limits)) return false;
		this.apply();
		this.windows.changed.notifyAll();
		return true;
	}

	/**
	 * From now on several processes spend from the key without speaking with each other: this one takes its part, in its turn.
	 *
	 * @param turn none when this process is alone, or when Redis keeps all processes together
	 */
	share(turn?: Turn): void {
		const before = this.turn;
		this.turn = turn;
		this.limits.processes = turn?.processes ?? 1;
		if (!turn && !before) return;
		this.apply();
		this.windows.changed.notifyAll();
	}

	/** Name of the account that the key belongs to, once that is known. */
	get account(): string | undefined {
		return this.accountName;
	}

	/** The key belongs to the account of this name: minute and day are counted together with those of its other keys. */
	join(name: string): void {
		if (this.accountName === name || !this.accounts) return;
		const windows = this.accounts.windowsOf(name);
		if (this.accountName === undefined) windows.absorb(this.windows);
		else windows.receive(this.limits, this.windows);
		this.accountName = name;
		this.windows = windows;
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
		this.pacer.widen();
	}

	dayUsedUp(): void {
		this.windows.dayUsedUp();
	}

	tryAcquire(demand: Demand): OwnSlot | undefined {
		if (this.heldUntil(demand) > monotonic() || this.dayOver(demand)) return undefined;
		return this.windows.dayLeft() > 0 && this.dueAt(demand) <= monotonic() ? this.take(demand) : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<OwnSlot> {
		for (;;) {
			if (signal.aborted) throw new AcquireStopped();
			const slot = this.tryAcquire(demand);
			if (slot) return slot;
			this.holdBack(demand);
			await this.windows.changed.wait(this.dueAt(demand), signal);
		}
	}

	view(credential: string): WindowsView {
		const account = this.windows;
		const limits = this.limits.of(credential);
		const own = this.credentials.get(credential);
		const pausedFor = this.pausedUntil - monotonic();
		const perMinute = Math.min(limits.perMinute, account.perMinute);
		const ownDay = own?.dayLeft(limits) ?? Infinity;
		return {
			perSecond: Math.min(limits.perSecond, this.limits.highest.perSecond),
			minute: {
				limit: perMinute,
				available: Math.max(0, Math.min(account.minuteLeft(this.limits.processes, this.turn?.minute), own?.minuteLeft(limits) ?? Infinity)),
			},
			day: {
				limit: Math.min(limits.perDay, account.perDay),
				available: Math.min(account.dayLeft(), ownDay),
				resetsAt: own && ownDay <= 0 ? own.dayResetsAt() : account.dayResetsAt(),
			},
			inFlight: this.open,
			...(pausedFor > 0 && { pausedUntil: epoch() + pausedFor }),
			...(this.headersAt !== undefined && { headersAt: this.headersAt }),
		};
	}

	/** Calls of this process in the minute, for the whole account. */
	get usedOfMinute(): number {
		return this.windows.usedOfMinute;
	}

	dueIn(credential: string): number {
		const due = this.dueAt({ credential, priority: 'execution', backlog: () => 1 });
		return Math.min(MINUTE_MS, Math.max(0, due - monotonic()));
	}

	/** Calls sent and not answered. */
	get inFlight(): number {
		return this.open;
	}

	/** The calls of this process on the present UTC day, for the whole account. */
	today(): { day: number; calls: number } {
		return this.windows.today();
	}

	/** The calls of this process with one credential on the present UTC day. */
	todayOf(credential: string): number {
		return this.credentials.get(credential)?.today().calls ?? 0;
	}

	/** Takes over what Redis, which counts for all processes, reports: what is left, and which limits Keap has named. */
	observeOthers(quota: QuotaHeaders): void {
		this.windows.observeOthers(quota);
		this.apply();
	}

	/** Throws when this call has to wait longer than those of other credentials with the same key. */
	private holdBack(demand: Demand): void {
		const { credential } = demand;
		const now = monotonic();
		const { dailyQuotaAction } = this.limits.entered(credential);
		const own = this.credentials.get(credential);
		const ownDayOver = this.dayOver(demand);
		if (ownDayOver || this.windows.dayLeft() <= 0) {
			const resetsAt = ownDayOver && own ? own.dayResetsAt() : this.windows.dayResetsAt();
			if (dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(resetsAt);
			throw new CredentialHeld(now + (ownDayOver && own ? own.dayWait() : this.windows.dayWait()));
		}
		const until = this.heldUntil(demand);
		if (until > now && until > this.keyDueAt(demand)) throw new CredentialHeld(until);
	}

	private dayOver({ credential }: Demand): boolean {
		const own = this.credentials.get(credential);
		const limits = this.limits.of(credential);
		return own !== undefined && limits.perDay < this.windows.perDay && own.dayLeft(limits) <= 0;
	}

	/** Until when the credential's own limits hold the call back, where they are lower than those of the key. */
	private heldUntil({ credential }: Demand): number {
		const limits = this.limits.of(credential);
		const narrower = { second: limits.perSecond < this.limits.highest.perSecond, minute: limits.perMinute < this.windows.perMinute };
		if (!narrower.second && !narrower.minute) return -Infinity;
		const { processes } = this.limits;
		const part = { ...limits, perSecond: this.limits.part(limits.perSecond), perMinute: Math.ceil(limits.perMinute / processes) };
		return this.credentials.get(credential)?.heldUntil(part, narrower) ?? -Infinity;
	}

	/** When a call may go, as far as is known now: in the past when it may go at once. Monotonic milliseconds. */
	private dueAt(demand: Demand): number {
		return Math.max(this.keyDueAt(demand), this.heldUntil(demand));
	}

	/** The same by the limits of key and account alone. */
	private keyDueAt(demand: Demand): number {
		if (this.open >= MOST_IN_FLIGHT) return Infinity;
		const due = Math.max(this.pausedUntil, this.probe.dueAt(), this.pacer.dueAt(), this.minuteDueAt(demand));
		if (!this.turn || demand.priority === 'person') return due;
		return inTurn(this.turn, due, paceOf(this.limits.highest.perSecond).gap, this.pacer.lastAt);
	}

	private minuteDueAt({ priority, backlog }: Demand): number {
		if (priority === 'person') this.reserve.personSeen();
		const { processes } = this.limits;
		// A person does not keep to a part: there is mostly a call left, and a 429 is put right.
		const rule = this.turn?.minute;
		if (rule && priority === 'person') return this.windows.minuteLeft(1) > 0 ? -Infinity : this.windows.minuteFreeAt();
		const left = this.windows.minuteLeft(processes, rule);
		// Of its own part: a few calls of the whole minute may be all that this process has.
		const part = Math.ceil(this.windows.perMinute / processes);
		const reserved = priority === 'execution' && !rule ? this.reserve.size(part, left, backlog()) : 0;
		return left > reserved ? -Infinity : this.windows.minuteFreeAt();
	}

	private apply(): void {
		this.windows.applyLimits();
		// Processes that take turns keep the distance by that.
		this.pacer.setPerSecond(this.limits.highest.perSecond);
	}

	/** Counts a call, whether or not the windows have room for it. */
	take({ credential, unobserved = false }: Pick<Demand, 'credential' | 'unobserved'>): OwnSlot {
		// A pace that Keap refused is tried again after a while.
		this.apply();
		const account = this.windows;
		const entry = account.take();
		const made = this.credentials.get(credential)?.take();
		const goesAhead = !unobserved && this.probe.granted();
		const paced = this.pacer.granted();
		this.open++;
		let sentAt = monotonic();
		const over = () => {
			this.open--;
			if (goesAhead) this.probe.back();
			this.windows.changed.notifyAll();
		};
		return {
			get sentAt() {
				return sentAt;
			},
			lateness: paced.lateness,
			sent: () => {
				sentAt = paced.sent();
				made?.sent();
				this.windows.changed.notifyAll();
			},
			answered: (quota, status) => {
				// Refused at the gateway: neither the minute nor the day has lost a call.
				if (status === 429) account.giveBack(entry);
				else account.answered(entry, status);
				made?.over(status !== 429, status);
				paced.answered(status);
				if (quota) {
					if (quota.account !== undefined && this.accounts) this.join(this.accounts.nameOf(quota.account));
					account.observe(entry, quota, this.windows);
					this.headersAt = epoch();
					this.apply();
				}
				over();
			},
			unused: () => {
				account.giveBack(entry);
				made?.over(false, -1);
				paced.unused();
				over();
			},
		};
	}
}
