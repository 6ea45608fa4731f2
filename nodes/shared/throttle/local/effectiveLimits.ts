import type { DailyQuotaAction, KeapLimits } from '../quota/limits';
import { monotonic } from '../../runtime/clock';
import { WARY_MS } from './pacer';

/** What Keap allows every key by its support articles on API quotas, the lowest figures that it names. */
const ASSURED = { perSecond: 5, perMinute: 120, perDay: 15_000 };

/** A limit that Keap names counts up to so many times the configured or the assured one: beyond, it is taken for a fault. */
const MOST_LEARNED = 10;

interface Most {
	readonly perMinute: number;
	readonly perDay: number;
}

function mostOf({ learn, perMinute, perDay }: KeapLimits): Most {
	if (learn !== true) return { perMinute, perDay };
	return { perMinute: MOST_LEARNED * Math.max(perMinute, ASSURED.perMinute), perDay: MOST_LEARNED * Math.max(perDay, ASSURED.perDay) };
}

/** The limits that hold at present: those of the credential, those that Keap names, and the part of this process. */
export class EffectiveLimits {
	/** How many processes spend from the key without knowing of each other. */
	processes = 1;
	private saidPerMinute?: number;
	private saidPerDay?: number;
	/** When Keap last said "too fast". */
	private refusedAt = -Infinity;
	/** The highest limits that count when Keap names them; what is above is ignored. */
	most: Most;

	constructor(private limits: KeapLimits) {
		this.most = mostOf(limits);
	}

	/** Takes over the credential's limits. Returns whether any has changed. */
	configure(limits: KeapLimits): boolean {
		const { perSecond, perMinute, perDay, dailyQuotaAction, learn } = this.limits;
		const same = limits.perSecond === perSecond && limits.perMinute === perMinute && limits.perDay === perDay;
		if (same && limits.dailyQuotaAction === dailyQuotaAction && limits.learn === learn) return false;
		this.limits = limits;
		this.most = mostOf(limits);
		return true;
	}

	/** Takes over the limits that Keap names; `undefined` when it has named none. Returns whether any has changed. */
	said(perMinute: number | undefined, perDay: number | undefined): boolean {
		if (perMinute === this.saidPerMinute && perDay === this.saidPerDay) return false;
		this.saidPerMinute = perMinute;
		this.saidPerDay = perDay;
		return true;
	}

	/** Keap has refused a call for its second: what was inferred of it, or entered beyond what Keap assures, does not hold. */
	tooFast(): void {
		this.refusedAt = monotonic();
	}

	get dailyQuotaAction(): DailyQuotaAction {
		return this.limits.dailyQuotaAction;
	}

	/** The credential's own limits. */
	get configured(): Readonly<KeapLimits> {
		return this.limits;
	}

	get perMinute(): number {
		const { saidPerMinute = Infinity } = this;
		return saidPerMinute <= this.most.perMinute ? saidPerMinute : this.limits.perMinute;
	}

	get perDay(): number {
		const { saidPerDay = Infinity } = this;
		return saidPerDay <= this.most.perDay ? saidPerDay : this.limits.perDay;
	}

	/**
	 * Calls a second for all processes. Keap's headers do not name the second: it grows in step with the minute, and by
	 * learning no further than Keap's own two limits stand to each other.
	 */
	get wholePerSecond(): number {
		const { perSecond, perMinute } = this.limits;
		if (monotonic() - this.refusedAt < WARY_MS) return Math.min(perSecond, ASSURED.perSecond);
		const inStep = Math.min(perSecond / perMinute, ASSURED.perSecond / ASSURED.perMinute) * this.perMinute;
		return this.perMinute <= perMinute ? perSecond : Math.max(perSecond, inStep);
	}

	/**
	 * Calls a second for this process. Processes that do not know of each other's sends are safe together when each sends
	 * a whole number of calls a second: 5 for 3 of them is 1 each.
	 */
	get perSecond(): number {
		if (this.processes === 1) return this.wholePerSecond;
		const part = this.wholePerSecond / this.processes;
		return part >= 1 ? Math.floor(part) : part;
	}
}
