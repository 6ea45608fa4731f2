import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { byId, errorText, keapForEachTest, on, onlyBody } from './helpers';
import { itemsOf as deliveredTo, stageForEachTest } from './trigger-helpers';

/** Names that every object of JavaScript has, or that change what it is: to Keap and its users they are words like any other. */
const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
const V2 = '/crm/rest/v2';

/** An object as JSON makes it, with `__proto__` a name like any other. */
const parsed = (pairs: Array<[string, unknown]>): IDataObject =>
	JSON.parse(`{${pairs.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`) as IDataObject;

describe('names that every object has', () => {
	const keap = keapForEachTest();
	const answering = (path: string, body: unknown) =>
		keap().sandbox.fault(
			{ path, times: Infinity },
			{ kind: 'status', status: 200, body: typeof body === 'string' ? body : JSON.stringify(body) },
		);

	it.each(NAMES)('%s goes into the query of a custom API call, from its path and from its own field', async (name) => {
		answering(`${V2}/tags`, '{"tags":[]}');
		const call = (parameters: INodeParameters) => on('customApiCall')('call', { method: 'GET', ...parameters });
		await keap().output(call({ path: `${V2}/tags?${name}=1&page_size=2` }));
		await keap().output(call({ path: `${V2}/tags?${name}=1&${name}=2` }));
		await keap().output(call({ path: `${V2}/tags`, query: `{"${name}":"3","page_size":4}` }));
		expect(keap().sandbox.calls.map(({ rawQuery }) => rawQuery)).toEqual([
			`${name}=1&page_size=2`,
			`${name}=1&${name}=2`,
			`${name}=3&page_size=4`,
		]);
	});

	it.each(NAMES)('%s in the body of a custom API call is sent, and comes back', async (name) => {
		answering(`${V2}/tags`, `{"${name}":{"a":1},"id":"5"}`);
		const call = on('customApiCall')('call', { method: 'POST', path: `${V2}/tags`, body: `{"${name}":{"a":1}}` });
		const [item] = await keap().output(call);
		expect(JSON.stringify(onlyBody(keap()))).toBe(`{"${name}":{"a":1}}`);
		expect(Object.keys(item ?? {})).toEqual([name, 'id']);
	});

	it('are labels of custom fields: read, and taken from an item', async () => {
		const fields = NAMES.map((label, index) => ({ id: String(71 + index), label, field_name: label, field_type: label, options: [] }));
		answering(`${V2}/contacts/model`, { custom_fields: fields });
		const content = fields.map(({ id, label }) => ({ id, content: `of ${label}` }));
		keap().sandbox.state.contacts.get('1')!.custom_fields = content as never;
		const [contact] = await keap().output(on('contact')('get', { contactId: byId(1) }));
		expect(Object.entries(contact?.custom_fields as object)).toEqual(NAMES.map((label) => [label, `of ${label}`]));

		answering(`${V2}/contacts/1`, { id: '1' });
		const columns = parsed(NAMES.map((label) => [label, `new ${label}`]));
		const auto = { setCustomFields: true, customFields: { mappingMode: 'autoMapInputData', value: null } };
		await keap().output(on('contact')('update', { contactId: byId(1), ...auto } as INodeParameters), [columns]);
		const written = keap().sandbox.calls.filter(({ method }) => method === 'PATCH');
		expect((written[0]?.body as IDataObject).custom_fields).toEqual(fields.map(({ id, label }) => ({ id, content: `new ${label}` })));
	});

	it('are columns of a report', async () => {
		const columns = NAMES.map((name) => ({ field_name: name, value: `of ${name}` }));
		answering(`${V2}/reporting/reports/1:run`, { results: [{ columns }] });
		const [row] = await keap().output({ resource: 'report', operation: 'run', reportId: byId(1) }, [{}], {
			type: 'n8n-nodes-keap.keapAdmin',
		});
		expect(Object.entries(row ?? {})).toEqual(NAMES.map((name) => [name, `of ${name}`]));
	});

	it('are no names of files', async () => {
		for (const name of NAMES) {
			const upload = on('file')('upload', { inputDataFieldName: name, fileAssociation: 'COMPANY' });
			expect(errorText(await keap().run(upload))).toMatch(/no file there/);
		}
		expect(keap().sandbox.calls).toHaveLength(0);
	});
});

describe('names that every object has, in a delivery', () => {
	const stage = stageForEachTest();

	it.each(NAMES)('%s in a form starts an execution, whatever n8n makes of it', async (name) => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		const address = [...stage().keap.sandbox.state.hooks.all.values()].at(-1)!.hookUrl;
		const body = `event_key=contact.edit&object_keys[0][id]=7&object_keys[0][${name}]=x`;
		const answer = await fetch(address, { method: 'POST', body, headers: { 'content-type': 'text/plain' } });
		expect(answer.status).toBe(200);
		const items = await deliveredTo(live).catch((error: Error) => error.message);
		if (typeof items === 'string') expect(items).toMatch(/could not be read/);
		else expect(items).toEqual([expect.objectContaining({ id: '7', [name]: 'x' })]);
	});

	it.each(NAMES)('%s in JSON is passed on', async (name) => {
		const live = await stage().activate({ events: ['contact.edit'], fetchRecord: false });
		await stage().deliver('contact.edit', `{"event_key":"contact.edit","object_keys":[{"id":7,"${name}":"x"}]}`);
		const [item] = await deliveredTo(live);
		expect(item).toMatchObject({ id: '7', event_key: 'contact.edit' });
	});
});
