import { readEnvelope } from '../../nodes/shared/transport/errors/envelope';
import { redactor } from '../../nodes/shared/transport/errors/redact';
import { HttpFailure } from '../../nodes/shared/transport/http/httpFailure';
import { readQuotaHeaders } from '../../nodes/shared/throttle/quota/quotaHeaders';
import { retryAfterMs, whyRefused } from '../../nodes/shared/throttle/quota/refusal';
import { Backoff } from '../../nodes/shared/throttle/backoff';

const minute = (headers: Record<string, string>) =>
	readQuotaHeaders(Object.fromEntries(Object.entries(headers).map(([name, value]) => [`x-keap-product-throttle-${name}`, value])))?.minute;

describe('quota headers', () => {
	test('as Keap sends them', () => {
		expect(
			readQuotaHeaders({
				'x-keap-product-quota-limit': '15000',
				'x-keap-product-quota-time-unit': 'day',
				'x-keap-product-quota-interval': '1',
				'x-keap-product-quota-available': '14990',
				'x-keap-product-quota-used': '10',
				'x-keap-product-quota-expiry-time': '1768521600000',
				'x-keap-product-throttle-limit': '120',
				'x-keap-product-throttle-time-unit': 'minute',
				'x-keap-product-throttle-interval': '1',
				'x-keap-product-throttle-available': '119',
				'x-keap-product-throttle-used': '1',
				'x-keap-product-spike-limit': '',
				'x-keap-tenant-throttle-limit': '10000|250000',
				'x-keap-tenant-throttle-available': '9999|249999',
			}),
		).toEqual({
			minute: { limit: 120, available: 119 },
			day: { limit: 15_000, available: 14_990, resetsAt: 1_768_521_600_000 },
		});
	});

	test('a lone zero for the day is unknown: it would close the key until midnight', () => {
		expect(readQuotaHeaders({ 'x-keap-product-quota-available': '0' })).toBeUndefined();
		const counted = { 'x-keap-product-quota-available': '0', 'x-keap-product-quota-used': '15000' };
		expect(readQuotaHeaders(counted)).toEqual({ day: { available: 0 } });
		expect(readQuotaHeaders({ 'x-keap-product-quota-available': '0', 'x-keap-product-quota-limit': '15000' })?.day?.available).toBe(0);
	});

	test.each<[string, Record<string, string>, unknown]>([
		['absent', {}, undefined],
		['empty', { limit: '', available: '', used: '' }, undefined],
		['joined', { limit: '|', available: '9|9' }, undefined],
		['negative', { available: '-1' }, undefined],
		['text', { available: 'NaN' }, undefined],
		['absurd', { available: '12345678901' }, undefined],
		['no limit at all', { limit: '0', available: '5' }, { available: 5 }],
		['of another unit', { 'time-unit': 'hour', available: '5' }, undefined],
		['of another interval', { interval: '5', available: '5' }, undefined],
		['zero is a number', { available: '0' }, { available: 0 }],
		['what is left from the rest', { limit: '120', used: '130' }, { limit: 120, available: 0 }],
		['contradicting itself', { limit: '120', used: '3', available: '0' }, { limit: 120 }],
	])('%s', (_name, headers, expected) => {
		expect(minute(headers)).toEqual(expected);
	});
});

test.each<[string, ReturnType<typeof readQuotaHeaders>, string, string]>([
	['nothing left of the day', { day: { available: 0 }, minute: { available: 3 } }, '', 'day'],
	['the body speaks of the day', undefined, '{"message":"Daily quota exceeded"}', 'day'],
	['Apigee names the spike', { minute: { available: 0 } }, 'policies.ratelimit.SpikeArrestViolation', 'second'],
	['nothing left of the minute', { minute: { available: 0 } }, '', 'minute'],
	['something left of the minute', { minute: { available: 5 } }, '{"message":"Quota Exceeded"}', 'second'],
	['Apigee names the quota', undefined, 'policies.ratelimit.QuotaViolation', 'minute'],
	[
		'words of a day whose headers say that much is left',
		{ day: { available: 14_000 } },
		'Try again: 5 per second, 15000 per day',
		'unknown',
	],
	['the same with a minute that is left', { day: { available: 14_000 }, minute: { available: 9 } }, '15000 per day', 'second'],
	['the same with none of the minute left', { minute: { available: 0 } }, '120 per minute, 15000 per day', 'minute'],
	['a spike beside words of a day', undefined, '{"errorcode":"policies.ratelimit.SpikeArrestViolation","m":"per day"}', 'second'],
	['none of the day left beside a spike', { day: { available: 0 } }, 'SpikeArrestViolation', 'day'],
	['a word that only begins like day', undefined, 'per daylight', 'unknown'],
	['words far behind the beginning', undefined, `${' '.repeat(10_000)}daily`, 'unknown'],
	['nothing said', undefined, '', 'unknown'],
])('429, %s', (_name, quota, text, expected) => {
	expect(whyRefused(quota, text)).toBe(expected);
});

test.each<[string, string, string | undefined, number | undefined]>([
	['seconds', '30', undefined, 30_000],
	['parts of a second', '1.5', undefined, 1_500],
	['a date', 'Thu, 15 Jan 2026 12:00:10 GMT', undefined, 10_000],
	['a date by a clock that is an hour ahead', 'Thu, 15 Jan 2026 13:00:10 GMT', 'Thu, 15 Jan 2026 13:00:00 GMT', 10_000],
	['a date in the past', 'Thu, 15 Jan 2026 11:59:10 GMT', undefined, undefined],
	['none', '', undefined, undefined],
	['zero', '0', undefined, undefined],
	['less than nothing', '-5', undefined, undefined],
	['a word', 'soon', undefined, undefined],
	['a year of seconds', '31536000', undefined, 600_000],
])('Retry-After: %s', (_name, said, date, expected) => {
	const headers: Record<string, string> = { 'retry-after': said, ...(date !== undefined && { date }) };
	expect(retryAfterMs(headers, Date.UTC(2026, 0, 15, 12))).toBe(expected);
});

