import * as fc from 'fast-check';

import { advance, type Checkpoint, checkpointAt, SETTLE_MS } from '../../nodes/shared/polling/checkpoint/checkpoint';
import { readCheckpoint, writeCheckpoint } from '../../nodes/shared/polling/checkpoint/storedCheckpoint';
import { readDelivered, writeDelivered } from '../../nodes/shared/polling/checkpoint/storedDelivered';
import type { PolledList, Watched } from '../../nodes/shared/polling/list/polledList';
import type { PollSession } from '../../nodes/shared/polling/list/pollSession';
import { readChanges } from '../../nodes/shared/polling/reading/readChanges';
import { keyOf, lists, twice } from './poller';
import { answerTo, type SimulatedState } from './simulatedKeap';
import { SimulatedList } from './simulatedList';

const SEED = 20261125;
const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;

/** What happens to an account and to its trigger. */
type Step =
	| { readonly kind: 'wait'; readonly ms: number }
	/** Some records are made, or changed, at one time or some time apart, and are visible later. */
	| { readonly kind: 'add' | 'touch'; readonly count: number; readonly apart: number; readonly late: number }
	| { readonly kind: 'delete'; readonly which: number }
	/** The list stands still for so long, or is as it is again. */
	| { readonly kind: 'stands'; readonly still: boolean }
	| { readonly kind: 'poll'; readonly calls: number; readonly answer: 'list' | 'empty' | 'failure'; readonly forgets: boolean }
	/** Page tokens of earlier answers are refused. */
	| { readonly kind: 'forget' };

const writes = fc.record({
	kind: fc.constantFrom('add' as const, 'touch' as const),
	count: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 12 }) }, { weight: 1, arbitrary: fc.integer({ min: 30, max: 60 }) }),
	apart: fc.constantFrom(0, 0, 1, 400, 5_000),
	late: fc.integer({ min: 0, max: SETTLE_MS / 2 }),
});
const polls = fc.record({
	kind: fc.constant('poll' as const),
	calls: fc.oneof({ weight: 3, arbitrary: fc.constant(1_000) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 6 }) }),
	answer: fc.oneof(
		{ weight: 8, arbitrary: fc.constant('list' as const) },
		{ weight: 1, arbitrary: fc.constant('empty' as const) },
		{ weight: 1, arbitrary: fc.constant('failure' as const) },
	),
	forgets: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.oneof(
	{ weight: 4, arbitrary: writes },
	{ weight: 5, arbitrary: polls },
	{ weight: 3, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.constantFrom(1_000, MINUTE, 7 * MINUTE, 60 * MINUTE) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('delete' as const), which: fc.nat(1_000) }) },
	{ weight: 1, arbitrary: fc.record({ kind: fc.constant('stands' as const), still: fc.boolean() }) },
	{ weight: 1, arbitrary: fc.constant({ kind: 'forget' as const }) },
);

/** A Keap of pure functions, the trigger's memory, and what was delivered. */
class History {
	readonly state: SimulatedState = {
		list: new SimulatedList(START),
		standsAt: undefined,
		page: 7,
		neverChanged: 'last',
		filterHasNeverChanged: false,
		filterIsLater: false,
		tokens: 0,
		bad: new Set(),
	};
	readonly delivered: string[] = [];
	private stored: unknown;

	constructor(
		private readonly polled: PolledList,
		private readonly limit: number,
		isLater: boolean,
	) {
		this.state.filterIsLater = isLater;
		for (let index = 0; index < 80; index++) this.state.list.add(START - 80 * MINUTE + index * 1_000, 0);
		const { kind } = polled;
		this.stored = writeCheckpoint(checkpointAt(kind === 'time' ? START - 59 * MINUTE : 81));
	}

	async run(steps: readonly Step[]): Promise<void> {
		for (const one of steps) await this.do(one);
		this.state.standsAt = undefined;
		for (let quiet = 0, polls = 0; quiet < 3 && polls < 300; polls++) {
			this.state.list.now += SETTLE_MS;
			quiet = (await this.poll({ kind: 'poll', calls: 1_000, answer: 'list', forgets: false })) === 0 ? quiet + 1 : 0;
		}
	}

