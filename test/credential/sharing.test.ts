import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isQueueMode, redisOfN8n } from '../../nodes/shared/throttle/redis/connection/n8nSettings';
import { parseKeapCredentials } from '../../nodes/shared/transport';
import type { RedisSettings } from '../../nodes/shared/throttle/redis/connection/settings';
import { outageText, TooSlow } from '../../nodes/shared/throttle/redis/connection/outage';

const shared = { apiKey: 'key', shareQuota: 'redis', redisHost: 'redis.example.com' };

describe('sharing fields of the credential', () => {
	test('off by default, whatever else is filled in', () => {
		expect(parseKeapCredentials({ ...shared, shareQuota: 'off', redisPort: -1, redisHost: '' }).sharing).toBeUndefined();
		expect(parseKeapCredentials({ apiKey: 'key' }).sharing).toBeUndefined();
	});

	test('defaults', () => {
		expect(parseKeapCredentials(shared).sharing).toEqual({
			source: 'credential',
			kind: 'single',
			addresses: [{ host: 'redis.example.com', port: 6_379 }],
			user: '',
			password: '',
			database: 0,
			tls: false,
			keyPrefix: 'n8n-nodes-keap:',
		});
	});

	test.each<[string, unknown, object]>([
		['redisHost', ' 10.0.0.7 ', { addresses: [{ host: '10.0.0.7', port: 6_379 }] }],
		['redisHost', '::1', { addresses: [{ host: '::1', port: 6_379 }] }],
		['redisHost', 'my_redis', { addresses: [{ host: 'my_redis', port: 6_379 }] }],
		['redisPort', '6380', { addresses: [{ host: 'redis.example.com', port: 6_380 }] }],
		['redisPort', '', { addresses: [{ host: 'redis.example.com', port: 6_379 }] }],
		['redisDatabase', 15, { database: 15 }],
		['redisPassword', ' with spaces ', { password: ' with spaces ' }],
		['redisTls', 'true', { tls: true }],
		['redisKeyPrefix', '', { keyPrefix: '' }],
	])('%s %p', (field, value, expected) => {
		expect(parseKeapCredentials({ ...shared, [field]: value }).sharing).toMatchObject(expected);
	});

	test.each<[string, unknown, string]>([
		['redisHost', '', 'no Redis Host'],
		['redisHost', undefined, 'no Redis Host'],
		['redisHost', 'redis://user:s3cret@redis.example.com:6379/0', 'not a URL: enter redis.example.com'],
		['redisHost', 'rediss://', 'not a URL'],
		['redisHost', 'redis.example.com:6379', 'Put it into Redis Port'],
		['redisHost', 'redis example', 'host name or an IP address'],
		['redisPort', 0, 'Redis Port'],
		['redisPort', 65_536, 'Redis Port of the Keap credential (65536) has to be a whole number from 1 to 65535'],
		['redisPort', 6379.5, 'Redis Port'],
		['redisPort', 'abc', 'Redis Port'],
		['redisPort', NaN, 'Redis Port'],
		['redisDatabase', -1, 'Redis Database'],
		['redisDatabase', 0.5, 'Redis Database'],
		['redisKeyPrefix', 'x'.repeat(101), 'Redis Key Prefix'],
		['redisKeyPrefix', 'a\nb', 'Redis Key Prefix'],
	])('%s %p is refused: %s', (field, value, message) => {
		const parse = () => parseKeapCredentials({ ...shared, [field]: value });
		expect(parse).toThrow(message);
		expect(parse).not.toThrow('s3cret');
	});
});

