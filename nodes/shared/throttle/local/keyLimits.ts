import type { KeapLimits } from '../quota/limits';
import { monotonic } from '../../runtime/clock';
import { WARY_MS } from './pacer';

/** What Keap allows every key by its support articles on API quotas, the lowest figures that it names. */
export const ASSURED = { perSecond: 5, perMinute: 120, perDay: 15_000 };
/** A limit that Keap names counts up to so many times the entered or the assured one: beyond, it is taken for a fault. */
const MOST_FOLLOWED = 10;
/** A credential that has not been used for so long no longer raises the limits of its key. */
const RECENT_MS = 600_000;

/** The limits that Keap's headers name; they do not name the second. */
export interface NamedLimits {
	perMinute?: number;
	perDay?: number;
}

export interface Limits {
	perSecond: number;
	perMinute: number;
	perDay: number;
}

/** The highest limits of minute and day that count for a credential when Keap names them. */
function mostOf({ fromKeap, perMinute, perDay }: KeapLimits): Required<NamedLimits> {
	if (fromKeap !== true) return { perMinute, perDay };
	return { perMinute: MOST_FOLLOWED * Math.max(perMinute, ASSURED.perMinute), perDay: MOST_FOLLOWED * Math.max(perDay, ASSURED.perDay) };
}

/**
 * The limits of one credential with what Keap names taken in. Keap's headers do not name the second: it grows in step with
 * the minute, no further than Keap's own two limits stand to each other.
 */
export function limitsOf(limits: KeapLimits, named: NamedLimits): Limits {
	const most = mostOf(limits);
	const { perMinute: namedMinute = Infinity, perDay: namedDay = Infinity } = named;
	const perMinute = namedMinute <= most.perMinute ? namedMinute : limits.perMinute;
	const perDay = namedDay <= most.perDay ? namedDay : limits.perDay;
	const inStep = Math.min(limits.perSecond / limits.perMinute, ASSURED.perSecond / ASSURED.perMinute) * perMinute;
	return { perSecond: perMinute <= limits.perMinute ? limits.perSecond : Math.max(limits.perSecond, inStep), perMinute, perDay };
}

/** The limits of a key: those of each credential that uses it, and the highest of them for all its calls together. */
export class KeyLimits {
	/** How many processes spend from the key without knowing of each other. */
	processes = 1;
	private readonly credentials = new Map<string, { limits: KeapLimits; usedAt: number }>();
	private named: NamedLimits = {};
	/** When Keap last refused a call for going too fast. */
	private refusedAt = -Infinity;
	private together?: { limits: Limits; at: number };

	/** Takes over the limits of a credential. Returns whether any has changed. */
	set(credential: string, limits: KeapLimits): boolean {
		const known = this.credentials.get(credential);
		const now = monotonic();
		if (known && sameLimits(known.limits, limits)) {
			if (now - known.usedAt > RECENT_MS) this.together = undefined;
			known.usedAt = now;
			return false;
		}
		this.credentials.set(credential, { limits, usedAt: now });
		this.together = undefined;
		return true;
	}

	/** A credential that has these limits, if any: n8n does not name the one that its own calls are made with. */
	credentialWith(limits: KeapLimits): string | undefined {
		for (const [credential, known] of this.credentials) if (sameLimits(known.limits, limits)) return credential;
		return undefined;
	}

	/** What was entered in the credential; Keap's assured limits for one that is not known. */
	entered(credential: string): KeapLimits {
		return this.credentials.get(credential)?.limits ?? { ...ASSURED, dailyQuotaAction: 'fail' };
	}

	/** Takes over the limits that Keap names. Returns whether any has changed. */
	observe({ perMinute, perDay }: NamedLimits): boolean {
		if (perMinute === this.named.perMinute && perDay === this.named.perDay) return false;
		this.named = { perMinute, perDay };
		this.together = undefined;
		return true;
	}

	/** Keap has refused a call for its second: what was inferred of it, or entered beyond what Keap assures, does not hold. */
	tooFast(): void {
		this.refusedAt = monotonic();
	}

	/** The limits that hold for the calls made with one credential. */
	of(credential: string): Limits {
		return this.wary(limitsOf(this.entered(credential), this.named));
	}

	/** The highest limits of the credentials in use: they hold for all calls of the key together. */
	get highest(): Limits {
		const now = monotonic();
		if (!this.together || now - this.together.at > RECENT_MS) this.together = { limits: this.join(now), at: now };
		return this.wary(this.together.limits);
	}

	/** Of a credential's calls a second, the part of this process. */
	part(perSecond: number): number {
		return perSecond / this.processes;
	}

	private join(now: number): Limits {
		const all = [...this.credentials.values()];
		const recent = all.filter(({ usedAt }) => now - usedAt <= RECENT_MS);
		const used = (recent.length > 0 ? recent : all).map(({ limits }) => limitsOf(limits, this.named));
		if (used.length === 0) return ASSURED;
		return {
			perSecond: Math.max(...used.map(({ perSecond }) => perSecond)),
			perMinute: Math.max(...used.map(({ perMinute }) => perMinute)),
			perDay: Math.max(...used.map(({ perDay }) => perDay)),
		};
	}

	private wary(limits: Limits): Limits {
		if (monotonic() - this.refusedAt >= WARY_MS || limits.perSecond <= ASSURED.perSecond) return limits;
		return { ...limits, perSecond: ASSURED.perSecond };
	}
}

function sameLimits(one: KeapLimits, other: KeapLimits): boolean {
	if (one === other) return true;
	return (
		one.perSecond === other.perSecond &&
		one.perMinute === other.perMinute &&
		one.perDay === other.perDay &&
		one.dailyQuotaAction === other.dailyQuotaAction &&
		(one.fromKeap === true) === (other.fromKeap === true)
	);
}
