import { NodeApiError } from 'n8n-workflow';
import { failAll, groupBy, halve, type Results, sendBundled, type Send } from '../../../nodes/shared/catalogue/batching/bundle';
import { testNode } from '../../support/context';

const ids = (count: number, from = 1): string[] => Array.from({ length: count }, (_, index) => String(from + index));
const failure = (httpCode: string): NodeApiError => new NodeApiError(testNode, { message: `status ${httpCode}` }, { httpCode });

/** A place that refuses every call with a bad id in it, as a whole, and writes down the calls. */
function place(bad: readonly string[], code = '400') {
	const calls: string[][] = [];
	const send: Send<string> = async (chunk) => {
		calls.push([...chunk]);
		await Promise.resolve();
		if (chunk.some((id) => bad.includes(id))) throw failure(code);
		return new Map(chunk.map((id) => [id, 'done']));
	};
	const halving = async (chunk: readonly string[], error: Error): Promise<Results<string>> => await halve(chunk, error, send);
	return { calls, send, halving };
}

const failedIn = (results: Results<unknown>): string[] => [...results].filter(([, result]) => result instanceof Error).map(([id]) => id);

describe('sendBundled', () => {
	it.each([
		[0, 100, []],
		[1, 100, [1]],
		[100, 100, [100]],
		[101, 100, [100, 1]],
		[1000, 100, Array.from({ length: 10 }, () => 100)],
		[3, 1, [1, 1, 1]],
	])('%i ids, %i in a call: calls of %j', async (count, max, sizes) => {
		const { calls, send, halving } = place([]);
		const results = await sendBundled(ids(count), max, send, halving);
		expect(calls.map(({ length }) => length)).toEqual(sizes);
		expect([...results]).toEqual(ids(count).map((id) => [id, 'done']));
	});

	it.each(['400', '404', '409', '422'])('asks what a refusal with %s means', async (code) => {
		const { calls, send } = place(['2'], code);
		const asked: Array<readonly [readonly string[], string]> = [];
		const results = await sendBundled(ids(4), 2, send, async (chunk, error) => {
			asked.push([chunk, error.message]);
			return await Promise.resolve(failAll(chunk, new Error('known')));
		});
		expect(asked.map(([chunk]) => chunk)).toEqual([['1', '2']]);
		expect(results.get('1')).toEqual(new Error('known'));
		expect(results.get('3')).toBe('done');
		expect(calls).toHaveLength(2);
	});

	it.each(['401', '403', '429', '500', '503'])('repeats nothing after %s: it is the failure of every id in the call', async (code) => {
		const { calls, send, halving } = place(['2'], code);
		const results = await sendBundled(ids(4), 2, send, halving);
		expect(calls).toHaveLength(2);
		expect(failedIn(results)).toEqual(['1', '2']);
		expect((results.get('1') as NodeApiError).httpCode).toBe(code);
	});

	it('repeats nothing after a failure without a status: it may have been carried out', async () => {
		let calls = 0;
		const send: Send<string> = async () => {
			calls++;
			return await Promise.reject(new Error('connection reset'));
		};
		const results = await sendBundled(ids(4), 4, send, async (chunk, error) => await halve(chunk, error, send));
		expect(calls).toBe(1);
		expect(failedIn(results)).toEqual(ids(4));
	});

	it('reports a failure as soon as it is certain, and none where there is none', async () => {
		const told = jest.fn();
		const { send, halving } = place(['3']);
		await sendBundled(['1', '2'], 1, send, halving, told);
		expect(told).not.toHaveBeenCalled();
		await sendBundled(ids(4), 1, send, halving, told);
		expect(told).toHaveBeenCalledTimes(1);
	});
});

describe('halve', () => {
	it.each([
		[2, ['1'], 3],
		[8, ['1'], 7],
		[8, ['8'], 7],
		[100, ['50'], 15],
		[1000, ['500'], 21],
		[1000, ['1', '1000'], 39],
	])('finds the bad ones among %i (%j) in %i calls at most, the refused one counted', async (count, bad, most) => {
		const { calls, send, halving } = place(bad);
		const results = await sendBundled(ids(count), count, send, halving);
		expect(failedIn(results)).toEqual(bad);
		expect(results.size).toBe(count);
		expect(calls.length).toBeLessThanOrEqual(most);
	});

	it.each([1, 2, 3, 7, 100])('never makes more calls than one for each of %i, also when all are bad', async (count) => {
		const all = ids(count);
		const { calls, send, halving } = place(all);
		const results = await sendBundled(all, count, send, halving);
		expect(failedIn(results).sort()).toEqual([...all].sort());
		expect(calls.length).toBeLessThanOrEqual(1 + count);
	});

	it('keeps an answer for every id when the calls run out: those left over fail with the refusal of their call', async () => {
		const all = ids(16);
		const bad = all.filter((id) => Number(id) % 2 === 1);
		const { calls, send, halving } = place(bad);
		const results = await sendBundled(all, 16, send, halving);
		expect([...results.keys()].sort()).toEqual([...all].sort());
		expect(bad.filter((id) => !failedIn(results).includes(id))).toEqual([]);
		expect(calls.length).toBeLessThanOrEqual(17);
	});

	it('does not halve a single id', async () => {
		const { calls, send } = place([]);
		const error = failure('404');
		expect(await halve(['7'], error, send)).toEqual(new Map([['7', error]]));
		expect(calls).toEqual([]);
	});

	it('stops where the failure is of another kind', async () => {
		const calls: number[] = [];
		const send: Send<string> = async ({ length }) => {
			calls.push(length);
			return await Promise.reject(failure(length === 8 ? '400' : '500'));
		};
		const results = await sendBundled(ids(8), 8, send, async (chunk, error) => await halve(chunk, error, send));
		expect(calls).toEqual([8, 4, 4]);
		expect([...results.values()].every((result) => (result as unknown as NodeApiError).httpCode === '500')).toBe(true);
	});
});

describe('groupBy', () => {
	it('keeps the order of first appearance, and of entries within a group', () => {
		expect(groupBy(['b1', 'a1', 'b2', 'c1', 'a2'], ([letter = '']) => letter)).toEqual([['b1', 'b2'], ['a1', 'a2'], ['c1']]);
		expect(groupBy([], String)).toEqual([]);
	});
});
