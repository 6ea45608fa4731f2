import { decide, mayBeCarriedOut, type TryOutcome, type Tries, type Verdict } from '../../nodes/shared/transport/retryPolicy';
import type { KeapMethod } from '../../nodes/shared/transport';

const fresh: Tries = { before: 0, ambiguous: false, refusedFor: 0 };
const answer = (status: number, misfit?: 'unreadable' | 'error' | 'shape' | 'status'): TryOutcome => ({ kind: 'answer', status, misfit });
const failure = (kind: Extract<TryOutcome, { kind: 'failure' }>['failure'], sent: boolean, status?: number): TryOutcome => ({
	kind: 'failure',
	failure: kind,
	sent,
	status,
});
const METHODS: KeapMethod[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** One word for each verdict: R return, D returned as deleted, T tried again, P pause, F fail, ? fail in doubt. */
function word(verdict: Verdict): string {
	if (verdict.action === 'fail') return verdict.inDoubt ? '?' : 'F';
	return { return: 'R', returnDeleted: 'D', retry: 'T', pause: 'P' }[verdict.action];
}

test.each<[string, TryOutcome, string]>([
	//                                                          GET, POST, PUT, PATCH, DELETE
	['200', answer(200), 'RRRRR'],
	['201', answer(201), 'RRRRR'],
	['204', answer(204), 'RRRRR'],
	['200 that is not JSON', answer(200, 'unreadable'), 'T????'],
	['200 with an error', answer(200, 'error'), 'T????'],
	['200 with something else', answer(200, 'shape'), 'F????'],
	['206', answer(206, 'status'), 'T????'],
	['301', answer(301), 'F????'],
	['303', answer(303), 'F????'],
	['304', answer(304), 'F????'],
	['307', answer(307), 'FFFFF'],
	['308', answer(308), 'FFFFF'],
	['400', answer(400), 'FFFFF'],
	['401', answer(401), 'FFFFF'],
	['403', answer(403), 'FFFFF'],
	['404', answer(404), 'FFFFF'],
	['408', answer(408), 'T?T?T'],
	['409', answer(409), 'FFFFF'],
	['499', answer(499), 'T?T?T'],
	['429 for the second', { kind: 'refused', why: 'second' }, 'PPPPP'],
	['429 for the day', { kind: 'refused', why: 'day' }, 'PPPPP'],
	['500', answer(500), 'T????'],
	['501', answer(501), 'T????'],
	['502', answer(502), 'T?T?T'],
	['503', answer(503), 'T?T?T'],
	['504', answer(504), 'T?T?T'],
	['refused connection', failure('refused', false), 'TTTTT'],
	['unknown host', failure('dns', false), 'TTTTT'],
	['connect timeout', failure('connectTimeout', false), 'TTTTT'],
	['refused tunnel', failure('proxy', false), 'TTTTT'],
	['untrusted certificate', failure('tls', false), 'FFFFF'],
	['reset after sending', failure('reset', true), 'T?T?T'],
	['deadline', failure('timeout', true), 'T?T?T'],
	['anything unknown', failure('other', true), 'T?T?T'],
	['200 cut off', failure('cut', true, 200), 'TFFFT'],
	['206 cut off', failure('cut', true, 206), 'T?T?T'],
	['202 cut off', failure('cut', true, 202), 'T?T?T'],
	['cut off before a status', failure('cut', true), 'T?T?T'],
	['200 too big', failure('tooBig', true, 200), '?????'],
	['no proxy', failure('badProxy', false), 'FFFFF'],
	['stopped under way', failure('aborted', true), '?????'],
])('%s: GET, POST, PUT, PATCH, DELETE do %s', (_name, outcome, expected) => {
	expect(METHODS.map((method) => word(decide(method, outcome, fresh, 0))).join('')).toBe(expected);
});

test('three more tries with growing delays and a quarter of jitter at most, then the end', () => {
	const delays = (random: number) =>
		[0, 1, 2, 3].map((before) => {
			const verdict = decide('GET', answer(503), { ...fresh, before }, random);
			return verdict.action === 'retry' ? verdict.delayMs : verdict.action;
		});
	expect(delays(0)).toEqual([500, 1_500, 4_000, 'fail']);
	expect(delays(1)).toEqual([625, 1_875, 5_000, 'fail']);
	expect(decide('GET', answer(500), { ...fresh, before: 1 }, 0).action).toBe('fail');
});

test.each<[string, TryOutcome, string]>([
	['a host that is never reached', failure('dns', false), 'FFFFF'],
	['an answer that is cut off before it says anything', failure('reset', true), 'F????'],
	['a gateway in trouble', answer(503), 'F????'],
	['a server in trouble', answer(500), 'F????'],
])('after the last try, %s leaves in doubt what was sent and may have changed something', (_name, outcome, expected) => {
	expect(METHODS.map((method) => word(decide(method, outcome, { ...fresh, before: 3 }, 0))).join('')).toBe(expected);
});

test('429 is met with patience for ten minutes, for the day without end', () => {
	const long = { ...fresh, refusedFor: 600_000 };
	expect(decide('POST', { kind: 'refused', why: 'minute' }, { ...fresh, refusedFor: 599_999, before: 3 }, 0).action).toBe('pause');
	expect(decide('POST', { kind: 'refused', why: 'minute' }, long, 0)).toEqual({ action: 'fail', inDoubt: false });
	expect(decide('POST', { kind: 'refused', why: 'day' }, long, 0).action).toBe('pause');
});

test('a DELETE that finds nothing after a try in doubt was carried out; other methods were not', () => {
	const ambiguous = { ...fresh, before: 1, ambiguous: true };
	expect(METHODS.map((method) => word(decide(method, answer(404), ambiguous, 0))).join('')).toBe('FFFFD');
	expect(word(decide('DELETE', answer(400), ambiguous, 0))).toBe('F');
});

test.each<[TryOutcome, boolean]>([
	[failure('reset', true), true],
	[failure('refused', false), false],
	[answer(500), true],
	[answer(503), true],
	[answer(498), false],
	[answer(499), true],
	[answer(302), true],
	[answer(307), false],
	[answer(404), false],
	[{ kind: 'refused', why: 'unknown' }, false],
])('%j may have been carried out: %s', (outcome, expected) => {
	expect(mayBeCarriedOut(outcome)).toBe(expected);
});
