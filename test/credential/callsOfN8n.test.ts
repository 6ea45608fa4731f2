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

describe('options that would take the key elsewhere, or over a connection that nobody has verified', () => {
	const proxy = { host: 'proxy.example', port: 3128 };
	test.each<[string, Record<string, unknown>, RegExp]>([
		['a proxy as text', { proxy: 'http://proxy.example:3128' }, /not sent through a proxy/],
		['a proxy as an object', { proxy }, /not sent through a proxy/],
		[
			'no check of the certificate (new form)',
			{ skipSslCertificateValidation: true },
			/verified connections only\. Switch Ignore SSL Issues off/,
		],
		['no check of the certificate, as text', { skipSslCertificateValidation: 'true' }, /verified connections only/],
		['no check of the certificate (old form)', { rejectUnauthorized: false }, /verified connections only/],
		['no check in the agent', { agentOptions: { rejectUnauthorized: false } }, /"rejectUnauthorized" of the SSL certificate/],
		['another authority', { agentOptions: { ca: 'x' } }, /"ca" of the SSL certificate.*NODE_EXTRA_CA_CERTS/],
		['another name', { agentOptions: { servername: 'x.example' } }, /"servername"/],
		['an agent', { httpsAgent: {} }, /the option "httpsAgent"/],
		['a socket', { socketPath: '/run/x.sock' }, /the option "socketPath"/],
		['a resolver', { lookup: () => undefined }, /the option "lookup"/],
		['another host in the headers', { headers: { hOST: 'x.example' } }, /Host header/],
		['two addresses', { uri: url, url: 'https://x.example/crm/rest/v2/contacts' }, /not to x\.example/],
		['the other of two', { uri: 'https://x.example/', url }, /not to x\.example/],
		['no address', { uri: 'http://', url }, /not to this address/],
		['a host that looks like it', { url: 'https://api.keap.com.x.example/' }, /not to api\.keap\.com\.x\.example/],
		['no TLS', { url: 'http://api.keap.com/crm/rest/v2/contacts' }, /may only be used/],
		['another port', { url: 'https://api.keap.com:8443/crm/rest/v2/contacts' }, /may only be used/],
	])('%s', async (_name, options, message) => {
		await simulate({}, async () => {
			const error: unknown = await authenticateKeapRequest({ apiKey }, { url, ...options }).catch((reason: unknown) => reason);
			expect((error as Error).message).toMatch(message);
			expect((error as Error).message).not.toContain(apiKey);
			expect((await quotaOf(executeContext())).minute.used).toBe(0);
		});
	});

	test('what does no harm stays, the key stands in one header, and no redirect is followed', async () => {
		await simulate({}, async ({ clock }) => {
			const harmless = {
				proxy: undefined,
				rejectUnauthorized: true,
				skipSslCertificateValidation: false,
				followRedirect: true,
				maxRedirects: 21,
				agentOptions: { cert: 'mine', key: 'mine' },
				headers: { host: 'api.infusionsoft.com', 'x-keap-api-key': 'another', accept: 'x' },
			};
			const sent = await clock.settle(authenticateKeapRequest({ apiKey }, { url, ...harmless }));
			expect(sent).toMatchObject({
				url,
				disableFollowRedirect: true,
				followRedirect: false,
				followAllRedirects: false,
				maxRedirects: 0,
				agentOptions: { cert: 'mine', key: 'mine', rejectUnauthorized: true },
			});
			// n8n may send one request twice, as it does after a 401.
			expect(await clock.settle(authenticateKeapRequest({ apiKey }, sent))).toEqual(sent);
			expect(sent.headers).toEqual({ host: 'api.infusionsoft.com', accept: 'x', 'X-Keap-API-Key': apiKey });
		});
	});
});
