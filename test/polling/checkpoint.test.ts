import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import {
	advance,
	type Change,
	type Checkpoint,
	checkpointAt,
	LEAST_REREAD,
	SETTLE_MS,
} from '../../nodes/shared/polling/checkpoint/checkpoint';
import { CheckpointStore } from '../../nodes/shared/polling/checkpoint/checkpointStore';
import { readCheckpoint, writeCheckpoint } from '../../nodes/shared/polling/checkpoint/storedCheckpoint';

const MINUTE = 60_000;
const NOW = 1_000 * MINUTE;
const change = (id: number, position: number): Change<number> => ({ id: String(id), position, record: id });
/** A pass over a list that was read to its end, with these changes among some older ones. */
const read = (changes: Array<Change<number>>, more: Partial<{ reach: number; now: number; old: number; whole: boolean }> = {}) => {
	const { old = LEAST_REREAD, now = NOW, reach = Infinity, whole = true } = more;
	const before = Array.from({ length: old }, (_unused, index): [string, number] => [`${1_000 + index}`, NOW - 30 * MINUTE - index]);
	const seen = new Map([...before, ...changes.map(({ id, position }): [string, number] => [id, position])]);
	return { changes, passed: new Map<string, number>(), seen, reach, whole, now, resume: () => undefined };
};
const ids = ({ taken }: { taken: Array<Change<number>> }) => taken.map(({ record }) => record);

describe('times', () => {
	const checkpoint = checkpointAt(NOW - 60 * MINUTE);

	test('are delivered oldest first, each record once, at its latest', () => {
		const pass = read([change(2, NOW - 2), change(1, NOW - 1), change(2, NOW - 3), change(3, NOW - 5)]);
		expect(advance(checkpoint, 'time', pass, 10).taken.map(({ record, position }) => [record, NOW - position])).toEqual([
			[3, 5],
			[2, 2],
			[1, 1],
		]);
	});

	test('what was delivered counts again only when it changed later; what is older than the watermark never', () => {
		const first = advance(checkpoint, 'time', read([change(1, NOW - 10)]), 10).next;
		expect(first.delivered).toEqual(new Map([['1', NOW - 10]]));
		expect(ids(advance(first, 'time', read([change(1, NOW - 10), change(1, NOW - 20), change(2, checkpoint.watermark)]), 10))).toEqual([]);
		expect(ids(advance(first, 'time', read([change(1, NOW - 9)]), 10))).toEqual([1]);
	});

	test('a cut between equal times goes on with the others', () => {
		const at = NOW - 40 * MINUTE;
		const all = read([4, 3, 2, 1].map((id) => change(id, at)));
		const first = advance(checkpoint, 'time', all, 3);
		expect([ids(first), first.next.watermark]).toEqual([[1, 2, 3], at]);
		expect(ids(advance(first.next, 'time', all, 3))).toEqual([4]);
	});

	const newest = [change(1, NOW)];
	test.each<[string, ReturnType<typeof read>, number]>([
		['stays behind the newest change, and behind the fiftieth', read(newest), NOW - 30 * MINUTE - (LEAST_REREAD - 2)],
		['stays while fewer than fifty were seen', read(newest, { old: LEAST_REREAD - 2 }), checkpoint.watermark],
		['stays when the list is empty', read([], { old: 0 }), checkpoint.watermark],
		['stays behind what was not read', read(newest, { reach: NOW - 50 * MINUTE }), NOW - 50 * MINUTE],
		['stays when pages may have shifted', read(newest, { reach: checkpoint.watermark - 1 }), checkpoint.watermark],
		['is never moved up by a clock', read(newest, { now: NOW + 365 * 24 * 60 * MINUTE }), NOW - 30 * MINUTE - (LEAST_REREAD - 2)],
		['stays behind the clock of n8n', read(newest, { now: NOW - 50 * MINUTE }), NOW - 50 * MINUTE - SETTLE_MS],
	])('the watermark %s', (_what, pass, watermark) => {
		expect(advance(checkpoint, 'time', pass, 10).next.watermark).toBe(watermark);
	});

	test('five minutes of changes are read again, however many there are, up to 5,000', () => {
		const many = (count: number) =>
			read(
				Array.from({ length: count }, (_unused, index) => change(index + 1, NOW - index)),
				{ old: 0 },
			);
		expect(advance(checkpoint, 'time', many(4_000), 10_000).next.watermark).toBe(NOW - SETTLE_MS);
		expect(advance(checkpoint, 'time', many(6_000), 10_000).next.watermark).toBe(NOW - 4_999);
		// A poll that finds nothing new among them leaves what fits on one page.
		const after = advance(checkpoint, 'time', many(6_000), 10_000).next;
		expect(advance(after, 'time', many(6_000), 10_000).next.watermark).toBe(NOW - 899);
	});

	test('a time that thousands have in common is left behind when a whole poll has found nothing new at it', () => {
		const all = read(
			Array.from({ length: 2_000 }, (_unused, index) => change(index + 1, NOW)),
			{ old: 0 },
		);
		const first = advance(checkpoint, 'time', all, 10_000).next;
		expect([first.watermark, first.delivered.size]).toEqual([NOW - SETTLE_MS, 2_000]);
		expect(advance(first, 'time', { ...all, whole: false }, 10_000).next.watermark).toBeLessThan(NOW);
		expect(advance(first, 'time', all, 10_000).next).toMatchObject({ watermark: NOW + 1, exact: true, delivered: new Map() });
	});

	test('changes that do not count are remembered up to the last one taken', () => {
		const pass = {
			...read([change(1, NOW - 30), change(3, NOW - 10)]),
			passed: new Map([
				['2', NOW - 20],
				['4', NOW - 40],
			]),
		};
		expect([...advance(checkpoint, 'time', pass, 1).next.delivered.keys()].sort()).toEqual(['1', '4']);
		expect([...advance(checkpoint, 'time', pass, 2).next.delivered.keys()].sort()).toEqual(['1', '2', '3', '4']);
	});
});

