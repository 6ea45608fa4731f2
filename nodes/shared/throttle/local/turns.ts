import { monotonic } from '../../runtime/clock';

/** The turn of one of several processes that cannot speak with each other. */
export interface Turn {
	/** How many processes take turns, and which of them this one is, from 0. */
	of: number;
	place: number;
	/** A moment that is the same for all of them, in this process's monotonic milliseconds. */
	origin: number;
	/** How many processes there are believed to be, this one included. */
	processes: number;
	/** No turn before this moment, in monotonic milliseconds. */
	notBefore?: number;
	/** How they divide the minute: each has the same part of what was left, unless this names another way. */
	minute?: MinuteRule;
}

/** How a process keeps to its part of the minute while nobody has told it how many share it. */
export type MinuteRule =
	/**
	 * Dynamic threshold (Choudhury and Hahne, 1998): it spends at most so many times what the minute has left. All that do so
	 * end with equal parts, however many they are.
	 */
	| { threshold: number }
	/** It goes on while so many calls are left. */
	| { spare: number };

/** A turn may be used so long after its beginning: timers are late, and the clocks of processes do not agree to the millisecond. */
const OPEN_MS = 25;
/**
 * Who has made no call for so many rounds, and what it takes to find out that Redis is away, is not one of many that push
 * forward: its next call need not wait for a turn.
 */
const IDLE_ROUNDS = 2;
const FIND_OUT_MS = 3_000;

/**
 * Time division: every process has one distance between two calls out of as many as there are processes. Together they keep
 * the distance, without a word between them.
 *
 * @param at the earliest moment of the call, in monotonic milliseconds
 * @param gap milliseconds between two calls of all processes together
 * @param lastAt when this process made its last call
 * @returns the first moment from `at` on, and not in the past, at which it is this process's turn
 */
export function inTurn({ of, place, origin, notBefore = -Infinity }: Turn, at: number, gap: number, lastAt: number): number {
	at = Math.max(at, notBefore);
	const from = Math.max(at, monotonic());
	if (gap === 0 || from === Infinity) return at;
	const round = of * gap;
	if (from - lastAt > IDLE_ROUNDS * round + FIND_OUT_MS) return at;
	const since = (((from - origin - place * gap) % round) + round) % round;
	return since <= Math.min(OPEN_MS, gap / 4) ? from : from + round - since;
}
