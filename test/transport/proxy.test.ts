import { connect } from 'node:net';
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

beforeAll(async () => {
	keap = await startServer();
	proxy = await startServer();
	proxy.server.on('connect', (request, socket) => {
		tunnels.push(request.url ?? '');
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
