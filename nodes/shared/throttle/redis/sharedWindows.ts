import { randomUUID } from 'node:crypto';
import type { KeapLimits } from '../quota/limits';
import { ConditionVariable, epoch, monotonic } from '../../runtime/clock';
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
import { CallJournal } from './callJournal';
import { CLASSES, type Grant, nothingWanted, type Place, placeOf, wishOf } from './place';
import type { Reply } from './protocol';
import { type Reporting, reportedSlot } from './reportedSlot';
import { RedisSession } from './session';

/** A slot that nobody has used for so long after its moment goes back. */
const STALE_MS = 100;
/** Longest wait without looking again: another process may have given slots back. */
const LOOK_MS = 2_000;
/** A call waits for a Redis that does not answer for so long in all, then goes by its process's own windows. */
const PATIENCE_MS = 1_000;
const LEAST_PATIENCE_MS = 250;
/** As long as Redis has never said how many processes there are: those who share have more than one. */
const ASSUMED_PROCESSES = 3;
/** And at most so many, when Keap finds them too fast. */
const MOST_ASSUMED = 64;
/** Processes that lose sight of each other let a second pass before each goes by itself. */
const APART_MS = 1_000;
/** How often slots and a place that nobody wants are looked for, and leases of calls that take long. */
const HEARTBEAT_MS = 1_000;
/** A place that nobody wants any more is given up after so long. */
const IDLE_MS = 50;
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
	private readonly places = new Map<string, Place>();
	private last?: Reply;
	private ids = 0;
	private processes = ASSUMED_PROCESSES;
	private heartbeat?: NodeJS.Timeout;
	/** Ends a wait by the own windows: Redis is there again. */
	private backAgain?: () => void;

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
		this.reporting = {
			own,
			journal: this.journal,
			session: this.session,
			nextVisit: () => this.nextVisit(),
			changed: () => this.changed.notifyAll(),
		};
		link.onChange((change) => this.linkChanged(change));
		own.share(link.up ? 1 : this.processes);
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
		if (!this.link.up && this.last === undefined) {
			// There are more processes than assumed.
			this.processes = Math.min(MOST_ASSUMED, this.processes * 2);
			this.own.share(this.processes);
		}
	}

	dayUsedUp(): void {
		this.own.dayUsedUp();
		this.session.report({ type: 'dayOver' }, 'now');
		this.askAnew();
	}

	/** A slot that Redis has granted already and that is due; to get one, Redis has to be asked, and that takes a moment. */
	tryAcquire(demand: Demand): Slot | undefined {
		const place = this.places.get(demand.credential);
		return place && this.link.up ? this.takeDue(place, demand) : undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<Slot> {
		const place = this.placeOf(demand.credential);
		place.waiting++;
		try {
			return await this.acquireAt(place, demand, signal);
		} finally {
			place.waiting--;
			this.tidyLater(place);
		}
	}

	async refresh(): Promise<void> {
		await this.link.begin();
		await this.session.send();
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

	private placeOf(credential: string): Place {
		const known = this.places.get(credential);
		if (known) return known;
		const place = placeOf(this.name, credential);
		this.places.set(credential, place);
		return place;
	}

	private async acquireAt(place: Place, demand: Demand, signal: AbortSignal): Promise<Slot> {
		let patience = PATIENCE_MS;
		for (;;) {
			if (signal.aborted) throw new AcquireStopped();
			const from = monotonic();
			await this.link.begin(Math.min(patience, PATIENCE_MS - LEAST_PATIENCE_MS));
			patience -= monotonic() - from;
			if (signal.aborted) throw new AcquireStopped();
			if (!this.link.up || patience <= 0) {
				const slot = await this.alone(demand, signal, patience > 0);
				if (slot) return slot;
			} else if (place.hand.length > 0) {
				const slot = await this.fromHand(place, demand, signal);
				if (slot) return slot;
			} else if (this.own.inFlight >= MOST_IN_FLIGHT) {
				await this.changed.wait(monotonic() + LOOK_MS, signal);
			} else if (place.standing && place.standing.class <= CLASSES[demand.priority] && monotonic() < place.standing.comeAt) {
				await this.changed.wait(place.standing.comeAt, signal);
			} else {
				const asked = monotonic();
				const answered = await this.ask(place, demand, signal, Math.max(LEAST_PATIENCE_MS, patience));
				if (answered) patience = PATIENCE_MS;
				else patience -= monotonic() - asked + LEAST_PATIENCE_MS;
			}
		}
	}

	/** Asks Redis for slots, and waits as it says. Returns whether it has answered. */
	private async ask(place: Place, demand: Demand, signal: AbortSignal, patience: number): Promise<boolean> {
		const reply = await this.session.send(wishOf(place, demand, this.own), patience);
		if (!reply) return false;
		const now = monotonic();
		const { verdict, wait, slots } = reply;
		const way = this.session.oneWay;
		place.hand.push(...slots.map(({ id, order, probe, wait: until }) => ({ id, order, probe, due: now + until - way })));
		const comeAt = now + Math.max(1, wait - 2 * way);
		place.standing = verdict === 'wait' && wait > 0 ? { class: CLASSES[demand.priority], comeAt } : undefined;
		if (slots.length > 0) this.beat();
		if (slots.length > 0 || place.standing) return true;
		if (verdict === 'day' || verdict === 'ownDay') {
			if (this.own.limits.entered(demand.credential).dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(reply.dayResetsAt);
			throw new CredentialHeld(now + wait);
		}
		if (verdict === 'held') throw new CredentialHeld(now + wait);
		await this.changed.wait(comeAt, signal);
		return true;
	}

	/** Waits for the first granted slot's moment. It stays in the hand, for whoever asks next, when this one no longer wants it. */
	private async fromHand(place: Place, demand: Demand, signal: AbortSignal): Promise<Slot | undefined> {
		const [first] = place.hand;
		while (first && monotonic() < first.due && place.hand[0] === first) {
			if (signal.aborted) throw new AcquireStopped();
			await this.changed.wait(first.due, signal);
		}
		return this.takeDue(place, demand);
	}

	private takeDue(place: Place, { credential, unobserved = false }: Demand): Slot | undefined {
		this.dropStale(place);
		const [first] = place.hand;
		if (!first || monotonic() < first.due || this.own.inFlight >= MOST_IN_FLIGHT) return undefined;
		place.hand.shift();
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
		return Math.min(Infinity, ...[...this.places.values()].map(({ standing }) => standing?.comeAt ?? Infinity));
	}

	private observe(reply: Reply): void {
		this.last = reply;
		this.processes = reply.processes;
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
		const up = change === 'up';
		for (const place of this.places.values()) Object.assign(place, { hand: [], standing: undefined });
		this.own.share(up ? 1 : this.processes);
		// What the others have sent in this second is not known here.
		if (up) void this.session.writeBack();
		else this.own.rest(APART_MS);
		this.backAgain?.();
		this.changed.notifyAll();
	}

	/** Something has changed: when it was worth to ask again no longer counts. */
	private askAnew(): void {
		for (const place of this.places.values()) if (place.standing) place.standing.comeAt = -Infinity;
		this.changed.notifyAll();
	}

	/** Gives up slots and a place that nobody wants any more. */
	private tidyLater(place: Place): void {
		if (place.hand.length === 0 && !place.standing) return;
		setTimeout(() => {
			if (place.waiting > 0) return;
			this.giveBack(place.hand.splice(0));
			if (!place.standing || !this.link.up) return;
			place.standing = undefined;
			void this.session.send(nothingWanted(place));
		}, IDLE_MS).unref();
	}

	/** Gives slots back whose moment has passed. */
	private dropStale(place: Place): void {
		const now = monotonic();
		while (place.hand[0] && now > place.hand[0].due + STALE_MS) this.giveBack(place.hand.splice(0, 1));
	}

	private giveBack(grants: Grant[]): void {
		for (const { id, probe } of grants) this.session.report({ type: 'back', id, unsent: true, probe }, 'soon');
	}

	/** Speaks with Redis now and then for as long as calls are under way that it must not forget. */
	private beat(): void {
		if (this.heartbeat !== undefined) return;
		this.heartbeat = setTimeout(() => {
			this.heartbeat = undefined;
			for (const place of this.places.values()) this.dropStale(place);
			if (this.journal.empty) return;
			this.session.renew();
			this.beat();
		}, HEARTBEAT_MS);
		this.heartbeat.unref();
	}
}
