/** Who waits for the answer: a person at the editor goes before a trigger, a trigger before an execution. */
export type Priority = 'person' | 'trigger' | 'execution';

/** What to do with calls when the day's quota is used up: fail at once, or wait for 00:00 UTC. */
export type DailyQuotaAction = 'fail' | 'wait';

/** The limits of one credential. They bound the calls that are made with it. */
export interface KeapLimits {
	/** Calls per second; may be fractional (0.5: one call in two seconds). */
	perSecond: number;
	/** Calls per minute, a whole number. */
	perMinute: number;
	/** Calls per UTC day, a whole number. */
	perDay: number;
	dailyQuotaAction: DailyQuotaAction;
	/**
	 * Whether the limits that Keap's headers name replace these, up and down. Otherwise only lower ones do.
	 */
	fromKeap?: boolean;
}

/** What is left of a key's quota, as Keap's last headers and the process's own count see it. */
export interface QuotaView {
	second: { limit: number };
	minute: { limit: number; used: number; available: number };
	day: { limit: number; used: number; available: number; /** ISO time */ resetsAt: string };
	/** Calls that wait for a slot. */
	waiting: number;
	/** Calls sent and not answered yet. */
	inFlight: number;
	/** ISO time until which the whole key pauses, or null. */
	pausedUntil: string | null;
	/** Whether Keap's headers or only the process's own count are behind these numbers. */
	source: 'headers' | 'ownCount';
	/** ISO time of the last answer that named the quota, or null. */
	asOf: string | null;
}
