import { randomUUID } from 'node:crypto';
import type { KeapLimits } from '../quota/limits';
import type { WindowHeaders } from '../quota/quotaHeaders';
import { ConditionVariable, epoch, monotonic } from '../../runtime/clock';
import { paceOf } from '../local/pacer';
import { type LocalWindows, MOST_IN_FLIGHT, type OwnSlot } from '../local/localWindows';
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
import type { LinkChange, RedisLink } from './connection/link';
import { Apart } from './apart/apart';
import { CallJournal } from './callJournal';
import { CLASSES, type Grant, nothingWanted, type Waiter, waiterOf, wishOf } from './waiter';
import type { Reply } from './protocol';
import { type Reporting, reportedSlot } from './reportedSlot';
import { type Answer, RedisSession } from './session';

/** A granted slot that is not used within this time after it was due is given back. */
const STALE_MS = 100;
/** An answer that may be so much older than usual names moments that may be over. */
const OLD_MS = 100;
/** Longest wait before Redis is asked again: another process may have given slots back. */
const LOOK_MS = 2_000;
/** How long a call waits in all for a Redis that does not answer; then its process's own windows decide. */
const PATIENCE_MS = 1_000;
const LEAST_PATIENCE_MS = 250;
/** When Redis is lost, a process waits a second before it counts alone: what the others sent in that second is unknown. */
const APART_MS = 1_000;
/** How often unwanted slots and waiting entries are given back, and the leases of long calls renewed. */
const HEARTBEAT_MS = 1_000;
/** A waiting entry that no call needs any more is given up after this time. */
const IDLE_MS = 50;
/** A process that is told to end asks for nothing for so long: most have ended by then. */
const LEAVE_MS = 1_000;

/**
 * The windows of one key, counted for several processes in Redis. Each process also counts for itself: that is what it
 * goes by while Redis is away, and what it writes back when Redis returns.
 */
export class SharedWindows implements QuotaWindows {
	private readonly name = `p${randomUUID()}`;
	private readonly journal = new CallJournal();
	private readonly changed = new ConditionVariable();
	private readonly session: RedisSession;
	private readonly reporting: Reporting;
	private readonly waiters = new Map<string, Waiter>();
	private last?: Reply;
	private ids = 0;
	private readonly apart: Apart;
	private heartbeat?: NodeJS.Timeout;
	/** Ends a wait by the own windows: Redis is there again. */
	private backAgain?: () => void;
	/** The process is about to end, and asks for nothing until this moment (monotonic milliseconds). */
	private leavesUntil?: number;

	/**
	 * @param own the process's own windows of the key
	 * @param link the way to Redis
	 * @param names the prefix, and a name of the key that does not reveal the key
	 */
	constructor(
		private readonly own: LocalWindows,
		private readonly link: RedisLink,
		{ prefix, key }: { prefix: string; key: string },
	) {
		this.apart = new Apart(() => paceOf(own.limits.highest.perSecond).gap);
		this.session = new RedisSession(
			this.name,
			own,
			this.journal,
			link,
			{ prefix, key, home: own.account ?? key },
			(reply) => this.observe(reply),
			(account) => own.join(account),
		);
		this.reporting = {
			own,
			journal: this.journal,
			session: this.session,
			nextVisit: () => this.nextVisit(),
			changed: () => this.changed.notifyAll(),
			said: (minute) => this.said(minute),
		};
		link.onChange((change) => this.linkChanged(change));
		this.share();
	}

	setLimits(credential: string, limits: KeapLimits): boolean {
		const changed = this.own.setLimits(credential, limits);
		if (changed) this.askAnew();
		return changed;
	}

	pause(ms: number, why: Refusal): void {
		this.own.pause(ms, why);
		const tooFast = why === 'second' || why === 'unknown';
		this.session.report({ type: 'pause', ms, tooFast }, 'now');
		if (!tooFast || this.link.up) return;
		this.apart.refused();
		this.share();
	}

	dayUsedUp(): void {
		this.own.dayUsedUp();
		this.session.report({ type: 'dayOver' }, 'now');
		this.askAnew();
	}

