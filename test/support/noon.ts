/** Noon of the day on which such tests run, in milliseconds since 1970. */
const NOON = Date.UTC(2026, 0, 15, 12);

/** The end of that day, as errors and records name it. */
export const MIDNIGHT_AFTER = '2026-01-16T00:00:00.000Z';

/**
 * Every test of this file or `describe` begins at noon UTC: no midnight comes between two of its lines. Time passes at its
 * own pace. Give the sandbox the same clock: `{ now: () => Date.now() }`.
 */
export function beginAtNoon(): void {
	beforeEach(() => {
		const from = performance.now();
		jest.spyOn(Date, 'now').mockImplementation(() => Math.floor(NOON + performance.now() - from));
	});
	afterEach(() => {
		jest.mocked(Date.now).mockRestore();
	});
}
