import { isKeapHost, parseBaseUrl, parseKeapCredentials } from '../../nodes/shared/transport';
import { buildPath, buildQuery } from '../../nodes/shared/transport/message/path';

describe('base URL', () => {
	test.each([
		['https://api.infusionsoft.com', 'https://api.infusionsoft.com'],
		[' https://API.keap.com/ ', 'https://api.keap.com'],
		['https://api.infusionsoft.com/crm/rest/v2/', 'https://api.infusionsoft.com'],
		['https://api.infusionsoft.com/crm/rest', 'https://api.infusionsoft.com'],
		['http://127.0.0.1:8080///', 'http://127.0.0.1:8080'],
		['http://[::1]:8080', 'http://[::1]:8080'],
		['http://localhost:8080', 'http://localhost:8080'],
		['http://2130706433:8080', 'http://127.0.0.1:8080'],
	])('%s is %s', (text, origin) => {
		expect(parseBaseUrl(text).origin).toBe(origin);
	});

	test.each([
		['', 'not a URL'],
		['api.infusionsoft.com', 'not a URL'],
		['ftp://api.infusionsoft.com', 'does not begin with https://'],
		['javascript:alert(1)', 'does not begin with https://'],
		['https://me:s3cret@api.infusionsoft.com', 'contains a user name or password'],
		['https://api.infusionsoft.com?a=1', 'has a query'],
		['https://api.infusionsoft.com#', 'has a query or fragment'],
		['https://api.infusionsoft.com/other', 'has a path (/other)'],
		['http://api.infusionsoft.com', 'without TLS'],
		['https://api.keap.com:8443', 'unusual port'],
		['http://gateway.example', 'begins with http://, which would send the key unencrypted'],
		['http://10.0.0.5:8080', 'unencrypted'],
		['http://127.0.0.1.example.com', 'unencrypted'],
		['http://localhost.example.com', 'unencrypted'],
		['http://[::ffff:10.0.0.5]', 'unencrypted'],
		['http://0.0.0.0:8080', 'unencrypted'],
	])('%s is refused: %s', (text, why) => {
		expect(() => parseBaseUrl(text)).toThrow(why);
		expect(() => parseBaseUrl(text)).toThrow('https://api.infusionsoft.com');
		expect(() => parseBaseUrl(text)).not.toThrow('s3cret');
	});

	test.each([
		['https://api.infusionsoft.com/crm/rest/v1/x', true],
		['https://api.keap.com/x', true],
		['http://api.keap.com/x', false],
		['https://api.keap.com:444/x', false],
		['https://api.keap.com.example.com/', false],
		['https://evil.example/api.keap.com', false],
		['http://localhost:5000/x', true],
		['http://localhost:5001/x', false],
		['https://localhost:5000/x', false],
	])('%s may be sent the key: %s', (url, expected) => {
		expect(isKeapHost(new URL(url), new URL('http://localhost:5000'))).toBe(expected);
	});
});

describe('credential', () => {
	test('defaults', () => {
		expect(parseKeapCredentials({ apiKey: ' key\n' })).toEqual({
			apiKey: 'key',
			origin: 'https://api.infusionsoft.com',
			host: 'https://api.infusionsoft.com',
			keyName: expect.stringMatching(/^[0-9a-f]{64}$/),
			limits: { perSecond: 5, perMinute: 120, perDay: 15_000, dailyQuotaAction: 'fail', fromKeap: true },
			agents: { may: 'write', mostChanged: 25, mostInAnswer: 100, mostCalls: Infinity, longestWait: 30_000 },
		});
	});

	test('what AI agents may do is read, and a field that is none is named', () => {
		const { agents } = parseKeapCredentials({
			apiKey: 'k',
			agentsMay: 'all',
			agentsMostCalls: '40',
			agentsLongestWait: 0,
			agentsMostRecords: 3.9,
		});
		expect(agents).toEqual({ may: 'all', mostChanged: 3, mostInAnswer: 100, mostCalls: 40, longestWait: 0 });
		expect(() => parseKeapCredentials({ apiKey: 'k', agentsMay: 'everything' })).toThrow(/AI Agents May .* "read", "write" or "all"/);
		expect(() => parseKeapCredentials({ apiKey: 'k', agentsMostRecords: 0 })).toThrow(/Most Records per Call .* number of 1 or more/);
		expect(() => parseKeapCredentials({ apiKey: 'k', agentsLongestWait: 'long' })).toThrow(/Longest Wait .* number of 0 or more/);
	});

	test('what stands behind Advanced Settings counts only when the switch is on, or where there is none', () => {
		const hidden = { baseUrl: 'http://127.0.0.1:1', limits: 'fixed', requestsPerDay: 7, dailyQuotaAction: 'wait' };
		const read = (advancedSettings?: unknown) => {
			const { origin, limits } = parseKeapCredentials({
				apiKey: 'key',
				...hidden,
				...(advancedSettings !== undefined && { advancedSettings }),
			});
			return [origin, limits.perDay, limits.dailyQuotaAction];
		};
		for (const on of [undefined, true, 'true']) expect(read(on)).toEqual(['http://127.0.0.1:1', 7, 'wait']);
		for (const off of [false, 'false', '']) expect(read(off)).toEqual(['https://api.infusionsoft.com', 15_000, 'fail']);
	});

	test.each<[string, unknown, unknown]>([
		['requestsPerSecond', 0.5, 0.5],
		['requestsPerSecond', '10', 10],
		['requestsPerSecond', '', 5],
		['requestsPerMinute', 119.9, 119],
		['requestsPerMinute', 1_000_000_000, 1_000_000_000],
		['requestsPerDay', ' 30000 ', 30_000],
	])('%s %p counts as %p', (field, value, expected) => {
		expect(Object.values(parseKeapCredentials({ apiKey: 'key', [field]: value }).limits)).toContain(expected);
	});

	test.each<[string, unknown, string]>([
		['requestsPerSecond', 0, 'Requests per Second'],
		['requestsPerSecond', -1, 'Requests per Second'],
		['requestsPerSecond', NaN, 'Requests per Second'],
		['requestsPerMinute', 0.5, 'Requests per Minute'],
		['requestsPerMinute', '120 calls', 'Requests per Minute of the Keap credential (120 calls)'],
		['requestsPerMinute', Infinity, 'Requests per Minute'],
		['requestsPerDay', {}, 'Requests per Day'],
		['requestsPerDay', true, 'Requests per Day'],
		['dailyQuotaAction', 'retry', 'When the Daily Quota Is Used Up'],
		['baseUrl', 'nonsense', 'Base URL'],
		['apiKey', '', 'no API Key'],
		['apiKey', undefined, 'no API Key'],
		['apiKey', 'ab\ncd', 'spaces, line breaks'],
		['apiKey', 'kéy', 'spaces, line breaks'],
	])('%s %p is refused and named', (field, value, message) => {
		expect(() => parseKeapCredentials({ apiKey: 'key', [field]: value })).toThrow(message);
	});
});