	/** A slot that Redis has granted already and that is due; to get one, Redis has to be asked, and that takes a moment. */
	tryAcquire(demand: Demand): Slot | undefined {
		const waiter = this.waiters.get(demand.credential);
		return waiter && this.link.up ? this.takeDue(waiter, demand) : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<Slot> {
		const waiter = this.waiterOf(demand.credential);
		waiter.waiting++;
		try {
			return await this.acquireAt(waiter, demand, signal);
		} finally {
			waiter.waiting--;
			this.tidyLater(waiter);
		}
	}

	async refresh(): Promise<void> {
		await this.link.begin();
		await this.session.send();
	}

	/** The own windows may have room where the others have used up what all share: then nothing better is known than a minute. */
	dueIn(credential: string): number {
		const own = this.own.dueIn(credential);
		return own > 0 || this.view(credential).minute.available > 0 ? own : 60_000;
	}

	view(credential: string): WindowsView {
		const view = this.own.view(credential);
		const { last } = this;
		if (!this.link.up || !last) return view;
		return {
			...view,
			minute: { ...view.minute, available: Math.max(0, Math.min(view.minute.limit, last.left)) },
			day: { ...view.day, available: Math.min(view.day.available, last.dayLeft), resetsAt: last.dayResetsAt },
			...(last.pausedFor > 0 && { pausedUntil: epoch() + last.pausedFor }),
		};
	}

	/**
	 * The process has been told to end: what others can use goes back at once. Executions may go on for n8n's grace time; their
	 * calls ask anew after a moment, for one slot at a time, so that little is lost when the end comes.
	 */
	leave(): void {
		this.leavesUntil = monotonic() + LEAVE_MS;
		for (const waiter of this.waiters.values()) this.giveUp(waiter);
		this.changed.notifyAll();
	}

	private giveUp(waiter: Waiter): void {
		this.giveBack(waiter.hand.splice(0));
		waiter.standing = undefined;
		if (this.link.up) void this.session.send(nothingWanted(waiter));
	}

	private waiterOf(credential: string): Waiter {
		const known = this.waiters.get(credential);
		if (known) return known;
		const waiter = waiterOf(this.name, credential);
		this.waiters.set(credential, waiter);
		return waiter;
	}

	private async acquireAt(waiter: Waiter, demand: Demand, signal: AbortSignal): Promise<Slot> {
		let patience = PATIENCE_MS;
		for (;;) {
			if (signal.aborted) throw new AcquireStopped();
			if (this.leavesUntil !== undefined) await this.changed.wait(this.leavesUntil, signal);
			const from = monotonic();
			await this.link.begin(Math.min(patience, PATIENCE_MS - LEAST_PATIENCE_MS));
			patience -= monotonic() - from;
			if (signal.aborted) throw new AcquireStopped();
			if (!this.link.up || patience <= 0) {
				const slot = await this.alone(demand, signal, patience > 0);
				if (slot) return slot;
			} else if (waiter.hand.length > 0) {
				const slot = await this.fromHand(waiter, demand, signal);
				if (slot) return slot;
			} else if (this.own.inFlight >= MOST_IN_FLIGHT) {
				await this.changed.wait(monotonic() + LOOK_MS, signal);
			} else if (waiter.standing && waiter.standing.class <= CLASSES[demand.priority] && monotonic() < waiter.standing.comeAt) {
				await this.changed.wait(waiter.standing.comeAt, signal);
			} else {
				const asked = monotonic();
				const answered = await this.ask(waiter, demand, signal, Math.max(LEAST_PATIENCE_MS, patience));
				if (answered) patience = PATIENCE_MS;
				else patience -= monotonic() - asked + LEAST_PATIENCE_MS;
			}
		}
	}

	/** Asks Redis for slots, and waits as it says. Returns whether it has answered. */
	private async ask(waiter: Waiter, demand: Demand, signal: AbortSignal, patience: number): Promise<boolean> {
		const reply = await this.session.send(wishOf(waiter, demand, this.own, this.leavesUntil !== undefined), patience);
		if (!reply) return false;
		const now = monotonic();
		const { verdict, wait, slots } = reply;
		const way = this.session.oneWay;
		waiter.hand.push(...slots.map(({ id, order, probe, wait: until }) => ({ id, order, probe, due: now + until - way })));
		if (this.isTooOld(waiter, reply)) {
			this.giveBack(waiter.hand.splice(0));
			waiter.standing = undefined;
			return true;
		}
		if (this.leavesUntil !== undefined && now < this.leavesUntil) {
			this.giveUp(waiter);
			return true;
		}
		const comeAt = now + Math.max(1, wait - 2 * way);
		waiter.standing = verdict === 'wait' && wait > 0 ? { class: CLASSES[demand.priority], comeAt } : undefined;
		if (slots.length > 0) this.beat();
		if (slots.length > 0 || waiter.standing) return true;
		if (verdict === 'day' || verdict === 'ownDay') {
			if (this.own.limits.entered(demand.credential).dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(reply.dayResetsAt);
			throw new CredentialHeld(now + wait);
		}
		if (verdict === 'held') throw new CredentialHeld(now + wait);
		await this.changed.wait(comeAt, signal);
		return true;
	}

	/**
	 * A process that was stopped (SIGSTOP, a paused container, a machine without a free core) finds an answer that has long been
	 * there, and whose moments are over for the others. Two such answers in a row are a slow Redis: then the second one is as good as
	 * any other.
	 */
	private isTooOld(waiter: Waiter, { age }: Answer): boolean {
		waiter.doubted = age > OLD_MS && !waiter.doubted;
		return waiter.doubted;
	}

	/** Waits until the first granted slot is due. When the caller gives up, the slot stays in hand for the next one. */
	private async fromHand(waiter: Waiter, demand: Demand, signal: AbortSignal): Promise<Slot | undefined> {
		const [first] = waiter.hand;
		while (first && monotonic() < first.due && waiter.hand[0] === first) {
			if (signal.aborted) throw new AcquireStopped();
			await this.changed.wait(first.due, signal);
		}
		return this.takeDue(waiter, demand);
	}

	private takeDue(waiter: Waiter, { credential, unobserved = false }: Demand): Slot | undefined {
		this.dropStale(waiter);
		const [first] = waiter.hand;
		if (!first || monotonic() < first.due || this.own.inFlight >= MOST_IN_FLIGHT) return undefined;
		waiter.hand.shift();
		return this.slot(first.id, this.own.take({ credential, unobserved }), unobserved, first);
	}

	/** By the own windows alone, until Redis is there again. */
	private async alone(demand: Demand, signal: AbortSignal, untilUp: boolean): Promise<Slot | undefined> {
		const stop = new AbortController();
		const leave = () => stop.abort();
		signal.addEventListener('abort', leave, { once: true });
		this.backAgain = untilUp ? leave : undefined;
		const [got] = await Promise.allSettled([this.own.acquire(demand, stop.signal)]);
		signal.removeEventListener('abort', leave);
		this.backAgain = undefined;
		if (got.status === 'fulfilled') return this.slot(`${this.name}.own${++this.ids}`, got.value, demand.unobserved);
		if (got.reason instanceof AcquireStopped && !signal.aborted) return undefined;
		throw got.reason;
	}

	private slot(id: string, slot: OwnSlot, unobserved?: boolean, grant?: Grant): Slot {
		this.beat();
		return reportedSlot(this.reporting, id, slot, unobserved, grant);
	}

	/** When this process will come to Redis for a slot, as far as is known; Infinity when it will not. */
	private nextVisit(): number {
		return Math.min(Infinity, ...[...this.waiters.values()].map(({ standing }) => standing?.comeAt ?? Infinity));
	}

	private observe(reply: Answer): void {
		this.last = reply;
		this.link.seen(reply.processes);
		// An old answer names the moment of Redis' clock too late.
		if (reply.place !== undefined && reply.age <= OLD_MS) this.apart.hear(reply.processes, reply.place, reply.now + this.session.oneWay);
		const { left, limit, dayLimit } = reply;
		this.own.observeOthers({
			minute: { available: Math.max(0, left), limit },
			...(dayLimit !== undefined && { day: { limit: dayLimit } }),
		});
	}

	/** Keap's headers, while Redis is away: they show which part of the calls is this process's own. */
	private said(minute: WindowHeaders): void {
		if (this.link.up) return;
		this.apart.answered(minute, this.own.usedOfMinute);
		this.share();
	}

	/** While Redis is away, this process takes its part in its turn. */
	private share(): void {
		this.own.share(this.link.up ? undefined : this.apart.turn);
	}

	private linkChanged(change: LinkChange): void {
		if (change === 'emptied') {
			void this.session.writeBack();
			return;
		}
		const up = change === 'up';
		for (const waiter of this.waiters.values()) Object.assign(waiter, { hand: [], standing: undefined });
		this.share();
		// What the others have sent in this second is not known here.
		if (up) void this.session.writeBack();
		else this.own.rest(APART_MS);
		this.backAgain?.();
		this.changed.notifyAll();
	}

	/** Makes waiting calls ask Redis again at once, because something has changed. */
	private askAnew(): void {
		for (const waiter of this.waiters.values()) if (waiter.standing) waiter.standing.comeAt = -Infinity;
		this.changed.notifyAll();
	}

	/** Gives back slots and the waiting entry that no call needs any more. */
	private tidyLater(waiter: Waiter): void {
		if (waiter.hand.length === 0 && !waiter.standing) return;
		setTimeout(() => {
			if (waiter.waiting > 0) return;
			if (waiter.standing) this.giveUp(waiter);
			else this.giveBack(waiter.hand.splice(0));
		}, IDLE_MS).unref();
	}

	/** Gives back slots that were not used when they were due. */
	private dropStale(waiter: Waiter): void {
		const now = monotonic();
		while (waiter.hand[0] && now > waiter.hand[0].due + STALE_MS) this.giveBack(waiter.hand.splice(0, 1));
	}

	private giveBack(grants: Grant[]): void {
		for (const { id, probe } of grants) this.session.report({ type: 'back', id, unsent: true, probe }, 'soon');
	}

	/** Sends messages while calls are under way, so that Redis does not forget them. */
	private beat(): void {
		if (this.heartbeat !== undefined) return;
		this.heartbeat = setTimeout(() => {
			this.heartbeat = undefined;
			for (const waiter of this.waiters.values()) this.dropStale(waiter);
			if (this.journal.empty) return;
			this.session.renew();
			this.beat();
		}, HEARTBEAT_MS);
		this.heartbeat.unref();
	}
}
