import { createServer, type AddressInfo } from 'node:net';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { closeSharing, testKeapCredential } from '../../nodes/shared/transport';
import { json, raw, silence, startServer, type TestServer } from '../transport/server';

const GOOD = json(200, { value: 'true' });
const PATH = '/crm/rest/v1/setting/application/enabled';

let keap: TestServer;
let serial = 0;

beforeEach(async () => {
	keap = await startServer();
	keap.answer(GOOD);
});
afterEach(async () => {
	closeSharing();
	await keap.close();
});

/** Each test has a key of its own: throttles live as long as the process. */
const test = async (changes: ICredentialDataDecryptedObject = {}) =>
	await testKeapCredential({ data: { apiKey: `credential-test-${++serial}`, advancedSettings: true, baseUrl: keap.origin, ...changes } });

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
	const server = createServer().listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const { port } = server.address() as AddressInfo;
	await new Promise((resolve) => server.close(resolve));
	return port;
}

it('is green when the account has answered, and says where it was tested', async () => {
	expect(await test()).toEqual({ status: 'OK', message: 'Keap has answered. Tested from this n8n process, not from others.' });
	expect(keap.requests.map(({ url }) => url)).toEqual([PATH]);
});

describe('is red', () => {
	it.each([
		[
			'a web page with status 200',
			raw(200, '<html><title>Sign in</title></html>'),
			/A web page came .*\(status 200, "Sign in"\).*Base URL/,
		],
		['a login page without tags', raw(200, 'Welcome', 'text/plain'), /Something else than an answer of the Keap API came/],
		['an empty answer', raw(200, ''), /without a body where one was due/],
		['the JSON of another service', json(200, { status: 'ok' }), /not the record that was due: it has status/],
		['an error with status 200', json(200, { message: 'no such application' }), /with an error/],
		['a list', json(200, []), /it is a list/],
		['401', json(401, { fault: { faultstring: 'Invalid ApiKey' } }), /did not accept the API key.*profile icon > Settings > API/],
		['403', json(403, { message: 'forbidden' }), /may not do this in Keap/],
		['404', json(404, { message: 'not found' }), /found nothing at GET/],
		['a redirect', json(302, {}, { location: 'https://example.com' }), /redirect \(302\)/],
		['500', json(500, { message: 'oops' }), /problem of its own \(status 500\)/],
		['a used up quota', json(429, { fault: { faultstring: 'Rate limit quota violation' } }), /could not be tested. Try again in a minute/],
	])('with %s', async (_what, answer, message) => {
		keap.answer(answer);
		const { status, message: said } = await test();
		expect([status, said]).toEqual(['Error', expect.stringMatching(message)]);
		expect(said).toMatch(/Tested from this n8n process, not from others\.$/);
		expect(said).not.toContain(`credential-test-${serial}`);
		expect(keap.requests).toHaveLength(1);
	});

	it.each([
		[
			'a base URL with a path',
			{ baseUrl: 'https://api.infusionsoft.com/app/v3' },
			/Base URL of the Keap credential has a path \(\/app\/v3\)/,
		],
		['a base URL that is none', { baseUrl: 'keap' }, /Base URL of the Keap credential is not a URL/],
		['no key', { apiKey: ' ' }, /has no API Key/],
		['a limit that is none', { limits: 'fixed', requestsPerMinute: 0 }, /Requests per Minute/],
		['a Redis without a host', { shareQuota: 'redis' }, /has no Redis Host/],
	])('with %s, and no call is spent', async (_what, changes, message) => {
		const { status, message: said } = await test(changes);
		expect([status, said]).toEqual(['Error', expect.stringMatching(message)]);
		expect(keap.requests).toHaveLength(0);
	});

	it('with an unknown host', async () => {
		const { status, message } = await test({ baseUrl: 'https://keap.invalid' });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/host of the Keap API could not be found.*Base URL/)]);
	});

	it('with a closed port', async () => {
		const { status, message } = await test({ baseUrl: `http://127.0.0.1:${await closedPort()}` });
		expect([status, message]).toEqual(['Error', expect.stringMatching(/did not take the connection.*Base URL/)]);
	});

	it('with a host that never answers, before ten seconds are over', async () => {
		keap.answer(silence);
		jest.useFakeTimers({ now: Date.now(), doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'performance', 'Date'] });
		const tested = test();
		while (keap.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
		jest.advanceTimersByTime(10_000);
		jest.useRealTimers();
		const { status, message } = await tested;
		expect([status, message]).toEqual(['Error', expect.stringMatching(/did not answer in time/)]);
	});

	it('with a Redis that is closed, although Keap has answered', async () => {
		const redisPort = await closedPort();
		const { status, message } = await test({ shareQuota: 'redis', redisHost: '127.0.0.1', redisPort });
		expect(status).toBe('Error');
		expect(message).toMatch(
			`Keap has answered. The quota cannot be shared through the Redis at 127.0.0.1:${redisPort}: nothing listens on that port. Check Redis Host and Redis Port`,
		);
	});
});

it('does not wait for a minute that is used up', async () => {
	const apiKey = 'credential-test-busy';
	const limits = { limits: 'fixed', requestsPerMinute: 1, requestsPerSecond: 50 };
	expect((await test({ apiKey, ...limits })).status).toBe('OK');
	expect((await test({ apiKey, ...limits })).status).toBe('OK');
	expect(keap.requests).toHaveLength(2);
});

it('does not mind a day that is used up', async () => {
	const apiKey = 'credential-test-day';
	const limits = { limits: 'fixed', requestsPerDay: 1, requestsPerSecond: 50 };
	expect((await test({ apiKey, ...limits })).status).toBe('OK');
	expect((await test({ apiKey, ...limits })).status).toBe('OK');
});
