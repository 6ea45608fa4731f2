import { DAY_MS } from '../../local/dayCounter';

/** Milliseconds after which a key that nobody writes to expires: counts of the minute, and of the day. */
export const LIFETIME_MS = 15 * 60_000;
export const DAYS_LIFETIME_MS = 2 * DAY_MS;
