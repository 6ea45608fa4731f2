import type { QuotaHeaders } from './quotaHeaders';
import type { KeapLimits, Priority } from './limits';

/** Why Keap refused a call with 429, as far as its answer says. */
export type Refusal = 'second' | 'minute' | 'day' | 'unknown';

/** The right to make one call now. Ends with exactly one of `answered` and `unused`. */
export interface Slot {
	/** Monotonic milliseconds of the send; of the grant while nothing is sent. */
	readonly sentAt: number;
	/**
	 * Nothing is sent, and the slot's moment is over: other processes go by it. A connection took long to open, or the process stood
	 * still. Whoever can still ask for another slot gives this one back.
	 */
	readonly missed?: boolean;
	/** The call is on the wire: the next one's distance counts from here. */
	sent(): void;
	/**
	 * The call is over. Keap has counted it no later than now.
	 *
	 * @param quota what the answer's headers say; `undefined` when unknown or when the call failed on its way
	 * @param status the HTTP status; 0 when no answer came
	 */
	answered(quota: QuotaHeaders | undefined, status: number): void;
	/** Nothing was sent: the slot goes back. */
	unused(): void;
}

/** What the windows need to know of a call that asks for a slot. */
export interface Demand {
	/** The credential that the call is made with, as given to `setLimits`. */
	credential: string;
	priority: Priority;
	/** How many calls of executions wait at present, this one included. */
	backlog(): number;
	/** How many executions wait at present: a process with more of them gets more of what several processes share. */
	flows?(): number;
	/** The answer will not be seen by this package, so this call can't be the one that goes ahead to learn the quota. */
	unobserved?: boolean;
}

export interface WindowsView {
	perSecond: number;
	minute: { limit: number; available: number };
	day: { limit: number; available: number; /** milliseconds since 1970 */ resetsAt: number };
	inFlight: number;
	/** Milliseconds since 1970, or undefined when the key does not pause. */
	pausedUntil?: number;
	/** Milliseconds since 1970 of the last answer that named the quota. */
	headersAt?: number;
}

/**
 * The windows of one key: second, minute, UTC day, pauses. Decides when a call may go; the queue decides which.
 * One implementation counts inside this process; another can share the same count between processes.
 */
export interface QuotaWindows {
	/** A slot if one is free at this very moment; never waits. */
	tryAcquire(demand: Demand): Slot | undefined;
	/**
	 * Waits until a call may go.
	 *
	 * @throws DailyQuotaUsedUp at once when the day is used up and the credential says to fail
	 * @throws CredentialHeld when calls of this credential have to wait while those of others need not
	 * @throws AcquireStopped when `signal` aborts
	 */
	acquire(demand: Demand, signal: AbortSignal): Promise<Slot>;
	/** No call goes for so many milliseconds; a refusal for going too fast also widens the distance between calls. */
	pause(ms: number, why: Refusal): void;
	/** Keap refused a call for the day: nothing is left of it, whatever the count says. */
	dayUsedUp(): void;
	/**
	 * The limits of one credential, from its next call on.
	 *
	 * @returns whether they have changed
	 */
	setLimits(credential: string, limits: KeapLimits): boolean;
	/** Updates what is known, where Redis has to be asked for it; takes about a second at most. */
	refresh?(): Promise<void>;
	/** In how many milliseconds a call of an execution may go, as far as this process knows; those that wait are not counted. */
	dueIn(credential: string): number;
	/** What is left for the calls of this credential. */
	view(credential: string): WindowsView;
}

/** The day's quota is used up and the credential says to fail. */
export class DailyQuotaUsedUp extends Error {
	/** @param resetsAt milliseconds since 1970 */
	constructor(readonly resetsAt: number) {
		super('The daily quota of the Keap key is used up');
	}
}

/** The credential's own limits hold its calls back; calls of other credentials with the same key may go. */
export class CredentialHeld extends Error {
	/** @param until monotonic milliseconds at which it is worth to ask again */
	constructor(readonly until: number) {
		super('The limits of the credential hold its calls back');
	}
}

/** A call could not use its slot in time, and has given it back: it asks for another one in its place. */
export class SlotMissed extends Error {}

/** The one who asked for a slot no longer wants it. */
export class AcquireStopped extends Error {}
