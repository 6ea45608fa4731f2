import { startSandbox } from './';
import { call } from './client';
import type { Sandbox, SandboxOptions } from './types';

const NAMES = [
	...['limit', 'time-unit', 'interval', 'available', 'used', 'expiry-time'].map((name) => `x-keap-product-quota-${name}`),
	...['limit', 'time-unit', 'interval', 'available', 'used'].map((name) => `x-keap-product-throttle-${name}`),
	'x-keap-product-spike-limit',
	'x-keap-tenant-id',
	...['limit', 'time-unit', 'interval', 'available', 'used'].map((name) => `x-keap-tenant-throttle-${name}`),
];
const NOON = Date.UTC(2026, 5, 1, 12);

let sandbox: Sandbox;
let clock = NOON;
const start = async (options: SandboxOptions = {}) => {
	clock = NOON;
	sandbox = await startSandbox({ now: () => clock, ...options });
};
afterEach(async () => await sandbox.close());

const ping = async (key?: string) => await call(sandbox, 'GET', '/businessProfile', { key });

describe('the key', () => {
	test.each([
		['missing', ''],
		['wrong', 'nonsense'],
	])('%s: 401, quota names with units but empty values, nothing counted', async (_name, key) => {
		await start();
		const { status, body, headers } = await ping(key);
		expect(status).toBe(401);
		expect(body).toEqual({ fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } });
		for (const name of NAMES) {
			const two = name.startsWith('x-keap-tenant-throttle');
			const unit = /quota/.test(name) ? 'day' : 'minute';
			const told = name.endsWith('-unit') ? (two ? 'minute|day' : unit) : name.endsWith('-interval') ? (two ? '1|1' : '1') : two ? '|' : '';
			expect([name, headers.get(name)]).toEqual([name, told]);
		}
		expect(sandbox.stats()).toMatchObject({ calls: 1, refused: { key: 1, second: 0 } });
		expect((await ping()).headers.get('x-keap-product-throttle-used')).toBe('1');
	});

	test.each([
		['GET', '/contacts', 200],
		['POST', '/contacts', 403],
		['DELETE', '/contacts/1', 403],
		['GET', '/users', 403],
		['GET', '/users/9001', 403],
		['GET', '/nowhere', 404],
	])('a limited one: %s %s is %i', async (method, path, status) => {
		await start();
		expect((await call(sandbox, method, path, { key: 'limited-key' })).status).toBe(status);
	});

	test('own keys replace the default ones', async () => {
		await start({ keys: { mine: 'full' } });
		expect((await ping('mine')).status).toBe(200);
		expect((await ping('sandbox-key')).status).toBe(401);
	});
});

