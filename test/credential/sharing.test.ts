import { parseKeapCredentials } from '../../nodes/shared/transport';
import { outageText, TooSlow } from '../../nodes/shared/throttle/redis/outage';

const shared = { apiKey: 'key', shareQuota: true, redisHost: 'redis.example.com' };

describe('sharing fields of the credential', () => {
	test('off by default, whatever else is filled in', () => {
		expect(parseKeapCredentials({ ...shared, shareQuota: false, redisPort: -1, redisHost: '' }).sharing).toBeUndefined();
		expect(parseKeapCredentials({ apiKey: 'key' }).sharing).toBeUndefined();
	});

	test('defaults', () => {
		expect(parseKeapCredentials(shared).sharing).toEqual({
			host: 'redis.example.com',
			port: 6_379,
			user: '',
			password: '',
			database: 0,
			tls: false,
			keyPrefix: 'n8n-nodes-keap:',
		});
	});

	test.each<[string, unknown, object]>([
		['redisHost', ' 10.0.0.7 ', { host: '10.0.0.7' }],
		['redisHost', '::1', { host: '::1' }],
		['redisHost', 'my_redis', { host: 'my_redis' }],
		['redisPort', '6380', { port: 6_380 }],
		['redisPort', '', { port: 6_379 }],
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
	const settings = { host: 'redis.example.com', port: 6_379, user: 'me', password: 's3cret', database: 0, tls: false, keyPrefix: '' };

	test.each<[string, Error, string]>([
		['wrong password', new Error('WRONGPASS invalid username-password pair or user is disabled.'), 'user or password'],
		['no password', new Error('NOAUTH Authentication required.'), 'user or password'],
		['no permission', new Error("NOPERM this user has no permissions to run the 'evalsha' command"), 'may not run the script'],
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
		expect(text).toContain('in the Keap credential');
		expect(text).not.toContain('s3cret');
	});
});
