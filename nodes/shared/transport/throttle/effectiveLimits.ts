import type { DailyQuotaAction, KeapLimits } from '../types';
import { monotonic } from './clock';
import { WARY_MS } from './spacer';

/** A limit that Keap names counts up to so many times the configured one: beyond, it is taken for a fault. */
const MOST_LEARNED = 10;

/** What Keap allows every key a second by its support articles on API quotas, the lowest figure that it names. */
const ASSURED_PER_SECOND = 5;

/** The limits that hold at present: those of the credential, those that Keap names, and the part of this process. */
export class EffectiveLimits {
	/** How many processes spend from the key without knowing of each other. */
	processes = 1;
	private saidPerMinute?: number;
	private saidPerDay?: number;
	/** When Keap last said "too fast". */
	private refusedAt = -Infinity;

	constructor(private limits: KeapLimits) {}

	/** Takes over the credential's limits. Returns whether any has changed. */
	configure(limits: KeapLimits): boolean {
		const { perSecond, perMinute, perDay, dailyQuotaAction, learn } = this.limits;
		const same = limits.perSecond === perSecond && limits.perMinute === perMinute && limits.perDay === perDay;
		if (same && limits.dailyQuotaAction === dailyQuotaAction && limits.learn === learn) return false;
		this.limits = limits;
		this.refusedAt = -Infinity;
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

	/** By which factor limits that Keap names may raise the configured ones. */
	get most(): number {
		return this.limits.learn === true ? MOST_LEARNED : 1;
	}

	get perMinute(): number {
		return this.effective(this.limits.perMinute, this.saidPerMinute);
	}

	get perDay(): number {
		return this.effective(this.limits.perDay, this.saidPerDay);
	}

	/** Calls a second for all processes. Keap's headers do not name the second: it grows in step with the minute. */
	get wholePerSecond(): number {
		const { perSecond, perMinute } = this.limits;
		if (monotonic() - this.refusedAt < WARY_MS) return Math.min(perSecond, ASSURED_PER_SECOND);
		return this.perMinute <= perMinute ? perSecond : (perSecond * this.perMinute) / perMinute;
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

	private effective(configured: number, said = configured): number {
		return Math.min(said, configured * this.most);
	}
}