describe('the headers', () => {
	test('of an authenticated answer', async () => {
		await start();
		await ping();
		const { headers } = await ping();
		expect(Object.fromEntries(NAMES.map((name) => [name, headers.get(name)]))).toEqual({
			'x-keap-product-quota-limit': '15000',
			'x-keap-product-quota-time-unit': 'day',
			'x-keap-product-quota-interval': '1',
			'x-keap-product-quota-available': '14998',
			'x-keap-product-quota-used': '2',
			'x-keap-product-quota-expiry-time': String(Date.UTC(2026, 5, 2)),
			'x-keap-product-throttle-limit': '120',
			'x-keap-product-throttle-time-unit': 'minute',
			'x-keap-product-throttle-interval': '1',
			'x-keap-product-throttle-available': '118',
			'x-keap-product-throttle-used': '2',
			'x-keap-product-spike-limit': '',
			'x-keap-tenant-id': 'sandbox',
			'x-keap-tenant-throttle-limit': '10000|250000',
			'x-keap-tenant-throttle-time-unit': 'minute|day',
			'x-keap-tenant-throttle-interval': '1|1',
			'x-keap-tenant-throttle-available': '9998|249998',
			'x-keap-tenant-throttle-used': '2|2',
		});
	});

	test('an error carries them too', async () => {
		await start();
		expect((await call(sandbox, 'GET', '/contacts/999999')).headers.get('x-keap-product-throttle-used')).toBe('1');
	});

	test('an unlimited window says nothing instead of Infinity', async () => {
		await start({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
		const { headers } = await ping();
		expect(headers.get('x-keap-product-throttle-limit')).toBe('');
		expect(headers.get('x-keap-product-throttle-available')).toBe('');
		expect(headers.get('x-keap-product-throttle-used')).toBe('1');
	});

	test('can be left out', async () => {
		await start({ headers: false });
		for (const key of ['sandbox-key', 'nonsense'])
			expect([...(await ping(key)).headers.keys()].filter((name) => name.startsWith('x-keap'))).toEqual([]);
	});
});

describe('the windows', () => {
	test.each([
		['second', { perSecond: 1 }, { fault: { detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' } } }, 1_000],
		[
			'minute',
			{ perSecond: Infinity, perMinute: 1 },
			{ code: '429', message: 'Quota Exceeded', status: 'Request Throttled', details: null },
			60_000,
		],
		['day', { perSecond: Infinity, perMinute: Infinity, perDay: 1 }, { code: '429', message: 'Quota Exceeded' }, 12 * 3_600_000],
	] as const)('the %s: 429 with headers, not carried out, spends nothing, and over in time', async (name, limits, body, length) => {
		await start({ limits });
		await ping();
		const before = sandbox.state.tags.size;
		const refused = await call(sandbox, 'POST', '/tags', { body: { name: 'Late' } });
		expect(refused.status).toBe(429);
		expect(refused.body).toMatchObject(body);
		expect(refused.headers.get('x-keap-product-throttle-used')).toBe('1');
		expect(refused.headers.get('retry-after')).toBeNull();
		expect(sandbox.state.tags.size).toBe(before);
		expect(sandbox.stats().refused).toMatchObject({ [name]: 1 });
		clock += length - 1;
		expect((await ping()).status).toBe(429);
		clock += 1;
		expect((await ping()).status).toBe(200);
	});

	test('the second counts for each key alone', async () => {
		await start({ limits: { perSecond: 1 } });
		expect([(await ping()).status, (await ping('limited-key')).status, (await ping()).status]).toEqual([200, 200, 429]);
	});

	test.each([
		['minute', { perSecond: Infinity, perMinute: 2 }],
		['day', { perSecond: Infinity, perMinute: Infinity, perDay: 2 }],
	] as const)('the %s counts for all keys of an account together, and for no other account', async (_name, limits) => {
		await start({ limits, keys: { one: 'full', two: 'full', other: 'full' }, accounts: { one: 'a1', two: 'a1', other: 'b2' } });
		expect([(await ping('one')).status, (await ping('two')).status, (await ping('two')).status]).toEqual([200, 200, 429]);
		const { status, headers } = await ping('other');
		expect([status, headers.get('x-keap-tenant-id'), headers.get('x-keap-tenant-throttle-used')]).toEqual([200, 'b2', '1|1']);
		expect((await ping('one')).headers.get('x-keap-tenant-id')).toBe('a1');
	});

	test('another program spends from the same account', async () => {
		await start({ secondMode: 'none', keys: { 'sandbox-key': 'full', strange: 'full' }, accounts: { strange: 'elsewhere' } });
		sandbox.spendElsewhere(119);
		expect((await ping('strange')).headers.get('x-keap-product-throttle-used')).toBe('1');
		const { status, headers } = await ping();
		expect([status, headers.get('x-keap-product-throttle-available'), headers.get('x-keap-product-quota-used')]).toEqual([200, '0', '120']);
		expect((await ping()).status).toBe(429);
		expect(() => sandbox.spendElsewhere(1, 'nonsense')).toThrow('no such key');
	});

	test('reset gives the quota back and forgets the calls', async () => {
		await start({ limits: { perSecond: 1 } });
		await ping();
		await ping();
		sandbox.reset();
		expect(sandbox.stats()).toMatchObject({ calls: 0, refused: { second: 0 } });
		expect((await ping()).status).toBe(200);
	});
});
