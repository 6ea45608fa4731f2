import type { IDataObject } from 'n8n-workflow';

import { advance, type Change, type Place, placeAt, SETTLE_MS } from '../../nodes/shared/polling/place';
import { readPlace, writePlace } from '../../nodes/shared/polling/storedPlace';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const change = (id: number, at: number): Change<number> => ({ id: String(id), at, record: id });
const read = (changes: Array<Change<number>>, more: Partial<{ reach: number; sure: boolean; now: number; newest: number }> = {}) => ({
	changes,
	reach: Infinity,
	sure: true,
	now: NOW,
	newest: NOW,
	...more,
});
const ids = ({ taken }: { taken: Array<Change<number>> }) => taken.map(({ record }) => record);

describe('times', () => {
	const place = placeAt(NOW - 60 * MINUTE);

	test('are delivered oldest first, each record once, at its latest', () => {
		const { taken } = advance(place, 'time', read([change(2, NOW - 2), change(1, NOW - 1), change(2, NOW - 3), change(3, NOW - 5)]), 10);
		expect(taken.map(({ record, at }) => [record, NOW - at])).toEqual([
			[3, 5],
			[2, 2],
			[1, 1],
		]);
	});

	test('what was delivered counts again only when it changed later; what is older than the place never', () => {
		const first = advance(place, 'time', read([change(1, NOW - 10)]), 10).next;
		expect(first).toEqual({ at: NOW - SETTLE_MS, seen: { 1: NOW - 10 }, marks: [], lag: 0 });
		expect(ids(advance(first, 'time', read([change(1, NOW - 10), change(1, NOW - 20), change(2, place.at)]), 10))).toEqual([]);
		expect(ids(advance(first, 'time', read([change(1, NOW - 9)]), 10))).toEqual([1]);
	});

	test('a cut between equal times goes on with the others', () => {
		const at = NOW - 30 * MINUTE;
		const all = read([4, 3, 2, 1].map((id) => change(id, at)));
		const first = advance(place, 'time', all, 3);
		expect([ids(first), first.next.at]).toEqual([[1, 2, 3], at]);
		const second = advance(first.next, 'time', all, 3);
		expect([ids(second), second.next.at, second.next.seen]).toEqual([[4], NOW - SETTLE_MS, {}]);
	});

	test.each<[string, Parameters<typeof read>[1], number]>([
		["follows Keap's clock when all was read", {}, NOW - SETTLE_MS],
		[
			"stays behind the newest change: the clock that stamps may be behind Keap's",
			{ newest: NOW - 10 * MINUTE },
			NOW - 10 * MINUTE - SETTLE_MS,
		],
		["is not ahead of Keap's clock", { newest: NOW + 10 * MINUTE }, NOW - SETTLE_MS],
		['stays while nothing is there', { newest: -Infinity }, place.at],
		['stays behind what was not read', { reach: NOW - 20 * MINUTE }, NOW - 20 * MINUTE],
		['stays when pages may have shifted', { sure: false }, place.at],
		['never goes back', { now: place.at - MINUTE }, place.at],
	])('the place %s', (_what, more, at) => {
		expect(advance(place, 'time', read([change(1, NOW - 40 * MINUTE)], more), 10).next.at).toBe(at);
	});

	test('what is known of the clock that stamps is kept: a quiet hour moves the place on', () => {
		const first = advance(place, 'time', read([], { newest: NOW - MINUTE }), 10).next;
		expect(first).toMatchObject({ at: NOW - MINUTE - SETTLE_MS, lag: MINUTE });
		expect(advance(first, 'time', read([], { now: NOW + 60 * MINUTE, newest: NOW - MINUTE }), 10).next).toMatchObject({
			at: NOW + 59 * MINUTE - SETTLE_MS,
			lag: MINUTE,
		});
	});
});

test('numbers: the place follows when what was reached has settled', () => {
	let place: Place = placeAt(1);
	const poll = (minute: number, highest: number) => {
		const pass = read(
			Array.from({ length: highest }, (_unused, index) => change(index + 1, index + 1)).filter(({ record }) => record !== 4 || minute > 2),
			{ now: NOW + minute * MINUTE },
		);
		const step = advance(place, 'number', pass, 100);
		place = step.next;
		return [ids(step), place.at];
	};
	expect(poll(0, 5)).toEqual([[1, 2, 3, 5], 1]);
	// Record 4 becomes visible late, behind one that was delivered already.
	expect(poll(3, 6)).toEqual([[4, 6], 1]);
	expect(poll(5, 6)).toEqual([[], 6]);
	expect(poll(8, 6)).toEqual([[], 7]);
	expect(place.seen).toEqual({});
});

describe("the place in n8n's static data", () => {
	const place: Place = { at: 5, seen: { 1: 6 }, marks: [[3, 4]], lag: 7 };

	test('comes back as it was, for the same watch alone', () => {
		const data: IDataObject = {};
		writePlace(data, 'a', place);
		expect(readPlace(JSON.parse(JSON.stringify(data)) as IDataObject, 'a')).toEqual(place);
		expect(readPlace(data, 'b')).toBeUndefined();
	});

	test.each<[string, IDataObject[string]]>([
		['nothing', undefined],
		['text', 'x'],
		['no number', { watch: 'a', at: 'x', seen: {}, marks: [] }],
		['a list for what was seen', { watch: 'a', at: 1, seen: [], marks: [] }],
		['no marks', { watch: 'a', at: 1, seen: {} }],
	])('is none when %s is there', (_what, stored) => {
		expect(readPlace({ place: stored }, 'a')).toBeUndefined();
	});

	test('leaves out what is no position', () => {
		expect(readPlace({ place: { watch: 'a', at: 1, seen: { 1: 2, 2: 'x' }, marks: [[1, 2], ['x', 1], 7] } }, 'a')).toEqual({
			at: 1,
			seen: { 1: 2 },
			marks: [[1, 2]],
		});
	});
});
