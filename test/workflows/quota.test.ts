import { beginAtNoon, MIDNIGHT_AFTER } from '../support/noon';
import { byId, keapForEachTest, on, times } from './helpers';

const get = on('quota')('get');
const askAgain = on('quota')('get', { options: { maxAge: 0 } });
const PROBE = 'GET /crm/rest/v1/setting/application/enabled';
const readContact = on('contact')('get', { contactId: byId(1), output: 'raw' });

describe('quota', () => {
	beginAtNoon();
	const keap = keapForEachTest({ limits: { perSecond: 1_000, perMinute: 120, perDay: 15_000 }, now: () => Date.now() });

	it('spends one call when nothing is known, for all items together', async () => {
		const output = await keap().output(get, [{}, {}, {}]);
		expect(keap().newCalls()).toEqual([PROBE]);
		expect(output).toHaveLength(3);
		expect(output[0]).toMatchObject({
			minute: { limit: 120, used: 1, available: 119 },
			day: { limit: 15_000, used: 1, available: 14_999 },
			source: 'headers',
			paused_until: null,
			waiting: 0,
			in_flight: 0,
		});
	});

	it('spends none when an answer has named it lately', async () => {
		const asked = Date.now();
		await keap().output(readContact);
		const answered = Date.now();
		const [quota] = await keap().output(get);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/contacts/1']);
		expect(quota).toMatchObject({ minute: { available: 119 }, day: { available: 14_999 } });
		const asOf = Date.parse(String(quota?.as_of));
		expect(asOf).toBeGreaterThanOrEqual(asked);
		expect(asOf).toBeLessThanOrEqual(answered);
		expect(quota).toMatchObject({ day: { resets_at: MIDNIGHT_AFTER } });
	});

	it('sees what other programs spend with the key as soon as Keap reports it', async () => {
		await keap().output(readContact);
		keap().sandbox.spendElsewhere(40);
		expect(await keap().output(get)).toMatchObject([{ minute: { available: 119 } }]);
		expect(await keap().output(askAgain)).toMatchObject([{ minute: { used: 42, available: 78 }, day: { used: 42, available: 14_958 } }]);
		expect(keap().newCalls()).toEqual(['GET /crm/rest/v2/contacts/1', PROBE]);
	});

	it('asks for each item when no age is accepted', async () => {
		const output = await keap().output(askAgain, [{}, {}]);
		expect(keap().newCalls()).toEqual(times(2, PROBE));
		expect(output).toMatchObject([{ minute: { used: 1 } }, { minute: { used: 2 } }]);
	});
});

describe('quota without headers', () => {
	beginAtNoon();
	const keap = keapForEachTest({ headers: false, now: () => Date.now() });

	it('falls back on its own count and says so', async () => {
		keap().setCredential({ requestsPerMinute: 120, requestsPerDay: 15_000 });
		await keap().output(readContact);
		expect(await keap().output(get)).toMatchObject([
			{ source: 'own_count', as_of: null, minute: { limit: 120, used: 2 }, day: { limit: 15_000, used: 2 } },
		]);
	});
});