describe('path and query', () => {
	test.each<[string, Record<string, string | number>, string]>([
		['/crm/rest/v2/contacts', {}, '/crm/rest/v2/contacts'],
		['/crm/rest/v2/contacts/{contact_id}/links', { contact_id: 7 }, '/crm/rest/v2/contacts/7/links'],
		['/crm/rest/v2/tags/{id}/contacts:applyTags', { id: 'a:b?c#d%2f' }, '/crm/rest/v2/tags/a%3Ab%3Fc%23d%252f/contacts:applyTags'],
		['/crm/rest/v1/x/{a}/{b}', { a: '...', b: 'ü' }, '/crm/rest/v1/x/.../%C3%BC'],
	])('%s with %j is %s', (template, values, expected) => {
		expect(buildPath(template, values)).toBe(expected);
	});

	test.each<[string, Record<string, string | number>, string]>([
		['/crm/rest/v2/contacts/{contact_id}', {}, 'contact_id'],
		['/crm/rest/v2/contacts/{contact_id}', { contact_id: 'a/b' }, 'contact_id'],
		['/crm/rest/v2/contacts/{contact_id}', { contact_id: 'a\\b' }, 'contact_id'],
		['/crm/rest/v2/contacts/{contact_id}', { contact_id: '.' }, 'contact_id'],
		['/crm/rest/v2/contacts/{contact_id}', { contact_id: 'a\u0000' }, 'contact_id'],
		['/oauth/token', {}, 'begin with /crm/rest/'],
		['https://evil.example/crm/rest/', {}, 'begin with /crm/rest/'],
		['//evil.example/crm/rest/', {}, 'begin with /crm/rest/'],
		['/crm/rest/../../oauth', {}, 'characters or segments'],
		['/crm/rest/v2/%2e%2e/x', {}, 'characters or segments'],
		['/crm/rest/v2/%2E./x', {}, 'characters or segments'],
		['/crm/rest/v2/a%2Fb', {}, 'characters or segments'],
		['/crm/rest/v2/a%5cb', {}, 'characters or segments'],
		['/crm/rest/v2//x', {}, 'characters or segments'],
		['/crm/rest/v2/x?page=1', {}, 'Put the query into its own field'],
		['/crm/rest/v2/x#y', {}, 'characters or segments'],
		['/crm/rest/v2/a b', {}, 'characters or segments'],
		['/crm/rest/v2/a\r\nHost: x', {}, 'characters or segments'],
		['/crm/rest/v2/%zz', {}, 'characters or segments'],
		['/crm/rest/v2/{', {}, 'characters or segments'],
	])('%s with %j is refused', (template, values, message) => {
		expect(() => buildPath(template, values)).toThrow(message);
	});

	test.each([
		[{}, ''],
		[{ a: undefined, b: [] }, ''],
		[{ filter: 'given_name==A B;ids==1,2' }, '?filter=given_name%3D%3DA%20B%3Bids%3D%3D1%2C2'],
		[{ a: '', b: 0, c: false, d: ['x', 1] }, '?a=&b=0&c=false&d=x%2C1'],
	])('query %j is %s', (query, expected) => {
		expect(buildQuery(query)).toBe(expected);
	});
});
