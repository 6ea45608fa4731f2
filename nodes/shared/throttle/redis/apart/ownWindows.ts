import type { LocalWindows, OwnSlot } from '../../local/localWindows';
import { paceOf } from '../../local/pacer';
import type { WindowHeaders } from '../../quota/quotaHeaders';
import { AcquireStopped, type Demand } from '../../quota/windows';
import type { RedisLink } from '../connection/link';
import { Apart } from './apart';

/** When Redis is lost, a process waits a second before it counts alone: what the others sent in that second is unknown. */
const APART_MS = 1_000;

/** The process's own windows while it cannot reach Redis: it takes its part in its turn. */
export class OwnWindows {
	private readonly apart: Apart;
	/** Ends a wait by the own windows: Redis is there again. */
	private backAgain?: () => void;

	constructor(
		private readonly own: LocalWindows,
		private readonly link: RedisLink,
	) {
		this.apart = new Apart(() => paceOf(own.limits.highest.perSecond).gap);
		this.share();
	}

	/**
	 * By the own windows alone.
	 *
	 * @param untilUp whether the wait ends when Redis is there again
	 * @returns nothing when it has ended for that
	 */
	async acquire(demand: Demand, signal: AbortSignal, untilUp: boolean): Promise<OwnSlot | undefined> {
		const stop = new AbortController();
		const leave = () => stop.abort();
		signal.addEventListener('abort', leave, { once: true });
		this.backAgain = untilUp ? leave : undefined;
		const [got] = await Promise.allSettled([this.own.acquire(demand, stop.signal)]);
		signal.removeEventListener('abort', leave);
		this.backAgain = undefined;
		if (got.status === 'fulfilled') return got.value;
		if (got.reason instanceof AcquireStopped && !signal.aborted) return undefined;
		throw got.reason;
	}

	/** Redis is there, or is not, from now on. */
	linkChanged(): void {
		this.share();
		// What the others have sent in this second is not known here.
		if (!this.link.up) this.own.rest(APART_MS);
		this.backAgain?.();
	}

	/**
	 * Redis has named the processes.
	 *
	 * @param now milliseconds since 1970 by Redis' clock, at this moment
	 */
	hear(processes: number, place: number, now: number): void {
		this.apart.hear(processes, place, now);
	}

	/** Keap has refused a call for coming too fast. */
	refused(): void {
		if (this.link.up) return;
		this.apart.refused();
		this.share();
	}

	/** Keap's headers, while Redis is away: they show which part of the calls is this process's own. */
	said(minute: WindowHeaders): void {
		if (this.link.up) return;
		this.apart.answered(minute, this.own.usedOfMinute);
		this.share();
	}

	private share(): void {
		this.own.share(this.link.up ? undefined : this.apart.turn);
	}
}
