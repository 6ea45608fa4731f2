import { monotonic } from '../../runtime/clock';
import { WindowedMinimum } from './windowedMinimum';

/** Added to the distance, relative: timers and gateways count in whole milliseconds. */
export const MARGIN = 0.015;
/** Distances under this are no distance: limits that high are for test servers. */
export const NO_GAP_MS = 0.5;
/** The distance grows by this factor when Keap says "too fast", up to so many times the normal one. */
export const WIDEN = 1.12;
export const WIDEST = 1.8;
/** It shrinks again by this many milliseconds a call after a minute without such an answer. */
export const NARROW_MS = 2;
export const QUIET_MS = 60_000;
/** For so long after such an answer every call waits for the one before it, and no faster pace than Keap assures is tried. */
export const WARY_MS = 600_000;
/** How late a call is assumed to arrive, in distances: while it has no answer, and at most once it has one. */
export const UNSEEN = 0.75;
const LATEST = 1.5;
/** Calls that are looked back on at most. */
export const LONGEST_MEMORY = 25;
/** A call that is not on the wire by then (a slow TLS handshake) holds up the next one no longer. */
const WIRE_MS = 1_000;

/**
 * The distances that so many calls a second mean, in milliseconds: `exact` and `gap`, with a margin, between two calls,
 * and how many calls are looked back on for a whole second.
 */
export function paceOf(perSecond: number): { exact: number; gap: number; memory: number } {
	const exact = 1_000 / perSecond;
	return {
		exact,
		gap: exact < NO_GAP_MS ? 0 : exact * (1 + MARGIN),
		memory: Math.min(LONGEST_MEMORY, Math.max(1, Math.floor(perSecond))),
	};
}

/** Margin for arrivals, which are estimated from round trips and so not exact to the millisecond. */
export const UNSURE_MS = 8;

interface Sent {
	sentAt: number;
	answeredAt: number;
}

/**
 * The distance between two calls: strict, from the actual send, never a burst.
 *
 * Calls that are sent evenly can still arrive in a bunch when the way in is uneven: five late ones and one on time make
 * six in a second. A call's answer shows how late it can have arrived at most. So a call also keeps a whole second from
 * the one five before it, counted from that call's latest arrival; and once Keap has said "too fast", it keeps the
 * distance from the one just before it in the same way. This helps only while answers come soon: when Keap takes its
 * time, an answer shows nothing of the way in.
 */
export class Pacer {
	private exact = 0;
	private normal = 0;
	private gap = 0;
	/** The last calls, oldest first. */
	private readonly calls: Sent[] = [];
	private memory = 1;
	private unsent?: { grantedAt: number };
	private refusedAt = -Infinity;
	/** Fastest round trip of late, and the usual one, in milliseconds. */
	private readonly fastest = new WindowedMinimum();
	private usual = 0;

	setPerSecond(perSecond: number): void {
		const { exact, gap, memory } = paceOf(perSecond);
		if (exact === this.exact) return;
		// A widened distance stays widened when the limits change: Keap found the calls too fast.
		this.gap = this.normal > 0 ? gap * (this.gap / this.normal) : gap;
		this.exact = exact;
		this.normal = gap;
		this.memory = memory;
	}

	/** When the last call was sent, in monotonic milliseconds; -Infinity when none was. */
	get lastAt(): number {
		return this.calls[this.calls.length - 1]?.sentAt ?? -Infinity;
	}

	/** When the next call may be sent, in monotonic milliseconds. */
	dueAt(): number {
		if (this.gap === 0) return -Infinity;
		const last = this.calls[this.calls.length - 1];
		const earliest = last ? last.sentAt + this.gap : -Infinity;
		if (this.unsent) return Math.max(earliest, this.unsent.grantedAt + WIRE_MS);
		if (this.usual > this.gap) return earliest;
		const wary = monotonic() - this.refusedAt < WARY_MS;
		const back = wary ? 1 : this.memory;
		const call = this.calls[this.calls.length - back];
		return call ? Math.max(earliest, this.arrivedBy(call) + (wary ? this.gap : back * this.exact + UNSURE_MS)) : earliest;
	}

	/** A call has got its slot and is about to be sent. Returns what to call when it is on the wire, over, or given up. */
	granted(): { sent(): number; unused(): void; answered(status: number): void; lateness(): number } {
		const mine = { grantedAt: monotonic() };
		this.unsent = mine;
		const settle = () => {
			if (this.unsent === mine) this.unsent = undefined;
		};
		let call: Sent | undefined;
		return {
			sent: () => {
				settle();
				call = { sentAt: monotonic(), answeredAt: Infinity };
				this.calls.push(call);
				while (this.calls.length > this.memory) this.calls.shift();
				return call.sentAt;
			},
			unused: settle,
			lateness: () => (call && this.usual <= this.gap ? Math.max(0, this.arrivedBy(call) - call.sentAt) : 0),
			answered: (status) => {
				settle();
				if (call) this.learn(call, status);
			},
		};
	}

	/** Keap has said that calls come too fast. */
	widen(): void {
		this.gap = Math.min(this.normal * WIDEST, this.gap * WIDEN);
		this.refusedAt = monotonic();
	}

	/** The latest moment at which a call can have arrived, taking the fastest way to Keap as zero. */
	private arrivedBy({ sentAt, answeredAt }: Sent): number {
		if (answeredAt === Infinity) return sentAt + this.normal * UNSEEN;
		const fastest = Math.min(this.fastest.ms, answeredAt - sentAt);
		return Math.min(sentAt + this.normal * LATEST, answeredAt - fastest);
	}

	private learn(call: Sent, status: number): void {
		const now = monotonic();
		call.answeredAt = now;
		if (status === 0 || status === 429) return;
		const took = now - call.sentAt;
		this.fastest.add(took);
		this.usual = this.usual === 0 ? took : this.usual * 0.8 + took * 0.2;
		if (this.gap > this.normal && now - this.refusedAt > QUIET_MS) {
			this.gap = Math.max(this.normal, this.gap - NARROW_MS);
		}
	}
}
