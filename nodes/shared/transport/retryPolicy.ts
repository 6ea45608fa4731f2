import type { FailureKind } from './http/httpFailure';
import type { Refusal } from '../throttle/quota/windows';
import type { Misfit } from './message/expected';
import { saysDone } from './message/status';
import type { KeapMethod } from './message/types';

/** How one try ended. */
export type TryOutcome =
	| {
			kind: 'answer';
			status: number;
			/** What is wrong with an answer of success (2xx), if it is not what was expected. */ misfit?: Misfit['kind'];
	  }
	| { kind: 'refused'; why: Refusal }
	| { kind: 'failure'; failure: FailureKind; sent: boolean; status?: number };

export interface Tries {
	/** Tries before this one that ended in anything but 429. */
	before: number;
	/** Whether one of them may have been carried out. */
	ambiguous: boolean;
	/** For how many milliseconds this request has met nothing but 429. */
	refusedFor: number;
}

export type Verdict =
	| { action: 'return' }
	/** A DELETE was carried out: Keap answers 404 after a try in doubt. */
	| { action: 'returnDeleted' }
	| { action: 'retry'; delayMs: number }
	/** The key pauses; the request goes again in its place. */
	| { action: 'pause' }
	| { action: 'fail'; /** The request was sent and its fate is unknown. */ inDoubt: boolean };

/** Milliseconds before the second, third and fourth try. */
const DELAYS = [500, 1_500, 4_000] as const;
/** Largest jitter, relative to the delay: requests that failed together should not be repeated together. */
const JITTER = 0.25;
/**
 * A gateway in trouble: another try may well succeed. With 408, 460 and 499 a gateway says that somebody has waited too long or gone
 * away, and not whether it had passed the request on.
 */
const PASSING = new Set([408, 460, 499, 502, 503, 504]);
/** Sent to another address to be carried out there, so not carried out here; other redirects may also lead to what was made. */
const SENT_ELSEWHERE = new Set([307, 308]);
/** Nothing but 429 for ten minutes is no longer a quota that refills. */
const LONGEST_REFUSAL_MS = 600_000;
/** No new try changes these. */
const LASTING: ReadonlySet<FailureKind> = new Set(['tls', 'badProxy', 'tooBig', 'aborted']);

/**
 * Decides what follows from a try. Keap has no idempotency keys: what may have been carried out is repeated only where
 * repeating changes nothing, so POST and PATCH only when certainly not a byte was sent, or when Keap refused with 429.
 *
 * @param method that of the request; `GET` for a POST that only reads
 * @param random a number from 0 to 1, for the jitter
 */
export function decide(method: KeapMethod, outcome: TryOutcome, tries: Tries, random: number): Verdict {
	if (outcome.kind === 'refused') {
		if (outcome.why === 'day' || tries.refusedFor < LONGEST_REFUSAL_MS) return { action: 'pause' };
		return { action: 'fail', inDoubt: false };
	}
	const once = DELAYS[tries.before];
	const again = (allowed: boolean, inDoubt: boolean): Verdict =>
		allowed && once !== undefined ? { action: 'retry', delayMs: Math.round(once * (1 + random * JITTER)) } : { action: 'fail', inDoubt };

	if (outcome.kind === 'failure') {
		if (LASTING.has(outcome.failure)) return { action: 'fail', inDoubt: outcome.sent };
		if (!outcome.sent) return again(true, false);
		// A status of success whose answer broke off: the write was carried out, so it is not repeated.
		const isKnown = saysDone(outcome.status) && (method === 'POST' || method === 'PATCH' || method === 'PUT');
		return isKnown ? { action: 'fail', inDoubt: false } : again(repeatable(method), method !== 'GET');
	}
	const { status, misfit } = outcome;
	if (status === 404 && method === 'DELETE' && tries.ambiguous) return { action: 'returnDeleted' };
	if (status >= 200 && status < 300) {
		if (misfit === undefined) return { action: 'return' };
		// An answer of another kind than expected proves nothing: the write may or may not have been carried out.
		if (method !== 'GET') return { action: 'fail', inDoubt: true };
		// An unreadable answer may come from a proxy, and an error or a partial answer may be as temporary as a 500: worth another try.
		// Another shape would only come again.
		return again(misfit === 'unreadable' || (misfit !== 'shape' && tries.before === 0), false);
	}
	if (PASSING.has(status)) return again(repeatable(method), method !== 'GET');
	// v1 answers some bad input with 500: one more try, not three.
	if (status >= 500) return again(method === 'GET' && tries.before === 0, method !== 'GET');
	return { action: 'fail', inDoubt: method !== 'GET' && mayBeDone(status) };
}

/** Methods that do the same however often they are carried out. */
function repeatable(method: KeapMethod): boolean {
	return method === 'GET' || method === 'PUT' || method === 'DELETE';
}

/** Whether a try that ended so may have been carried out without our knowing. */
export function mayBeCarriedOut(outcome: TryOutcome): boolean {
	if (outcome.kind === 'failure') return outcome.sent;
	return outcome.kind === 'answer' && (mayBeDone(outcome.status) || outcome.misfit !== undefined);
}

/** Whether a status leaves open what became of the request: any but those of success, and those that refuse it. */
function mayBeDone(status: number): boolean {
	return status >= 500 || PASSING.has(status) || (status >= 300 && status < 400 && !SENT_ELSEWHERE.has(status));
}