test('pauses grow with refusals in a row; calls under way when one begins do not lengthen it', () => {
	const backoff = new Backoff();
	expect(backoff.refused('unknown', 0, 100)).toBe(1_000);
	expect(backoff.refused('unknown', 50, 150)).toBe(0);
	expect([1, 2, 3, 4, 5].map((step) => backoff.refused('unknown', step * 100_000, step * 100_000 + 1))).toEqual([
		2_000, 4_000, 8_000, 15_000, 15_000,
	]);
	backoff.passed(50);
	expect(backoff.refused('minute', 600_000, 600_001)).toBe(15_000);
	backoff.passed(700_000);
	expect(backoff.refused('minute', 800_000, 800_001)).toBe(5_000);
});

describe('error bodies', () => {
	test.each<[string, string, ReturnType<typeof readEnvelope>]>([
		[
			'gateway',
			'{"fault":{"faultstring":"Rate limit quota violation","detail":{"errorcode":"policies.ratelimit.QuotaViolation"}}}',
			{ source: 'gateway', message: 'Rate limit quota violation', details: ['policies.ratelimit.QuotaViolation'] },
		],
		[
			'v2',
			'{"code":400,"message":"Bad","status":"INVALID","details":[{"domain":"contact","resource":"email"},{"domain":"contact","resource":"email"},null,{}]}',
			{ source: 'v2', message: 'Bad', details: ['contact: email'] },
		],
		[
			'v2 without details',
			'{"code":"429","message":"Quota Exceeded","status":"x","details":null}',
			{ source: 'v2', message: 'Quota Exceeded', details: [] },
		],
		['v1', '{"message":"No such contact"}', { source: 'v1', message: 'No such contact', details: [] }],
		[
			'v1 with a stack in the message',
			'{"message":"java.lang.RuntimeException: Broken\\n\\tat com.keap.A.b(A.java:1)\\n\\tat com.keap.C$1.<init>(C.java:2)\\nCaused by: java.io.IOException: x\\n\\t... 12 more","stackTrace":[{}]}',
			{ source: 'v1', message: 'Broken', details: [] },
		],
		[
			'HTML',
			'<!DOCTYPE html><html><head><title> Down for\n maintenance </title></head></html>',
			{ source: 'html', message: 'Down for maintenance', details: [] },
		],
		['empty', ' \n', { source: 'empty', message: '', details: [] }],
		['cut off', '{"code":400,"message":"Ba', { source: 'unreadable', message: '{"code":400,"message":"Ba', details: [] }],
		['a number', '7', { source: 'unreadable', message: '7', details: [] }],
		['unknown', '{"odd":true}', { source: 'v1', message: '', details: [] }],
	])('%s', (_name, text, expected) => {
		expect(readEnvelope(text)).toEqual(expected);
	});

	test('are bounded', () => {
		expect(readEnvelope(JSON.stringify({ message: 'x'.repeat(5_000) })).message.length).toBeLessThan(510);
		const details = Array.from({ length: 40 }, (_, index) => ({ resource: `field${index}` }));
		expect(readEnvelope(JSON.stringify({ code: 1, details })).details).toHaveLength(11);
	});
});

test('the key is taken out in every form; a tiny one would tear up words', () => {
	const clean = redactor('k+/=key0');
	expect(clean(`a k+/=key0 b ${encodeURIComponent('k+/=key0')} c ${Buffer.from('k+/=key0').toString('base64')}`)).toBe('a *** b *** c ***');
	expect(redactor('a')('banana')).toBe('banana');
});

test.each<[string, { code?: string; message?: string }, boolean, number | undefined, string]>([
	['unknown host', { code: 'ENOTFOUND' }, false, undefined, 'dns'],
	['resolver away', { code: 'EAI_AGAIN' }, false, undefined, 'dns'],
	['refused', { code: 'ECONNREFUSED' }, false, undefined, 'refused'],
	['slow connect', { code: 'UND_ERR_CONNECT_TIMEOUT' }, false, undefined, 'connectTimeout'],
	['socket timed out under way', { code: 'ETIMEDOUT' }, true, undefined, 'reset'],
	['self-signed', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }, false, undefined, 'tls'],
	['expired', { code: 'CERT_HAS_EXPIRED' }, false, undefined, 'tls'],
	['plain port', { code: 'ERR_SSL_WRONG_VERSION_NUMBER' }, false, undefined, 'tls'],
	['tunnel refused', { code: 'UND_ERR_ABORTED', message: 'Proxy response (407) !== 200 when HTTP Tunneling' }, false, undefined, 'proxy'],
	['other side closed', { code: 'UND_ERR_SOCKET' }, true, undefined, 'reset'],
	['closed within the answer', { code: 'UND_ERR_SOCKET' }, true, 200, 'cut'],
	['unheard of', { code: 'EWHAT' }, true, undefined, 'other'],
])('failure: %s', (_name, facts, sent, status, kind) => {
	const error = Object.assign(new Error(facts.message ?? 'x'), facts);
	expect(HttpFailure.from(error, { sent, status }).facts).toMatchObject({ kind, sent });
});

test('a failure without an own code is known by its first cause', () => {
	const inner = Object.assign(new Error('connect ECONNREFUSED ::1:443'), { code: 'ECONNREFUSED' });
	expect(HttpFailure.from(new AggregateError([inner]), { sent: false }).facts.kind).toBe('refused');
	expect(HttpFailure.of('text').facts).toMatchObject({ kind: 'other', sent: true });
});
