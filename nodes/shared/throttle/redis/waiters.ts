import { monotonic } from '../../runtime/clock';
import type { RedisLink } from './connection/link';
import type { Answer, RedisSession } from './session';
import { type Grant, nothingWanted, type Waiter, waiterOf } from './waiter';

/** A granted slot that is not used within this time after it was due is given back. */
const STALE_MS = 100;
/** An answer that may be so much older than usual names moments that may be over. */
export const OLD_MS = 100;
/** A waiting entry that no call needs any more is given up after this time. */
const IDLE_MS = 50;

/** What this process has in Redis for the calls of each credential, and what of it goes back. */
export class Waiters {
	private readonly all = new Map<string, Waiter>();

	/** @param name the process's own */
	constructor(
		private readonly name: string,
		private readonly session: RedisSession,
		private readonly link: RedisLink,
	) {}

	/** The waiter of a credential, if it has asked before. */
	find(credential: string): Waiter | undefined {
		return this.all.get(credential);
	}

	of(credential: string): Waiter {
		const known = this.all.get(credential);
		if (known) return known;
		const waiter = waiterOf(this.name, credential);
		this.all.set(credential, waiter);
		return waiter;
	}

	/** When this process will come to Redis for a slot, as far as is known, in monotonic milliseconds; Infinity when it will not. */
	nextVisit(): number {
		return Math.min(Infinity, ...[...this.all.values()].map(({ standing }) => standing?.comeAt ?? Infinity));
	}

	/** Makes waiting calls ask Redis again at once, because something has changed. */
	askAnew(): void {
		for (const waiter of this.all.values()) if (waiter.standing) waiter.standing.comeAt = -Infinity;
	}

	/** What Redis has granted and promised does not hold any more. */
	forget(): void {
		for (const waiter of this.all.values()) Object.assign(waiter, { hand: [], standing: undefined });
	}

	/** Gives back slots and place, for others to use. */
	giveUp(waiter: Waiter): void {
		this.giveBack(waiter.hand.splice(0));
		waiter.standing = undefined;
		if (this.link.up) void this.session.send(nothingWanted(waiter));
	}

	giveUpAll(): void {
		for (const waiter of this.all.values()) this.giveUp(waiter);
	}

	/** Gives back slots and the waiting entry that no call needs any more. */
	tidyLater(waiter: Waiter): void {
		if (waiter.hand.length === 0 && !waiter.standing) return;
		setTimeout(() => {
			if (waiter.waiting > 0) return;
			if (waiter.standing) this.giveUp(waiter);
			else this.giveBack(waiter.hand.splice(0));
		}, IDLE_MS).unref();
	}

	/**
	 * A process that was stopped (SIGSTOP, a paused container, a machine without a free core) finds an answer that has long been
	 * there, and whose moments are over for the others: then its slots go back. Two such answers in a row are a slow Redis: then the
	 * second one is as good as any other.
	 *
	 * @returns whether they went back
	 */
	giveBackIfOld(waiter: Waiter, { age }: Answer): boolean {
		waiter.doubted = age > OLD_MS && !waiter.doubted;
		if (!waiter.doubted) return false;
		this.giveBack(waiter.hand.splice(0));
		waiter.standing = undefined;
		return true;
	}

	/** Gives back slots that were not used when they were due. */
	dropStale(waiter: Waiter): void {
		const now = monotonic();
		while (waiter.hand[0] && now > waiter.hand[0].due + STALE_MS) this.giveBack(waiter.hand.splice(0, 1));
	}

	dropAllStale(): void {
		for (const waiter of this.all.values()) this.dropStale(waiter);
	}

	private giveBack(grants: Grant[]): void {
		for (const { id, probe } of grants) this.session.report({ type: 'back', id, unsent: true, probe }, 'soon');
	}
}