describe('what n8n’s log says of a Redis that can’t be used', () => {
	const settings: RedisSettings = {
		source: 'credential',
		kind: 'single',
		addresses: [{ host: 'redis.example.com', port: 6_379 }],
		user: 'me',
		password: 's3cret',
		database: 0,
		tls: false,
		keyPrefix: 'n8n:',
	};

	test.each<[string, Error, string]>([
		['wrong password', new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'user or password'],
		['no password', new Error('NOAUTH Authentication required.'), 'user or password'],
		['no permission', new Error("NOPERM this user has no permissions to run the 'evalsha' command"), 'may not run EVALSHA'],
		['unknown host', Object.assign(new Error('getaddrinfo ENOTFOUND redis.example.com'), { code: 'ENOTFOUND' }), 'host name is unknown'],
		['closed port', Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }), 'nothing listens'],
		['TLS', new Error('write EPROTO 0:error:0A00010B:SSL routines:ssl3_get_record:wrong version number'), 'TLS with it fails'],
		['database', new Error('ERR DB index is out of range'), 'no such database'],
		['cluster', new Error('MOVED 1234 10.0.0.2:6379'), 'it is a cluster'],
		['replica', new Error("READONLY You can't write against a read only replica."), 'read-only replica'],
		['loading', new Error('LOADING Redis is loading the dataset in memory'), 'takes no commands at present'],
		['closed', new Error('Socket closed unexpectedly'), 'closed the connection'],
		['silent', new Error('Connection timeout'), 'does not answer'],
		['slow', new TooSlow(), 'too slow'],
		['unheard of', new Error('Out of cheese'), 'Out of cheese'],
	])('%s', (_name, error, expected) => {
		const text = outageText(settings, error);
		expect(text).toContain(expected);
		expect(text).toContain('redis.example.com:6379');
		expect(text).toMatch(/in the Keap credential|ACL SETUSER/);
		expect(text).not.toContain('s3cret');
	});
});

describe('Automatic', () => {
	const plain = { kind: 'single', addresses: [{ host: 'localhost', port: 6_379 }], database: 0, tls: false, keyPrefix: 'bull:n8n:keap:' };

	test.each<[Record<string, string>, string | undefined, boolean]>([
		[{}, undefined, false],
		[{ EXECUTIONS_MODE: 'regular' }, 'start', false],
		[{ EXECUTIONS_MODE: 'queue' }, undefined, true],
		[{ EXECUTIONS_MODE: ' "queue" ' }, undefined, true],
		[{}, 'worker', true],
		[{ EXECUTIONS_MODE: 'regular' }, 'webhook', true],
	])('%j as %s is queue mode: %s', (variables, command, expected) => {
		expect(isQueueMode(variables, command)).toBe(expected);
	});

	test.each<[Record<string, string>, object]>([
		[{}, plain],
		[
			{ QUEUE_BULL_REDIS_HOST: ' "redis" ', QUEUE_BULL_REDIS_PORT: '6380', QUEUE_BULL_REDIS_DB: '3' },
			{ addresses: [{ host: 'redis', port: 6_380 }], database: 3 },
		],
		[
			{ QUEUE_BULL_REDIS_USERNAME: 'me', QUEUE_BULL_REDIS_PASSWORD: "'s3cret'" },
			{ user: 'me', password: 's3cret' },
		],
		[{ QUEUE_BULL_REDIS_TLS: '1' }, { tls: true }],
		[{ QUEUE_BULL_REDIS_TLS: 'yes' }, { tls: false }],
		[
			{ QUEUE_BULL_REDIS_TLS: 'TRUE', QUEUE_BULL_REDIS_TLS_SERVERNAME: 'name', QUEUE_BULL_REDIS_TLS_VALIDATE_CERTIFICATE: 'false' },
			{ tls: true, tlsServerName: 'name', tlsAnyCertificate: true },
		],
		[{ QUEUE_BULL_PREFIX: 'mine', N8N_REDIS_KEY_PREFIX: 'ours' }, { keyPrefix: 'mine:ours:keap:' }],
		[
			{ QUEUE_BULL_REDIS_CLUSTER_NODES: 'a:7000, b:7001,[::1]:7002', QUEUE_BULL_REDIS_DB: '3' },
			{
				kind: 'cluster',
				addresses: [
					{ host: 'a', port: 7_000 },
					{ host: 'b', port: 7_001 },
					{ host: '::1', port: 7_002 },
				],
				database: 0,
				keyPrefix: '{bull}:n8n:keap:',
			},
		],
	])('%j', (variables, expected) => {
		expect(redisOfN8n(variables)).toMatchObject({ source: 'n8n', ...expected });
	});

	test('a value may stand in a file; one that cannot be read is named', () => {
		const file = join(mkdtempSync(join(tmpdir(), 'keap-settings-')), 'password');
		writeFileSync(file, ' s3cret\n');
		expect(redisOfN8n({ QUEUE_BULL_REDIS_PASSWORD_FILE: file }).password).toBe('s3cret');
		const gone = () => redisOfN8n({ QUEUE_BULL_REDIS_PASSWORD_FILE: `${file}.gone` });
		expect(gone).toThrow('The file that QUEUE_BULL_REDIS_PASSWORD_FILE names cannot be read');
		expect(redisOfN8n({ QUEUE_BULL_REDIS_PASSWORD: 'direct', QUEUE_BULL_REDIS_PASSWORD_FILE: file }).password).toBe('direct');
	});

	test('shares nothing in a single process', () => {
		expect(parseKeapCredentials({ apiKey: 'key', shareQuota: 'automatic' }).sharing).toBeUndefined();
	});

	test('a word that is none of the three is refused', () => {
		expect(() => parseKeapCredentials({ ...shared, shareQuota: 'sometimes' })).toThrow('Share Quota');
	});
});

