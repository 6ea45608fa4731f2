import { cachedLookup, keapRequest } from '../../nodes/shared/transport';
import { executeContext, lookupContext } from '../support/context';
import { VirtualClock } from '../throttle/virtualClock';

const SHARED = Symbol.for('n8n-nodes-keap');
beforeEach(() => Reflect.deleteProperty(globalThis, SHARED));

const context = lookupContext();

async function inVirtualTime(test: (clock: VirtualClock) => Promise<void>): Promise<void> {
	const clock = new VirtualClock(Date.UTC(2026, 0, 15));
	clock.install();
	try {
		await test(clock);
	} finally {
		clock.uninstall();
	}
}

function counted<T>(answer: () => Promise<T>) {
	const load = jest.fn(answer);
	return load;
}

test('is made once while it is good, and once however many ask at the same time', async () => {
	const load = counted(async () => await Promise.resolve(['tag']));
	const all = await Promise.all(Array.from({ length: 10 }, async () => await cachedLookup(context, 'tags', load)));
	expect(all).toEqual(Array(10).fill(['tag']));
	expect(await cachedLookup(context, 'tags', load)).toEqual(['tag']);
	expect(load).toHaveBeenCalledTimes(1);
	await cachedLookup(context, 'tags search=vip', load);
	expect(load).toHaveBeenCalledTimes(2);
});

test('is made again when its time is over', async () => {
	await inVirtualTime(async (clock) => {
		const load = counted(async () => await Promise.resolve(1));
		await cachedLookup(context, 'x', load, 20_000);
		await clock.pass(19_999);
		await cachedLookup(context, 'x', load, 20_000);
		expect(load).toHaveBeenCalledTimes(1);
		await clock.pass(1);
		await cachedLookup(context, 'x', load, 20_000);
		expect(load).toHaveBeenCalledTimes(2);
	});
});

test('the time runs from the answer, not from the question', async () => {
	await inVirtualTime(async (clock) => {
		const load = counted(async () => await clock.after(50_000));
		const first = cachedLookup(context, 'slow', load, 10_000);
		await clock.pass(30_000);
		await clock.settle(Promise.all([first, cachedLookup(context, 'slow', load, 10_000)]));
		await clock.pass(9_999);
		await cachedLookup(context, 'slow', load, 10_000);
		expect(load).toHaveBeenCalledTimes(1);
	});
});

test('another key has its own answers', async () => {
	const load = counted(async () => await Promise.resolve(1));
	await cachedLookup(context, 'x', load);
	await cachedLookup(lookupContext({ credentials: { apiKey: 'another-key' } }), 'x', load);
	expect(load).toHaveBeenCalledTimes(2);
});

test('an error reaches all who asked and is not remembered', async () => {
	const load = counted(async () => await Promise.reject(new Error('Keap is away')));
	const both = await Promise.allSettled([cachedLookup(context, 'x', load), cachedLookup(context, 'x', load)]);
	expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
	expect(load).toHaveBeenCalledTimes(1);
	expect(await cachedLookup(context, 'x', async () => await Promise.resolve('back'))).toBe('back');
});

test('who asks is not bound to one who gave up', async () => {
	const cancelled = executeContext({ cancel: AbortSignal.abort() });
	const giveUp = async () => await keapRequest(cancelled, { method: 'GET', path: '/crm/rest/v2/tags' });
	const first = cachedLookup<unknown>(context, 'x', giveUp);
	const second = cachedLookup<unknown>(context, 'x', async () => await Promise.resolve('mine'));
	await expect(first).rejects.toThrow('Execution canceled');
	expect(await second).toBe('mine');
});

test('remembers a bounded number', async () => {
	const load = counted(async () => await Promise.resolve(1));
	for (let name = 0; name <= 600; name++) await cachedLookup(context, `x${name}`, load);
	await cachedLookup(context, 'x600', load);
	expect(load).toHaveBeenCalledTimes(601);
	await cachedLookup(context, 'x0', load);
	expect(load).toHaveBeenCalledTimes(602);
});
