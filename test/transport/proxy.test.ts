import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { keapRequest } from '../../nodes/shared/transport';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { proxySettings } from '../../nodes/shared/transport/http/proxySettings';
import { executeContext } from '../support/context';
import { json, startServer, type TestServer } from './server';

jest.mock('../../nodes/shared/runtime/clock', () => ({
	...jest.requireActual<object>('../../nodes/shared/runtime/clock'),
	sleep: async () => await Promise.resolve(),
}));

const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);
const before = VARIABLES.map((name) => [name, process.env[name]] as const);

let keap: TestServer;
let proxy: TestServer;
const tunnels: string[] = [];
let tunnelStatus = 200;
let onConnect: ((socket: Duplex) => void) | undefined;

beforeAll(async () => {
	keap = await startServer();
	proxy = await startServer();
	proxy.server.on('connect', (request, socket) => {
		tunnels.push(request.url ?? '');
		if (onConnect) {
			socket.on('error', () => undefined);
			return onConnect(socket);
		}
		if (tunnelStatus !== 200) {
			socket.end(`HTTP/1.1 ${tunnelStatus} Refused\r\n\r\n`);
			return;
		}
		const [host = '', port] = (request.url ?? '').split(':');
		const onward = connect(Number(port), host, () => {
			socket.write('HTTP/1.1 200 Connected\r\n\r\n');
			onward.pipe(socket).pipe(onward);
		});
		onward.on('error', () => socket.destroy());
		socket.on('error', () => onward.destroy());
	});
});
beforeEach(async () => {
	// The environment is read once a second: connections that are closed forget what was read.
	await closeConnections();
	for (const name of VARIABLES) delete process.env[name];
	tunnels.length = 0;
	tunnelStatus = 200;
	onConnect = undefined;
	keap.answer(json(200, { from: 'keap' }));
	proxy.answer(json(200, { from: 'proxy' }));
});
afterAll(async () => {
	for (const [name, value] of before) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
	await closeConnections();
	await Promise.all([keap.close(), proxy.close()]);
});

async function ask(baseUrl: string) {
	const limits = { requestsPerSecond: 100_000, requestsPerMinute: 100_000, requestsPerDay: 100_000 };
	return await keapRequest(executeContext({ credentials: { baseUrl, ...limits } }), { method: 'GET', path: '/crm/rest/v2/contacts' });
}