test.each<[Record<string, unknown>, object]>([
	[
		{ redisType: 'sentinel', redisNodes: 's1:26379, s2', redisSentinelName: 'mymaster' },
		{
			kind: 'sentinel',
			sentinelName: 'mymaster',
			addresses: [
				{ host: 's1', port: 26_379 },
				{ host: 's2', port: 6_379 },
			],
		},
	],
	[
		{ redisType: 'cluster', redisNodes: 'c1:7000', redisDatabase: 5 },
		{ kind: 'cluster', addresses: [{ host: 'c1', port: 7_000 }], database: 0, keyPrefix: '{n8n-nodes-keap:}' },
	],
	[
		{ redisType: 'cluster', redisNodes: 'c1', redisKeyPrefix: '{mine}' },
		{ kind: 'cluster', keyPrefix: '{mine}' },
	],
	[
		{ redisTls: true, redisCaCertificate: '-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----' },
		{ tls: true, tlsAuthority: expect.stringContaining('abc') },
	],
])('%j', (fields, expected) => {
	expect(parseKeapCredentials({ ...shared, ...fields }).sharing).toMatchObject(expected);
});

test.each<[Record<string, unknown>, string]>([
	[{ redisType: 'sentinel', redisNodes: '' }, 'no Redis Nodes'],
	[{ redisType: 'sentinel', redisNodes: 's1', redisSentinelName: ' ' }, 'no Sentinel Primary Name'],
	[{ redisType: 'cluster', redisNodes: 'redis://c1:7000' }, 'Redis Nodes'],
	[{ redisType: 'other' }, 'Redis Type'],
	[{ redisTls: true, redisCaCertificate: 'abc' }, 'PEM'],
])('%j is refused: %s', (fields, message) => {
	expect(() => parseKeapCredentials({ ...shared, ...fields })).toThrow(message);
});

test("what is wrong with n8n's own Redis is said in the words of n8n's settings, and never with the script", () => {
	const settings = redisOfN8n({});
	const unknown = new Error("ERR unknown command 'EVAL', with args beginning with: 'local call = redis.call");
	for (const [error, expected] of [
		[new Error('WRONGPASS invalid username-password pair'), 'QUEUE_BULL_REDIS_USERNAME and QUEUE_BULL_REDIS_PASSWORD of n8n'],
		[new Error("NOPERM User worker has no permissions to run the 'select' command"), 'Add +select'],
		[new Error('NOPERM No permissions to access a key'), 'Add ~bull:n8n:keap:*'],
		[unknown, 'does not know the command EVAL'],
	] as const) {
		expect(outageText(settings, error)).toContain(expected);
		expect(outageText(settings, error)).not.toContain('redis.call');
	}
});