	private async do(one: Step): Promise<void> {
		const { state } = this;
		const { list } = state;
		if (one.kind === 'wait') list.now += one.ms;
		else if (one.kind === 'delete') list.delete(list.ids[one.which % Math.max(1, list.ids.length)] ?? '');
		else if (one.kind === 'stands') state.standsAt = one.still ? list.now : undefined;
		else if (one.kind === 'forget') state.tokens += 1;
		else if (one.kind === 'poll') await this.poll(one);
		else
			for (let index = 0; index < one.count; index++) {
				const at = (list.now += one.apart);
				if (one.kind === 'add') list.add(at, at + one.late);
				else list.touch(list.ids[(index * 7) % Math.max(1, list.ids.length)] ?? '', at, at + one.late);
			}
	}

	private async poll({ calls, answer, forgets }: Extract<Step, { kind: 'poll' }>): Promise<number> {
		const checkpoint = readCheckpoint(JSON.parse(JSON.stringify(this.stored))) as Checkpoint;
		const watched: Watched = { list: this.polled };
		const pass = await readChanges(this.session(calls, answer), watched, checkpoint, this.limit).catch(() => undefined);
		if (pass === undefined) return 0;
		const { taken, next } = advance(checkpoint, this.polled.kind, { ...pass, now: this.state.list.now }, this.limit);
		if (taken.length > 0 || !forgets) this.stored = writeCheckpoint(next);
		this.delivered.push(...taken.map(({ record }) => (this.polled.kind === 'time' ? keyOf(record) : String(record.id))));
		return taken.length;
	}

	private session(calls: number, answer: 'list' | 'empty' | 'failure'): PollSession {
		let left = calls;
		const page = async (_watched: Watched, query: Record<string, string>, size: number, token?: string) => {
			if (answer === 'failure' && left < calls) throw new Error('refused');
			if ((left -= 1) < 0) return undefined;
			const asked = new URLSearchParams({ ...query, page_size: String(size), ...(token && { page_token: token }) });
			const { status, body } = answerTo(asked, this.state);
			if (status !== 200) throw Object.assign(new Error('refused'), { httpCode: String(status) });
			const rows = answer === 'empty' ? [] : (body.rows ?? []);
			const next = answer === 'empty' || body.next_page_token === '' ? undefined : body.next_page_token;
			return await Promise.resolve({ records: rows, next, date: undefined });
		};
		return { page, isOfUse: () => true } as unknown as PollSession;
	}

	/** What must have been delivered: every record that is left, at its last change. */
	wanted(): string[] {
		const isTime = this.polled.kind === 'time';
		return this.state.list
			.rows()
			.filter(({ id, update }) => (isTime ? update >= START - 59 * MINUTE : Number(id) > 80))
			.map(({ id, update }) => (isTime ? `${id}@${update}` : id));
	}
}

describe.each(lists)('%s', (_name, polled) => {
	test('whatever happens, nothing is missed and nothing comes twice', async () => {
		jest.spyOn(Date, 'now').mockReturnValue(START + 10 * 365 * 86_400_000);
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { minLength: 8, maxLength: 30 }),
				fc.constantFrom(10, 25, 1_000),
				fc.boolean(),
				async (steps, limit, isLater) => {
					const history = new History(polled, limit, isLater);
					await history.run(steps);
					expect(twice(history.delivered)).toEqual([]);
					expect(history.wanted().filter((key) => !history.delivered.includes(key))).toEqual([]);
				},
			),
			{ seed: SEED, numRuns: 80 },
		);
		jest.restoreAllMocks();
	});
});

describe('what is stored of the records delivered', () => {
	const position = fc.oneof(fc.integer({ min: START - 1_000, max: START + 1_000 }), fc.constant(START));
	const delivered = fc.oneof(
		fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }).map(String), position)),
		fc.array(fc.integer({ min: 1, max: 5_000 })).map((ids) => ids.map((id): [string, number] => [String(id), id])),
	);

	test('comes back as it was', () => {
		fc.assert(
			fc.property(delivered, (entries) => {
				const map = new Map(entries);
				const read = readDelivered(writeDelivered(map));
				expect(read && new Map([...read].sort())).toEqual(new Map([...map].sort()));
			}),
			{ seed: SEED, numRuns: 500 },
		);
	});

	test('any other text is no list of records, or one of whole numbers', () => {
		fc.assert(
			fc.property(fc.string(), (text) => {
				const isWhole = [...(readDelivered(text) ?? [])].every(([id, at]) => Number.isInteger(Number(id)) && Number.isInteger(at));
				expect(isWhole).toBe(true);
			}),
			{ seed: SEED, numRuns: 300 },
		);
	});
});
