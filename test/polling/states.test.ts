import type { IDataObject } from 'n8n-workflow';

import { dropLowest, readIds, writeIds } from '../../nodes/shared/polling/states/idSet';
import { MOST_OPEN, Open, readOpen, writeOpen } from '../../nodes/shared/polling/states/open';
import { MOST_STATUSES, readStatuses, Statuses } from '../../nodes/shared/polling/states/statuses';

const again = (open: Open): Open => readOpen(JSON.parse(JSON.stringify(writeOpen(open))));
const upTo = (count: number, from = 1, step = 1): number[] => Array.from({ length: count }, (_unused, index) => from + index * step);

describe('numbers as text', () => {
	test('come back as they were, in little space', () => {
		const ids = [5, 7, 8, 9, 4_000_000_001];
		expect([...readIds(writeIds(ids))]).toEqual(ids);
		expect(writeIds(upTo(10_000)).length).toBeLessThan(20);
		// As an account has them where every tenth order is unpaid, more or less.
		expect(writeIds(upTo(10_000).map((n) => n * 10 + ((n * 7_919) % 9))).length).toBeLessThan(30_000);
		for (const broken of [undefined, null, 7, {}, '?;?', '!']) expect([...readIds(broken)]).toEqual([]);
	});

	test('lose the lowest when there are too many', () => {
		const ids = new Set([9, 1, 5, 3]);
		expect(dropLowest(ids, 2)).toEqual([1, 3]);
		expect([...ids].sort()).toEqual([5, 9]);
		expect(dropLowest(ids, 2)).toEqual([]);
	});
});

describe('records that are not yet what is waited for', () => {
	test('due ones are looked at first, then hinted ones, the newest, and others in turn', () => {
		const open = new Open(new Set(upTo(300)));
		open.hint([120]);
		open.checked([120]);
		open.add(50);
		const first = open.next(100);
		expect(first.slice(0, 2)).toEqual([50, 120]);
		expect(first).toEqual(expect.arrayContaining(upTo(30, 271)));
		expect(first).toHaveLength(100);
		open.checked(first);
		expect(open.next(100)).toEqual([]);
		const looked = new Set(first);
		let kept = open;
		for (let polls = 0; polls < 4; polls++) {
			kept = again(kept);
			const ids = kept.next(100);
			kept.checked(ids);
			ids.forEach((id) => looked.add(id));
		}
		expect(looked.size).toBe(300);
	});

	test('a hint about a record that is not remembered says nothing, unless too many were to be remembered', () => {
		const open = new Open(new Set(upTo(MOST_OPEN + 2)));
		const kept = again(open);
		expect(kept.ids.size).toBe(MOST_OPEN);
		expect(kept.floor).toBe(3);
		kept.hint([2, 3, MOST_OPEN + 50]);
		expect([...kept.due]).toEqual([2, 3]);
		kept.remove(2);
		expect(again(kept).floor).toBe(3);
	});

	test('what was delivered is not taken in again by hints of the past, and is forgotten with them', () => {
		let open = new Open(new Set([1]));
		open.remove(1);
		open = again(open);
		open.add(1);
		expect([...open.ids]).toEqual([]);
		open.hasHints = true;
		expect(writeOpen(open).told).toBeUndefined();
	});

	test('anything else that is stored is a beginning', () => {
		for (const stored of [undefined, null, 'x', [], { ids: 7, turn: 'x', hinted: 'y' }] as Array<IDataObject | undefined>) {
			const open = readOpen(stored);
			expect([open.ids.size, open.isWhole, open.turn, open.next(10)]).toEqual([0, false, 0, []]);
		}
	});
});

describe('statuses', () => {
	const words = ['active', 'inactive'] as const;
	const reread = (statuses: Statuses) => readStatuses(words, JSON.parse(JSON.stringify(statuses.toJSON())));

	test('are kept, and those of too many records that are in the second one go first', () => {
		const statuses = new Statuses(words);
		upTo(MOST_STATUSES - 1).forEach((id) => statuses.set(id, id % 2 === 0 ? 'active' : 'inactive'));
		expect([reread(statuses).get(1), reread(statuses).get(2), reread(statuses).get(0)]).toEqual(['inactive', 'active', undefined]);
		upTo(3, MOST_STATUSES).forEach((id) => statuses.set(id, 'active'));
		const kept = reread(statuses);
		expect([kept.get(1), kept.get(3), kept.get(5), kept.get(2)]).toEqual([undefined, undefined, 'inactive', 'active']);
	});

	test('an answer that is older than the last change is recognised, without a time too', () => {
		const statuses = new Statuses(words);
		statuses.set(1, 'inactive', 1_000);
		const kept = reread(statuses);
		expect([999, 1_000, 1_001, undefined].map((time) => kept.isOlder(1, time))).toEqual([true, false, false, true]);
		expect(kept.isOlder(2, undefined)).toBe(false);
	});
});
