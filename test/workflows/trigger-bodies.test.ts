import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { ActiveWorkflow } from '../support/engine';
import { itemsOf, stageForEachTest } from './trigger-helpers';

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
const objects = [{ id: 1 }, { id: 2 }];
const delivery = { event_key: 'contact.edit', object_type: 'contact', object_keys: objects };

describe('the bodies of calls to the Keap Trigger', () => {
	const stage = stageForEachTest();
	let live: ActiveWorkflow;
	const listen = async (event: string, parameters: INodeParameters = {}) => {
		live = await stage().activate({ events: [event], fetchRecord: false, ...parameters });
	};
	const address = () => [...stage().keap.sandbox.state.hooks.all.values()].at(-1)!.hookUrl;
	/** Sends as somebody would who is less exact than Keap. */
	const send = async (
		body: string | undefined,
		type: string | undefined = JSON_TYPE,
		more: { url?: string; headers?: IDataObject } = {},
	) => {
		const headers = { ...(type !== '' && { 'content-type': type }), ...more.headers } as Record<string, string>;
		// A text of its own would be given a content type.
		const bytes = body === undefined ? undefined : new TextEncoder().encode(body);
		const answer = await fetch(more.url ?? address(), { method: 'POST', body: bytes, headers });
		return { status: answer.status, secret: answer.headers.get('x-hook-secret'), text: await answer.text() };
	};
	const ids = async () => (await itemsOf(live)).map(({ id }) => id);

	it.each<[string, unknown, unknown[]]>([
		['an empty entry in the list', { ...delivery, object_keys: [null, { id: 1 }, null, { id: 2 }] }, ['1', '2']],
		['a single object', { event_key: 'contact.edit', object_key: { id: 1 } }, ['1']],
		['a single object under the usual name', { ...delivery, object_keys: { id: 1 } }, ['1']],
		['a list under the single name', { event_key: 'contact.edit', object_key: objects }, ['1', '2']],
		['a list as JSON text', { event_key: 'contact.edit', object_key: JSON.stringify(objects) }, ['1', '2']],
		['an object as JSON text', { event_key: 'contact.edit', object_keys: JSON.stringify(objects[0]) }, ['1']],
		['objects as JSON texts', { ...delivery, object_keys: objects.map((object) => JSON.stringify(object)) }, ['1', '2']],
		['IDs alone', { ...delivery, object_keys: [1, '2', true, null] }, ['1', '2']],
		['IDs in one text', { ...delivery, object_keys: '1, 2' }, ['1', '2']],
		['one ID', { event_key: 'contact.edit', object_key: 1 }, ['1']],
		['the ID beside the event', { event_key: 'contact.edit', id: 1 }, ['1']],
		['no event: it stands in the address', { object_keys: objects }, ['1', '2']],
		['a bare list', objects, ['1', '2']],
		['names in camel case', { eventKey: 'contact.edit', objectType: 'contact', objectKeys: objects }, ['1', '2']],
		['several deliveries in a list', [delivery, { ...delivery, object_keys: [{ id: 3 }] }], ['1', '2', '3']],
		['the event in capitals, with blanks', { ...delivery, event_key: ' CONTACT.Edit ' }, ['1', '2']],
		[
			'more objects than Keap ever sends',
			{ ...delivery, object_keys: Array.from({ length: 1_001 }, () => ({ id: 1 })) },
			Array(1_001).fill('1'),
		],
	])('are read with %s', async (_what, body, expected) => {
		await listen('contact.edit');
		expect(await send(JSON.stringify(body))).toEqual({ status: 200, secret: null, text: '' });
		expect(await ids()).toEqual(expected);
	});

	it.each<[string, string, string | undefined]>([
		['no content type', JSON.stringify(delivery), ''],
		['text/plain', JSON.stringify(delivery), 'text/plain'],
		['another JSON type', JSON.stringify(delivery), 'application/vnd.keap+json; charset=utf-8'],
		['the content type of a form', JSON.stringify({ ...delivery, note: 'a=b&c' }), FORM_TYPE],
		['a byte order mark', `\uFEFF${JSON.stringify(delivery)}`, 'text/plain'],
		['JSON text in JSON text', JSON.stringify(JSON.stringify(delivery)), 'text/plain'],
		['a form', new URLSearchParams({ event_key: 'contact.edit', object_keys: JSON.stringify(objects) }).toString(), FORM_TYPE],
		['a form with brackets', 'event_key=contact.edit&object_keys[0][id]=1&object_keys[1][id]=2', FORM_TYPE],
		['a form with a repeated name', 'event_key=contact.edit&object_keys=1&object_keys=2', FORM_TYPE],
		['a form that says so nowhere', 'event_key=contact.edit&object_keys[][id]=1&object_keys[][id]=2', ''],
	])('are read under %s', async (_what, body, type) => {
		await listen('contact.edit');
		expect((await send(body, type)).status).toBe(200);
		expect(await ids()).toEqual(['1', '2']);
	});

	it.each<[string, string, string]>([
		['as an object', `{"event_key":"contact.edit","object_keys":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, JSON_TYPE],
		['under another content type', `{"event_key":"contact.edit","a":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`, 'text/plain'],
		['as a list', `${'['.repeat(50_000)}1${']'.repeat(50_000)}`, JSON_TYPE],
		['in a text', JSON.stringify({ event_key: 'contact.edit', object_keys: `${'['.repeat(50_000)}1${']'.repeat(50_000)}` }), JSON_TYPE],
	])('are reported, with 200, when they are nested 50,000 levels deep: %s', async (_how, body, type) => {
		await listen('contact.edit');
		expect((await send(body, type)).status).toBe(200);
		await expect(itemsOf(live)).rejects.toThrow(/could not be read/);
	});

	it('are read in the old form of tag events', async () => {
		await listen('contactGroup.applied');
		await send(JSON.stringify({ event_key: 'contactGroup.applied', object_key: JSON.stringify([{ tagId: 7, applied: [1, 2] }]) }));
		expect((await itemsOf(live)).map(({ tag_id: tag, contact_id: contact }) => [tag, contact])).toEqual([
			['7', '1'],
			['7', '2'],
		]);
	});

	it.each<[string, object]>([
		['one list that is empty beside another', { applied: [], contact_ids: [1, 2] }],
		['empty places among them', { contact_details: [null, { id: 1 }, { contact: { id: 2 } }] }],
		['JSON text', { contact_details: '[{"id":1},{"id":2}]' }],
	])('name the contacts that got a tag in %s', async (_what, contacts) => {
		await listen('contactGroup.applied');
		await send(JSON.stringify({ event_key: 'contactGroup.applied', object_keys: [{ tag_id: 7, ...contacts }] }));
		expect((await itemsOf(live)).map(({ contact_id: contact }) => contact)).toEqual(['1', '2']);
	});

	it('name the only contact that got a tag by itself', async () => {
		await listen('contactGroup.applied');
		await send(JSON.stringify({ event_key: 'contactGroup.applied', object_keys: [{ tag_id: 7, contact_details: { id: 1 } }] }));
		expect((await itemsOf(live)).map(({ contact_id: contact }) => contact)).toEqual(['1']);
	});

	it('are passed on as they came, read, where deliveries are wanted so', async () => {
		await listen('contact.edit', { items: 'deliveries' });
		await send(JSON.stringify(delivery), 'text/plain');
		await send(JSON.stringify([{ id: 3 }]), 'text/plain');
		expect(await itemsOf(live)).toEqual([delivery, { event_key: 'contact.edit', object_type: 'contact', object_keys: [{ id: 3 }] }]);
	});

	it.each<[string, string, string]>([
		['a text that is none of it', 'down for maintenance', 'text/plain'],
		['half of it', JSON.stringify(delivery).slice(0, 40), ''],
		['a form that reaches for prototypes', 'event_key=contact.edit&__proto__[id]=1', FORM_TYPE],
		['a number', '7', 'text/plain'],
		['the ID under another name', JSON.stringify({ event_key: 'contact.edit', object_keys: [], contact: { number: 7 } }), JSON_TYPE],
		['JSON of another kind', JSON.stringify({ event: 'contact.edit', changed: [7] }), JSON_TYPE],
	])('that cannot be read get an answer that keeps the hook, and an execution that says so: %s', async (_what, body, type) => {
		await listen('contact.edit');
		expect(await send(body, type)).toEqual({ status: 200, secret: null, text: '' });
		const { status, error } = await live.executions[0]!;
		expect([status, error?.message]).toEqual(['error', 'A delivery came in that could not be read']);
	});

	it.each<[string, string | undefined]>([
		['nothing', undefined],
		['an empty object', '{}'],
		['a list of nothing', JSON.stringify({ ...delivery, object_keys: [null] })],
		['an event alone', JSON.stringify({ event_key: 'contact.edit', object_type: 'contact' })],
	])('with %s in them start nothing, and keep the hook', async (_what, body) => {
		await listen('contact.edit');
		expect(await send(body)).toEqual({ status: 200, secret: null, text: '' });
		expect(live.executions).toEqual([]);
	});

	describe('that are handshakes', () => {
		beforeEach(async () => await listen('contact.edit'));
		const echo = (key: string) => ({ status: 200, secret: key, text: JSON.stringify({ verification_key: key }) });

		it('are answered by header', async () => {
			expect(await send(undefined, '', { headers: { 'X-HOOK-SECRET': 'abc' } })).toEqual({ status: 200, secret: 'abc', text: '' });
		});

		it.each([JSON_TYPE, 'text/plain', ''])('are answered by the key in the body, under "%s"', async (type) => {
			expect(await send(JSON.stringify({ verification_key: 'k-1' }), type)).toEqual(echo('k-1'));
		});

		it('are answered by the key in a form and in the address', async () => {
			expect(await send('verification_key=k-2', FORM_TYPE)).toEqual(echo('k-2'));
			expect(await send(undefined, '', { url: `${address()}&verification_key=k-3` })).toEqual(echo('k-3'));
		});

		it('are answered by both where both come', async () => {
			const answer = await send(JSON.stringify({ verification_key: 'k-1' }), JSON_TYPE, { headers: { 'X-Hook-Secret': 'abc' } });
			expect(answer).toEqual({ ...echo('k-1'), secret: 'abc' });
			expect(live.executions).toEqual([]);
		});

		it('are not answered to a caller without the token, and not with what no header can hold', async () => {
			const strange = address().replace(/token=[\w-]+/, `token=${'x'.repeat(32)}`);
			expect(await send(JSON.stringify({ verification_key: 'k' }), JSON_TYPE, { url: strange })).toMatchObject({
				status: 404,
				secret: null,
			});
			expect(await send(JSON.stringify({ verification_key: 'a\r\nb: c' }))).toEqual({ status: 200, secret: null, text: '' });
		});

		it('come beside a delivery, which is passed on', async () => {
			const answer = await send(JSON.stringify({ ...delivery, verification_key: 'k' }));
			expect(answer).toMatchObject({ status: 200, secret: 'k' });
			expect(await ids()).toEqual(['1', '2']);
		});
	});
});
