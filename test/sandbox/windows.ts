import type { MinuteMode, SecondMode } from './types';

/** One quota window. Pure: every time is passed in, in epoch milliseconds, and never goes back. */
export interface Window {
	/** Whether one more call fits at `at`. Changes nothing that counts. */
	allows(at: number): boolean;
	/** Counts `calls` calls at `at`, whether they fit or not. */
	spend(at: number, calls?: number): void;
	/** Calls that count at `at`. */
	used(at: number): number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Never more than `limit` calls in any stretch of `length` milliseconds. */
export function rollingWindow(limit: number, length: number, tolerance = 0): Window {
	const span = length - tolerance;
	let times: number[] = [];
	let first = 0;
	const trim = (at: number) => {
		while (first < times.length && (times[first] ?? at) <= at - span) first++;
		// The dead front is cut off now and then, so that a call costs constant time however long the window is.
		if (first > 1_024 && first * 2 > times.length) {
			times = times.slice(first);
			first = 0;
		}
		return times.length - first;
	};
	return {
		allows: (at) => trim(at) < limit,
		spend(at, calls = 1) {
			for (let call = 0; call < calls; call++) times.push(at);
		},
		used: trim,
	};
}

/** At most `limit` calls in each stretch that begins at a multiple of `length` on the clock. */
export function fixedClockWindow(limit: number, length: number): Window {
	let stretch = -1;
	let count = 0;
	const used = (at: number) => (Math.floor(at / length) === stretch ? count : 0);
	return {
		allows: (at) => used(at) < limit,
		spend(at, calls = 1) {
			count = used(at) + calls;
			stretch = Math.floor(at / length);
		},
		used,
	};
}

/** At most `limit` calls in a stretch that begins with the first call after the one before has ended. */
export function fixedFirstWindow(limit: number, length: number): Window {
	let start = -Infinity;
	let count = 0;
	const used = (at: number) => (at < start + length ? count : 0);
	return {
		allows: (at) => used(at) < limit,
		spend(at, calls = 1) {
			if (at >= start + length) {
				start = at;
				count = 0;
			}
			count += calls;
		},
		used,
	};
}

/** Calls at least `1000 / perSecond` milliseconds apart. */
export function spikeArrest(perSecond: number, tolerance = 0): Window {
	const gap = 1_000 / perSecond - tolerance;
	let last = -Infinity;
	const allows = (at: number) => at - last >= gap;
	return {
		allows,
		spend(at) {
			last = at;
		},
		used: (at) => (allows(at) ? 0 : 1),
	};
}

/** A bucket of `perSecond` tokens that refills evenly; a call takes one. */
export function tokenBucket(perSecond: number): Window {
	const size = Math.max(1, perSecond);
	let tokens = size;
	let filledAt: number | undefined;
	const level = (at: number) => Math.min(size, tokens + ((at - (filledAt ?? at)) * perSecond) / 1_000);
	return {
		// Refilling in steps adds up to a hair less than a whole token: that hair is not the caller's fault.
		allows: (at) => level(at) >= 1 - 1e-9,
		spend(at, calls = 1) {
			tokens = level(at) - calls;
			filledAt = at;
		},
		used: (at) => Math.ceil(size - level(at)),
	};
}

/** Counts and never refuses. `length` says how long a call is remembered. */
const countOnly = (length: number) => fixedClockWindow(Infinity, length);

/** @param tolerance Milliseconds a call may be early; undefined: 5 for the two spike arrests, else 0. */
export function secondWindow(mode: SecondMode, perSecond: number, tolerance?: number): Window {
	if (mode === 'none' || perSecond === Infinity) return countOnly(1_000);
	if (mode === 'tokenBucket') return tokenBucket(perSecond);
	if (mode === 'slowSpike') return spikeArrest(perSecond / 5, tolerance ?? 5);
	if (mode === 'spikeArrest') return spikeArrest(perSecond, tolerance ?? 5);
	// Half a call a second is one call in two seconds.
	return perSecond < 1 ? rollingWindow(1, 1_000 / perSecond, tolerance) : rollingWindow(Math.floor(perSecond), 1_000, tolerance);
}

/** @param tolerance Milliseconds a call may be early (rolling only). */
export function minuteWindow(mode: MinuteMode, perMinute: number, tolerance?: number): Window {
	if (mode === 'none' || perMinute === Infinity) return countOnly(MINUTE);
	if (mode === 'fixedClock') return fixedClockWindow(perMinute, MINUTE);
	if (mode === 'fixedFirst') return fixedFirstWindow(perMinute, MINUTE);
	return rollingWindow(perMinute, MINUTE, tolerance);
}

/** The day that ends at 00:00 UTC. */
export const dayWindow = (perDay: number): Window => fixedClockWindow(perDay, DAY);

/** The next 00:00 UTC after `at`, both epoch milliseconds. */
export const nextMidnight = (at: number): number => (Math.floor(at / DAY) + 1) * DAY;
