import dns from 'node:dns';
import { LocalWindows } from '../../nodes/shared/throttle/local/localWindows';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { isCancelled, keapRequest, quotaOf } from '../../nodes/shared/transport';
import { json, silence, startServer } from './server';
import { wire } from './wire';

jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	// The delays before another try.
	sleep: async () => await Promise.resolve(),
}));

const { ask, context, keap, refusal } = wire();

describe('errors on the way', () => {
	test('a deadline: a POST is in doubt and not sent again, a GET is', async () => {
		keap().answer(silence);
		const post = await refusal({ method: 'POST', timeoutMs: 300 });
		expect(post).toMatchObject({ requests: 1, code: undefined });
		expect(post.message).toMatch(/^Keap did not answer in time/);
		expect(post.description).toMatch(/may or may not/);
		keap().answer(silence, json(200, { ok: 1 }));
		expect((await ask({ timeoutMs: 300 })).body).toEqual({ ok: 1 });
	});

	test('nobody listens: even a POST is tried again, and nothing is in doubt', async () => {
		const gone = await startServer();
		await gone.close();
		const error: unknown = await keapRequest(context(undefined, gone.origin), {
			method: 'POST',
			path: '/crm/rest/v2/contacts',
			body: {},
		}).catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			message: expect.stringContaining('did not take the connection'),
			description: expect.stringContaining('tried 4 times'),
		});
		expect((error as { description: string }).description).not.toContain('may or may not');
		expect((await quotaOf(context(undefined, gone.origin))).minute.used).toBe(0);
	});

	test('TLS against a plain port says so and is not tried again', async () => {
		const error: unknown = await keapRequest(context(undefined, keap().origin.replace('http:', 'https:')), {
			method: 'GET',
			path: '/crm/rest/v2/contacts',
		}).catch((reason: unknown) => reason);
		expect(error).toMatchObject({ message: expect.stringContaining('TLS'), description: expect.not.stringContaining('tried') });
	});

	describe('a slot whose moment is over when the connection is there', () => {
		const call = { method: 'POST', path: '/crm/rest/v2/contacts', body: {} } as const;
		/** What becomes of the slots, each of which is too late. */
		const withLateSlots = async (from: ReturnType<typeof context>): Promise<string[]> => {
			keap().answer(json(200, { ok: 1 }));
			await closeConnections();
			const before = keap().connections();
			const ends: string[] = [];
			const acquire = jest.spyOn(LocalWindows.prototype, 'tryAcquire').mockImplementation(() => ({
				sentAt: 0,
				missed: true,
				lateness: () => 0,
				sent: () => void ends.push('sent'),
				answered: () => void ends.push('answered'),
				unused: () => void ends.push('unused'),
			}));
			try {
				expect((await keapRequest(from, call)).body).toEqual({ ok: 1 });
				expect([keap().requests.length, keap().connections() - before]).toEqual([1, 1]);
				return ends;
			} finally {
				acquire.mockRestore();
			}
		};

		test('goes back: the call is sent in the next one, over the same connection, late or not', async () => {
			expect(await withLateSlots(context())).toEqual(['unused', 'sent', 'answered']);
		});

		test('is used by a tool, whose caller waits no longer', async () => {
			const from = context();
			const node = { ...from.getNode(), type: 'n8n-nodes-keap.keapTool' };
			const tool = Object.assign(from, { getInputData: () => [], getNode: () => node });
			expect(await withLateSlots(tool)).toEqual(['sent', 'answered']);
		});
	});

	test('a call given up while it waits for a connection is never written', async () => {
		keap().answer(json(200, {}));
		const found: Array<() => void> = [];
		let asked = (): void => undefined;
		const lookups = async (count: number) =>
			await new Promise<void>((resolve) => {
				asked = () => (found.length >= count ? resolve() : undefined);
				asked();
			});
		const lookup = jest.spyOn(dns, 'lookup').mockImplementation(((
			_host: string,
			_options: object,
			tell: (error: null, all: object[]) => void,
		) => {
			found.push(() => tell(null, [{ address: '127.0.0.1', family: 4 }]));
			asked();
		}) as never);
		try {
			const origin = keap().origin.replace('127.0.0.1', 'localhost');
			const stop = new AbortController();
			const givenUp = keapRequest(context(stop.signal, origin), { method: 'POST', path: '/crm/rest/v2/contacts', body: {} });
			await lookups(1);
			stop.abort();
			await expect(givenUp).rejects.toThrow('Execution canceled');
			expect((await quotaOf(context(undefined, origin))).minute.used).toBe(0);
			const other = keapRequest(context(undefined, origin), { method: 'GET', path: '/crm/rest/v2/contacts' });
			await lookups(2);
			for (const connect of found) connect();
			await other;
			expect(keap().requests.map(({ method }) => method)).toEqual(['GET']);
		} finally {
			lookup.mockRestore();
		}
	});

	test('a stopped execution ends the call that is under way', async () => {
		const stop = new AbortController();
		const ended = new Promise<void>((resolve) => {
			keap().answer((_response, request) => {
				request.socket.on('close', () => resolve());
				stop.abort();
			});
		});
		const error: unknown = await keapRequest(context(stop.signal), { method: 'GET', path: '/crm/rest/v2/contacts' }).catch(
			(reason: unknown) => reason,
		);
		expect(isCancelled(error)).toBe(true);
		await ended;
	});
});
