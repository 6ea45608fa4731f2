import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { quotaOf } from '../../nodes/shared/transport';
import { authenticateKeapRequest } from '../../nodes/shared/credential/authenticate';
import { executeContext } from '../support/context';
import { simulate, wire } from '../throttle/simulation';

const mockWire = wire;
jest.mock('../../nodes/shared/transport/http/http', () => ({
	send: async (call: never) => await mockWire.gateway?.send(call),
}));

const apiKey = 'k'.repeat(24);
const url = 'https://api.infusionsoft.com/crm/rest/v2/contacts';
const authenticate = async (credential: ICredentialDataDecryptedObject = {}) =>
	await authenticateKeapRequest({ apiKey, ...credential }, { url });

test('calls that n8n sends itself keep the pace, and wait while the minute is used up', async () => {
	await simulate({}, async ({ clock }) => {
		const times: number[] = [];
		const calls = Array.from({ length: 150 }, async () => {
			await authenticate();
			times.push(clock.elapsed());
		});
		await clock.settle(Promise.all(calls));
		const gaps = times.slice(1).map((time, call) => time - (times[call] ?? 0));
		expect(Math.min(...gaps)).toBeGreaterThanOrEqual(200);
		// A call counts until a minute after the moment by which it has arrived.
		expect((times[120] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(65_000);
		expect((times[120] ?? 0) - (times[0] ?? 0)).toBeLessThan(66_000);
		await clock.pass(66_000);
		expect((await quotaOf(executeContext())).minute.available).toBe(120);
		expect((await quotaOf(executeContext())).day.used).toBe(150);
	});
});

test('nobody waits for the answer of such a call: it is not seen here', async () => {
	await simulate({}, async ({ call, clock }) => {
		await clock.settle(authenticate());
		await clock.settle(Promise.all([call('a'), call('b')]));
		expect(clock.elapsed()).toBeLessThan(1_000);
	});
});

test('a day that is used up fails it with the reset time, and nothing is waited for', async () => {
	await simulate({}, async ({ clock }) => {
		const credential = { requestsPerDay: 1 };
		await clock.settle(authenticate(credential));
		await expect(clock.settle(authenticate(credential))).rejects.toThrow('It is whole again at 2026-01-16T00:00:00.000Z (00:00 UTC)');
	});
});

test('a call to another host is refused before it takes a slot', async () => {
	await simulate({}, async () => {
		await expect(authenticateKeapRequest({ apiKey }, { url: 'https://example.com/' })).rejects.toThrow('may only be used for calls to');
		expect((await quotaOf(executeContext())).minute.used).toBe(0);
	});
});
