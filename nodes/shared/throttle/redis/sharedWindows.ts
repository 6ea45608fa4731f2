import { randomUUID } from 'node:crypto';
import type { KeapLimits } from '../quota/limits';
import { ConditionVariable, monotonic } from '../../runtime/clock';
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
import { OwnWindows } from './apart/ownWindows';
import { CallJournal } from './callJournal';
import { CLASSES, type Grant, type Waiter, wishOf } from './waiter';
import { OLD_MS, Waiters } from './waiters';
import { type Reply, viewOf } from './protocol';
import { Heartbeat } from './heartbeat';
import { type Reporting, reportedSlot } from './reportedSlot';
import { type Answer, RedisSession } from './session';

/** Longest wait before Redis is asked again: another process may have given slots back. */
const LOOK_MS = 2_000;
/** How long a call waits in all for a Redis that does not answer; then its process's own windows decide. */
const PATIENCE_MS = 1_000;
const LEAST_PATIENCE_MS = 250;
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
	private readonly waiters: Waiters;
	private readonly alone: OwnWindows;
	private last?: Reply;
	private ids = 0;
	private readonly heartbeat = new Heartbeat(() => this.tidy());
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
		this.session = new RedisSession(
			this.name,
			own,
			this.journal,
			link,
			{ prefix, key, home: own.account ?? key },
			(reply) => this.observe(reply),
			(account) => own.join(account),
		);
		this.waiters = new Waiters(this.name, this.session, link);
		this.alone = new OwnWindows(own, link);
		this.reporting = {
			own,
			journal: this.journal,
			session: this.session,
			nextVisit: () => this.waiters.nextVisit(),
			changed: () => this.changed.notifyAll(),
			said: (minute) => this.alone.said(minute),
		};
		link.onChange((change) => this.linkChanged(change));
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
		if (tooFast) this.alone.refused();
	}

	dayUsedUp(): void {
		this.own.dayUsedUp();
		this.session.report({ type: 'dayOver' }, 'now');
		this.askAnew();
	}

	/** A slot that Redis has granted already and that is due; to get one, Redis has to be asked, and that takes a moment. */
	tryAcquire(demand: Demand): Slot | undefined {
		const waiter = this.waiters.find(demand.credential);
		return waiter && this.link.up ? this.takeDue(waiter, demand) : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<Slot> {
		const waiter = this.waiters.of(demand.credential);
		waiter.waiting++;
		try {
			return await this.acquireAt(waiter, demand, signal);
		} finally {
			waiter.waiting--;
			this.waiters.tidyLater(waiter);
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
		return this.link.up && this.last ? viewOf(view, this.last) : view;
	}

	/**
	 * The process has been told to end: what others can use goes back at once. Executions may go on for n8n's grace time; their
	 * calls ask anew after a moment, for one slot at a time, so that little is lost when the end comes.
	 */
	leave(): void {
		this.leavesUntil = monotonic() + LEAVE_MS;
		this.waiters.giveUpAll();
		this.changed.notifyAll();
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
				const slot = await this.alone.acquire(demand, signal, patience > 0);
				if (slot) return this.slot(`${this.name}.own${++this.ids}`, slot, demand.unobserved);
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
		if (this.waiters.giveBackIfOld(waiter, reply)) return true;
		if (this.leavesUntil !== undefined && now < this.leavesUntil) {
			this.waiters.giveUp(waiter);
			return true;
		}
		const comeAt = now + Math.max(1, wait - 2 * way);
		waiter.standing = verdict === 'wait' && wait > 0 ? { class: CLASSES[demand.priority], comeAt } : undefined;
		if (slots.length > 0) this.heartbeat.start();
		if (slots.length > 0 || waiter.standing) return true;
		if (verdict === 'day' || verdict === 'ownDay') {
			if (this.own.limits.entered(demand.credential).dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(reply.dayResetsAt);
			throw new CredentialHeld(now + wait);
		}
		if (verdict === 'held') throw new CredentialHeld(now + wait);
		await this.changed.wait(comeAt, signal);
		return true;
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
		this.waiters.dropStale(waiter);
		const [first] = waiter.hand;
		if (!first || monotonic() < first.due || this.own.inFlight >= MOST_IN_FLIGHT) return undefined;
		waiter.hand.shift();
		return this.slot(first.id, this.own.take({ credential, unobserved }), unobserved, first);
	}

	private slot(id: string, slot: OwnSlot, unobserved?: boolean, grant?: Grant): Slot {
		this.heartbeat.start();
		return reportedSlot(this.reporting, id, slot, unobserved, grant);
	}

	private observe(reply: Answer): void {
		this.last = reply;
		this.link.seen(reply.processes);
		// An old answer names the moment of Redis' clock too late.
		if (reply.place !== undefined && reply.age <= OLD_MS) this.alone.hear(reply.processes, reply.place, reply.now + this.session.oneWay);
		const { left, limit, dayLimit } = reply;
		this.own.observeOthers({
			minute: { available: Math.max(0, left), limit },
			...(dayLimit !== undefined && { day: { limit: dayLimit } }),
		});
	}

	private linkChanged(change: LinkChange): void {
		if (change === 'emptied') {
			void this.session.writeBack();
			return;
		}
		this.waiters.forget();
		if (change === 'up') void this.session.writeBack();
		this.alone.linkChanged();
		this.changed.notifyAll();
	}

	/** Makes waiting calls ask Redis again at once, because something has changed. */
	private askAnew(): void {
		this.waiters.askAnew();
		this.changed.notifyAll();
	}

	/** Gives back what was not used, and renews the leases of long calls. Returns whether there is more to do. */
	private tidy(): boolean {
		this.waiters.dropAllStale();
		if (this.journal.empty) return false;
		this.session.renew();
		return true;
	}
}
