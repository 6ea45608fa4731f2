import type { INode, INodeParameters } from 'n8n-workflow';

import { byId, errorText, keapForEachTest, on, writes } from './helpers';

/** n8n's own Retry On Fail: three tries, as fast as it can. */
const RETRIES: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
const MODES: Array<[string, Partial<INode>]> = [
	['stops on errors', RETRIES],
	['continues', { ...RETRIES, onError: 'continueRegularOutput' }],
];

const create = on('contact')('create', { email: 'a@x.example' });

describe("n8n's Retry On Fail, after an answer that leaves open whether a write was carried out,", () => {
	const keap = keapForEachTest();
	const answering = (status: number, body: unknown = '', times = Infinity) =>
		keap().sandbox.fault(
			{ method: 'POST', times },
			{ kind: 'status', status, body: typeof body === 'string' ? body : JSON.stringify(body), headers: { location: '/elsewhere' } },
		);
	const run = async (parameters: INodeParameters, items: object[] = [{}], extra: Partial<INode> = RETRIES) => {
		const result = await keap().run(parameters, items as never, extra);
		const text = extra.onError === undefined ? errorText(result) : JSON.stringify(result.items('Keap'));
		return { sent: writes(keap()).length, text };
	};

	it.each([301, 302, 303, 304, 408, 460, 499].flatMap((status) => MODES.map(([how, extra]) => ({ status, how, extra }))))(
		'sends nothing again: $status, when the node $how',
		async ({ status, extra }) => {
			answering(status);
			expect(await run(create, [{}], extra)).toEqual({ sent: 1, text: expect.stringMatching(/may or may not have been carried out/) });
		},
	);

	it.each([307, 308, 400, 403, 409, 425])('sends it again where it was certainly not: %d', async (status) => {
		answering(status);
		const { sent, text } = await run(create);
		expect(sent).toBe(3);
		expect(text).not.toMatch(/may or may not/);
	});

	it.each(MODES)('sends nothing again after an answer that goes deeper than anything can be read, when it %s', async (_how, extra) => {
		const deep = 20_000;
		answering(200, `{"id":"1","deep":${'['.repeat(deep)}${']'.repeat(deep)}}`);
		const call = on('customApiCall')('call', { method: 'POST', path: '/crm/rest/v2/tags', body: '{"name":"New"}' });
		expect(await run(call, [{}], extra)).toEqual({
			sent: 1,
			text: expect.stringMatching(/more than 100 levels.*look in Keap whether it was carried out before you run/s),
		});
	});

	it.each([
		['email records', on('email')('createMany', { sentToAddress: 'a@x.example' }), { emails: [null], errors: [] }],
		[
			'email records that are refused',
			on('email')('createMany', { sentToAddress: 'a@x.example' }),
			{ emails: [], errors: [null, { email: 7 }] },
		],
		['deal notes', on('dealNote')('createMany', { dealId: '7', body: 'Hi', createdBy: '1' }), { create_note_responses: [null, 'x'] }],
	])('sends no bundle again whose answer has holes: %s', async (_what, parameters, body) => {
		answering(200, body);
		expect(await run(parameters, [{}, {}])).toEqual({ sent: 1, text: expect.stringMatching(/Keap did not say what became of it/) });
	});

	it.each(['Sent, no errors', '1 sent, 0 failed', 'Already sent: error'])('sends no email again of which Keap says: %s', async (said) => {
		answering(200, { results: { 1: said } });
		const send = on('email')('send', { contactIds: '1', userId: byId(9001), subject: 'Hi', htmlContent: '<p>Hi</p>' });
		expect(await run(send)).toEqual({ sent: 1, text: expect.stringMatching(/Keap did not say what became of the contact 1/) });
	});

	it.each([
		['true', 1, /^$/],
		['yes, 3', 1, /does not say whether the contact 1 has achieved a goal/],
		[1, 1, /does not say/],
		['false', 3, /achieved no goal/],
		[false, 3, /achieved no goal/],
	])('starts no automation again of which Keap says: successful %j', async (successful, most, says) => {
		answering(202, { successful });
		const achieve = on('wordPressOptIn')('achieve', { optionKey: byId('newsletter'), contactId: byId(1) });
		expect(await run(achieve)).toEqual({ sent: most, text: expect.stringMatching(says) });
	});
});

describe('A new record that Keap confirms by its status alone, without its ID,', () => {
	const keap = keapForEachTest();
	const confirmed = (path: string) => keap().sandbox.fault({ method: 'POST', path }, { kind: 'empty', status: 204 });
	const V2 = '/crm/rest/v2';

	it.each(MODES)('is not made again for its tags, and no tag goes anywhere else, when the node %s', async (_how, extra) => {
		confirmed(`${V2}/contacts`);
		const result = await keap().run(on('contact')('create', { email: 'a@x.example', tagIds: ['501'] }), [{}], extra);
		expect(errorText(result) + JSON.stringify(result.items('Keap'))).toMatch(
			/is in Keap, but Keap did not say its ID.*Do not create the contact again/,
		);
		expect(keap().newCalls()).toEqual([`POST ${V2}/contacts`]);
	});

	it.each(MODES)('is not made again for its payment plan, when the node %s', async (_how, extra) => {
		confirmed(`${V2}/orders`);
		const order = on('order')('create', {
			contactId: byId(1),
			orderTitle: 'Bread',
			orderTime: '2026-01-05T10:00:00Z',
			orderItems: { entries: [{ productId: byId(1), quantity: 2 }] },
			paymentPlan: { entries: { planStartDate: '2094-02-01', numberOfPayments: '3', daysBetweenPayments: '30' } },
		});
		const result = await keap().run(order, [{}], extra);
		expect(errorText(result) + JSON.stringify(result.items('Keap'))).toMatch(
			/is in Keap, but Keap did not say its ID.*Do not create the order again/,
		);
		expect(writes(keap()).map(({ method }) => method)).toEqual(['POST']);
	});

	it('is looked up for the next item with its email address', async () => {
		confirmed(`${V2}/contacts`);
		await keap().output(on('contact')('upsert', { email: 'a@x.example', givenName: '={{ $json.name }}' }), [{ name: 'A' }, { name: 'B' }]);
		expect(writes(keap()).map(({ method, path }) => `${method} ${path}`)).toEqual([`POST ${V2}/contacts`, `POST ${V2}/contacts`]);
	});
});

describe("n8n's Retry On Fail, after a charge that Keap refuses,", () => {
	const keap = keapForEachTest();
	const charge = on('payment')('create', { orderId: byId(1), paymentAmount: '1', paymentKind: 'charge', paymentMethodId: byId(31) });
	const record = on('payment')('create', { orderId: byId(1), paymentAmount: '1', paymentMethodType: byId('Cash') });
	const invoice = on('subscription')('invoice', { subscriptionId: byId(1) });

	it.each([
		['a card', charge, 400, 1],
		['a card', charge, 402, 1],
		['a card', charge, 409, 1],
		['a card that the key may not charge', charge, 403, 3],
		['an order that is not there yet', charge, 404, 3],
		['due cycles', invoice, 402, 1],
		['money that has come in elsewhere', record, 400, 3],
	])('tries no card again: %s', async (_what, parameters, status, tries) => {
		for (const [, extra] of MODES) {
			keap().sandbox.fault({ method: 'POST', times: Infinity }, { kind: 'status', status });
			await keap().run(parameters, [{}], extra);
			expect(
				keap()
					.newCalls()
					.filter((call) => call.startsWith('POST')),
			).toHaveLength(tries);
			keap().sandbox.clearFaults();
		}
	});
});