test('plain http is forwarded through HTTP_PROXY, with the proxy’s user and password', async () => {
	process.env.HTTP_PROXY = proxy.origin.replace('//', '//user:pass@');
	expect((await ask(keap.origin)).body).toEqual({ from: 'proxy' });
	expect(proxy.requests[0]?.url).toBe(`${keap.origin}/crm/rest/v2/contacts`);
	expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${Buffer.from('user:pass').toString('base64')}`);
	expect(tunnels).toEqual([]);
});

test.each(['127.0.0.1', '*', 'localhost,127.0.0.1'])('NO_PROXY=%s goes past the proxy', async (noProxy) => {
	process.env.HTTP_PROXY = proxy.origin;
	process.env.NO_PROXY = noProxy;
	expect((await ask(keap.origin)).body).toEqual({ from: 'keap' });
});

test('https goes through a tunnel; one that is refused says so and sends nothing', async () => {
	process.env.HTTPS_PROXY = proxy.origin;
	tunnelStatus = 407;
	await expect(ask('https://api.infusionsoft.com')).rejects.toMatchObject({
		message: expect.stringContaining('proxy'),
		description: expect.stringContaining('HTTPS_PROXY'),
	});
	expect(tunnels[0]).toBe('api.infusionsoft.com:443');
});

/** What the error says to the user, and how often the proxy was asked for a tunnel meanwhile and for a while after. */
async function failing(baseUrl = 'https://api.infusionsoft.com', cancel?: AbortSignal) {
	const limits = { requestsPerSecond: 100_000, requestsPerMinute: 100_000, requestsPerDay: 100_000 };
	const context = executeContext({ cancel, credentials: { baseUrl, ...limits } });
	const error: unknown = await keapRequest(context, { method: 'POST', path: '/crm/rest/v2/contacts', body: {} }).catch((e: unknown) => e);
	const asked = tunnels.length;
	await new Promise((resolve) => setTimeout(resolve, 300));
	const { message, description } = error as { message: string; description: string };
	return { message, description, asked, later: tunnels.length - asked };
}

describe('a proxy that does not work ends in one failed try each time, is named without its password, and is then left alone', () => {
	test.each<[string, (socket: Duplex) => void, RegExp]>([
		['closes on CONNECT', (socket) => socket.destroy(), /other side closed|reset/i],
		['ends on CONNECT', (socket) => socket.end(), /other side closed/],
		['answers 403', (socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'), /it answered with status 403/],
		['answers 407', (socket) => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'), /it answered with status 407/],
		['answers 502', (socket) => socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n'), /it answered with status 502/],
		['answers nonsense', (socket) => socket.end('hello\r\n\r\n'), /./],
		['breaks off within its answer', (socket) => socket.end('HTTP/1.1 200'), /./],
	])('one that %s', async (_name, answer, reason) => {
		process.env.HTTPS_PROXY = proxy.origin.replace('//', '//user:hidden@');
		onConnect = answer;
		const { message, description, asked, later } = await failing();
		expect(message).toMatch(/^The proxy on the way to Keap did not let the request through \(HTTPS_PROXY \(http:\/\/127\.0\.0\.1:\d+\): /);
		expect(message).toMatch(reason);
		expect(`${message} ${description}`).not.toContain('hidden');
		expect(description).toMatch(/It was tried 4 times/);
		expect(description).not.toMatch(/may or may not/);
		expect([asked, later]).toEqual([4, 0]);
	});

	test('one that is not there, for https and for http', async () => {
		const gone = await startServer();
		await gone.close();
		process.env.HTTPS_PROXY = gone.origin;
		expect((await failing()).message).toMatch(/did not let the request through \(HTTPS_PROXY .*ECONNREFUSED/);
		process.env.HTTP_PROXY = gone.origin;
		expect((await failing('http://127.0.0.1:9')).message).toMatch(/did not let the request through \(HTTP_PROXY .*ECONNREFUSED/);
	});

	test('one that wants a password for plain http: the request was not sent on', async () => {
		process.env.HTTP_PROXY = proxy.origin;
		proxy.answer((response) => response.writeHead(407).end());
		const { message, description } = await failing('http://127.0.0.1:9');
		expect(message).toMatch(/did not let the request through \(HTTP_PROXY .*status 407/);
		expect(description).not.toMatch(/may or may not/);
	});

	test('a stopped execution leaves it alone at once', async () => {
		process.env.HTTPS_PROXY = proxy.origin;
		const stop = new AbortController();
		onConnect = (socket) => {
			stop.abort();
			socket.destroy();
		};
		const { message, asked, later } = await failing(undefined, stop.signal);
		expect([message, asked, later]).toEqual(['Execution canceled', 1, 0]);
	});

	test.each([
		['not a url', 'HTTPS_PROXY is not the address of a proxy'],
		['http://', 'HTTPS_PROXY is not the address of a proxy'],
		['http://user:%@proxy.example:1', 'HTTPS_PROXY is not the address of a proxy'],
		['socks5://user:hidden@proxy.example:1080', 'HTTPS_PROXY names a proxy of the kind socks5'],
	])('HTTPS_PROXY=%s is none: said once, without a try', async (value, said) => {
		process.env.HTTPS_PROXY = value;
		const { message, description, asked } = await failing();
		expect(message).toContain(said);
		expect(`${message} ${description}`).not.toContain('hidden');
		expect(description).not.toMatch(/tried|may or may not/);
		expect(asked).toBe(0);
	});
});

test.each<[string, Record<string, string>, string, ReturnType<typeof proxySettings>]>([
	['nothing set', {}, 'https:', { noProxy: '' }],
	['upper case', { HTTPS_PROXY: 'http://p:1' }, 'https:', { proxy: { url: 'http://p:1', shown: 'HTTPS_PROXY (http://p:1)' }, noProxy: '' }],
	[
		'lower case wins',
		{ HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' },
		'https:',
		{ proxy: { url: 'http://lower:1', shown: 'https_proxy (http://lower:1)' }, noProxy: '' },
	],
	[
		'without a scheme',
		{ HTTPS_PROXY: 'p:8080' },
		'https:',
		{ proxy: { url: 'http://p:8080', shown: 'HTTPS_PROXY (http://p:8080)' }, noProxy: '' },
	],
	['https does not use HTTP_PROXY', { HTTP_PROXY: 'http://p:1' }, 'https:', { noProxy: '' }],
	[
		'ALL_PROXY for both',
		{ ALL_PROXY: 'http://all:1', NO_PROXY: 'x' },
		'http:',
		{ proxy: { url: 'http://all:1', shown: 'ALL_PROXY (http://all:1)' }, noProxy: 'x' },
	],
	[
		'the special one before ALL_PROXY',
		{ ALL_PROXY: 'http://all:1', HTTP_PROXY: 'http://p:1' },
		'http:',
		{ proxy: { url: 'http://p:1', shown: 'HTTP_PROXY (http://p:1)' }, noProxy: '' },
	],
])('%s', (_name, env, protocol, expected) => {
	expect(proxySettings(env, `${protocol}//api.keap.com`)).toEqual(expected);
});