test('numbers: the watermark follows when what was seen has settled, and stays fifty numbers behind', () => {
	let checkpoint: Checkpoint = checkpointAt(1);
	const poll = (minute: number, highest: number) => {
		const changes = Array.from({ length: highest }, (_unused, index) => change(index + 1, index + 1));
		const step = advance(checkpoint, 'number', read(changes, { now: NOW + minute * MINUTE, old: 0 }), 1_000);
		checkpoint = step.next;
		return [step.taken.length, checkpoint.watermark];
	};
	expect(poll(0, 100)).toEqual([100, 1]);
	expect(poll(3, 400)).toEqual([300, 1]);
	expect(poll(5, 400)).toEqual([0, 101]);
	expect(poll(8, 400)).toEqual([0, 350]);
	expect(poll(60, 400)).toEqual([0, 350]);
	expect([...checkpoint.delivered.keys()]).toHaveLength(51);
});

describe("checkpoints in n8n's static data", () => {
	const checkpoint: Checkpoint = { ...checkpointAt(5, new Map([['1', 6]])), reached: [[3, 4]] };
	const progresses: Array<Checkpoint['progress']> = [
		undefined,
		{ from: 1, token: 'a', verified: true },
		{ after: 7, watermark: 9 },
		{
			trail: [
				[null, 9],
				['t', 8],
			],
			next: 'n',
		},
		{
			trail: [
				[null, 9],
				['t', 8],
			],
			start: 1,
			sure: 4,
		},
		{ token: 1_000 },
	];

	test.each(progresses)('come back as they were (%j)', (progress) => {
		const one = { ...checkpoint, ...(progress && { progress }), exact: true, silent: true };
		expect(readCheckpoint(JSON.parse(JSON.stringify(writeCheckpoint(one))))).toEqual(one);
	});

	test.each<[string, unknown]>([
		['nothing', undefined],
		['text', 'x'],
		['no number', { watermark: 'x', delivered: '' }],
		['no text', { watermark: 1, delivered: {} }],
		['another text', { watermark: 1, delivered: '!' }],
	])('are none when %s is there', (_what, stored) => {
		expect(readCheckpoint(stored)).toBeUndefined();
	});

	/** A workflow's static data, by the names under which n8n keeps them. */
	const data: Record<string, IDataObject> = {};
	const storeOf = (id: string, name: string, watch = 'a') =>
		new CheckpointStore(
			{
				getNode: () => ({ id, name }),
				getWorkflowStaticData: (type: string) => (data[type === 'global' ? type : `node:${name}`] ??= {}),
			} as unknown as IPollFunctions,
			watch,
		);
	const at = (id: string, name: string, watch?: string) => storeOf(id, name, watch).read('list')?.watermark;
	function put(id: string, name: string, watermark: number, account = ''): void {
		const store = storeOf(id, name);
		if (account !== '') store.belongsTo(account);
		store.write('list', checkpointAt(watermark));
		store.save();
	}
	beforeEach(() => {
		for (const name of Object.keys(data)) delete data[name];
	});

	test('are for the same watch alone', () => {
		put('1', 'A', 5);
		expect([at('1', 'A'), at('1', 'A', 'b')]).toEqual([5, undefined]);
	});

	test('go with a node that is renamed, also back', () => {
		put('1', 'A', 5);
		expect(at('1', 'B')).toBe(5);
		put('1', 'B', 6);
		expect(at('1', 'A')).toBe(6);
		put('1', 'A', 7);
		expect([at('1', 'A'), at('1', 'B')]).toEqual([7, 7]);
	});

	test('stay with the node that had the name before, and are not those of a new node of that name', () => {
		put('1', 'A', 5);
		put('1', 'B', 6);
		expect(at('2', 'A')).toBeUndefined();
		put('2', 'A', 9);
		expect([at('1', 'B'), at('2', 'A')]).toEqual([6, 9]);
	});

	test('stay with a node that is renamed while another one takes its name, whichever polls first', () => {
		put('1', 'A', 5);
		put('2', 'A', 9);
		expect(at('1', 'B')).toBe(5);
	});

	test('go on when a workflow is stored anew with other ids', () => {
		put('1', 'A', 5);
		expect(at('7', 'A')).toBe(5);
		// Where n8n keeps them by the node's id, the new one has none of its own.
		delete data['node:A'];
		expect(at('7', 'A')).toBe(5);
	});

	test("are the node's own first, where n8n keeps them by its id", () => {
		put('1', 'A', 5);
		data['node:B'] = data['node:A'] ?? {};
		put('1', 'A', 4);
		data['node:B'] = JSON.parse(JSON.stringify(data['node:A'])) as IDataObject;
		expect(at('1', 'B')).toBe(4);
	});

	test('belong to an account, and are there again when its key comes back', () => {
		put('1', 'A', 5);
		put('1', 'A', 6, 'aa111');
		put('1', 'A', 7, 'bb222');
		const store = storeOf('1', 'A');
		expect([store.account, store.read('list')?.watermark]).toEqual(['bb222', 7]);
		store.belongsTo('aa111');
		expect(store.read('list')?.watermark).toBe(6);
		store.belongsTo('cc333');
		expect(store.read('list')).toBeUndefined();
	});

	test('of few accounts and few nodes are kept', () => {
		for (let index = 0; index < 30; index++) put('1', 'A', index, `aa${index}`);
		for (let index = 0; index < 30; index++) put(`n${index}`, `Node ${index}`, index);
		expect(Object.keys((data.global?.keapPolling ?? {}) as IDataObject)).toHaveLength(10);
		expect(JSON.stringify(data['node:A']).length).toBeLessThan(500);
	});
});
