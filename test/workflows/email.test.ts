import type { INodeExecutionData } from 'n8n-workflow';

import { KEAP_NODE, keapNode, workflow } from '../support/engine';
import { byId, errorsOf, errorText, itemsOf, keapForEachTest, on, onlyBody, times, writes } from './helpers';

const email = on('email');
const EMAILS = '/crm/rest/v2/emails';
const SEND = `POST ${EMAILS}:send`;
const base64 = (text: string) => Buffer.from(text).toString('base64');
const message = { contactIds: '={{ $json.id ?? 1 }}', subject: 'Hello', htmlContent: '<p>Grüße</p>', userId: byId(9001) };

describe('email: send', () => {
	const keap = keapForEachTest();

	it('sends HTML and text, each in Base64, from a user', async () => {
		const [answer] = await keap().output(
			email('send', { ...message, contactIds: '1, 2', additionalFields: { plainContent: 'Hi', addressField: 'EmailAddress2' } }),
		);
		expect(keap().newCalls()).toEqual([SEND]);
		expect(onlyBody(keap())).toEqual({
			contacts: ['1', '2'],
			subject: 'Hello',
			html_content: base64('<p>Grüße</p>'),
			plain_content: base64('Hi'),
			user_id: '9001',
			address_field: 'EmailAddress2',
		});
		expect(answer).toEqual({ contact_id: null, contacts: ['1', '2'], success: true });
	});

	it('sends the same email to 1,500 contacts with 2 calls', async () => {
		const ids = keap().sandbox.state.addContacts(1_500);
		const output = await keap().output(
			email('send', message),
			ids.map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual([SEND, SEND]);
		expect(output).toHaveLength(1_500);
	});

	it('sends different emails with a call each', async () => {
		await keap().output(email('send', { ...message, subject: '={{ $json.subject }}' }), [
			{ id: 1, subject: 'A' },
			{ id: 2, subject: 'B' },
			{ id: 3, subject: 'A' },
		]);
		expect(writes(keap()).map(({ body }) => body)).toMatchObject([
			{ contacts: ['1', '3'], subject: 'A' },
			{ contacts: ['2'], subject: 'B' },
		]);
	});

	it('fails an unknown contact alone, and sends to the others once', async () => {
		const output = await keap().output(email('send', message), [{ id: 1 }, { id: 987654 }, { id: 2 }], {
			onError: 'continueRegularOutput',
		});
		expect(keap().newCalls()).toEqual([SEND, 'GET /crm/rest/v2/contacts', 'GET /crm/rest/v2/contacts/987654', SEND]);
		expect(errorsOf(output)).toEqual([undefined, expect.stringMatching(/contact 987654: Keap has no contact/), undefined]);
		expect(writes(keap()).at(-1)?.body).toMatchObject({ contacts: ['1', '2'] });
	});

	it('does not try every contact when the email itself is wrong', async () => {
		const ids = keap().sandbox.state.addContacts(200);
		const output = await keap().output(
			email('send', { ...message, userId: byId(77) }),
			ids.map((id) => ({ id })),
			{ onError: 'continueRegularOutput' },
		);
		expect(keap().newCalls()).toEqual([SEND, ...times(2, 'GET /crm/rest/v2/contacts')]);
		expect(errorsOf(output)).toEqual(times(200, expect.stringContaining('user_id: 77 does not exist') as string));
	});

	it('attaches files of the item, in a call of their own', async () => {
		const input: INodeExecutionData[] = [
			{
				json: { id: 1 },
				binary: {
					data: { data: base64('PDF'), mimeType: 'application/pdf', fileName: 'invoice.pdf' },
					second: { data: base64('x'), mimeType: 'text/plain' },
				},
			},
			{ json: { id: 2 } },
		];
		const node = keapNode(
			'Keap',
			email('send', { ...message, additionalFields: { attachments: '={{ $json.id === 1 ? "data, second" : "" }}' } }),
		);
		const result = await keap().engine.run(workflow([node]), { input });
		expect(errorText(result)).toBe('');
		expect(writes(keap()).map(({ body }) => body)).toMatchObject([
			{ contacts: ['2'] },
			{
				contacts: ['1'],
				attachments: [
					{ file_name: 'invoice.pdf', file_data: base64('PDF') },
					{ file_name: 'second', file_data: base64('x') },
				],
			},
		]);
		expect(result.items('Keap')).toEqual([
			{ contact_id: '1', contacts: ['1'], success: true },
			{ contact_id: '2', contacts: ['2'], success: true },
		]);
	});

	it('refuses a file that is too big or not there, and says which there are', async () => {
		const run = async (attachments: string, bytes = 3) => {
			const input: INodeExecutionData[] = [
				{ json: {}, binary: { data: { data: Buffer.alloc(bytes).toString('base64'), mimeType: 'application/pdf', fileName: 'a.pdf' } } },
			];
			return errorText(
				await keap().engine.run(workflow([keapNode('Keap', email('send', { ...message, additionalFields: { attachments } }))]), { input }),
			);
		};
		expect(await run('invoice')).toMatch(/Attachments names "invoice", and this item has no file there.* Its files are in: data\./);
		expect(await run('data', 1_048_577)).toMatch(/Attachments has a file that is too big: a\.pdf has 1048577 bytes/);
		expect(keap().newCalls()).toEqual([]);
	});

	it.each([
		[{ userId: byId('') }, /Give either From User or From Address/],
		[{ additionalFields: { fromAddress: 'me@bakery.example' } }, /Give either From User or From Address/],
		[{ htmlContent: '' }, /The email has no content/],
		[{ subject: ' ' }, /Subject is empty/],
		[{ contactIds: 'Ada' }, /Contact IDs or Emails has neither a Keap ID nor an email address in "Ada"/],
		[{ userId: byId(''), additionalFields: { fromAddress: 'me' } }, /From Address is not an email address/],
	])('refuses %j before a call is spent', async (parameters, error) => {
		await expect(keap().output(email('send', { ...message, ...parameters }))).rejects.toThrow(error);
		expect(keap().newCalls()).toEqual([]);
	});
});

describe('email: templates', () => {
	const keap = keapForEachTest();

	it('sends a template to everyone with as few calls as Keap takes', async () => {
		const ids = keap().sandbox.state.addContacts(300);
		await keap().output(
			email('sendTemplate', { contactIds: '={{ $json.id }}', templateId: byId(121), userId: byId(9001) }),
			ids.map((id) => ({ id })),
		);
		expect(keap().newCalls()).toEqual([`POST ${EMAILS}/templates:send`]);
		expect(onlyBody(keap())).toEqual({ contact_ids: ids, template_id: '121', user_id: '9001' });
	});

	it('lists templates and reads one, simplified or whole', async () => {
		expect((await keap().output(email('getTemplates', { returnAll: true, options: { orderBy: 'id desc' } }))).map(({ id }) => id)).toEqual([
			122, 121,
		]);
		expect(await keap().output(email('getTemplate', { templateId: byId(121) }))).toMatchObject([
			{ id: 121, piece_title: 'Welcome', html_body: '<h1>Welcome</h1>' },
		]);
		await expect(keap().output(email('getTemplate', { templateId: byId(9) }))).rejects.toThrow(/no email template with the ID 9/);
	});

	it('offers templates by title', async () => {
		const { results } = await keap().engine.listSearch({ type: KEAP_NODE }, 'searchEmailTemplates', 'remi');
		expect(results).toEqual([{ name: 'Reminder', value: '122' }]);
	});
});

describe('email: records', () => {
	const keap = keapForEachTest();
	const record = {
		sentToAddress: '={{ $json.to }}',
		subject: 'Offer',
		additionalFields: {
			contactId: byId('={{ $json.contact ?? 1 }}'),
			htmlContent: '<b>1</b>',
			ccAddresses: 'a@x.example, b@x.example',
			sentTime: '2025-03-01T09:00:00+01:00',
			originalProviderId: '={{ $json.ref ?? "" }}',
		},
	};

	it('creates, reads and deletes one', async () => {
		const [made] = await keap().output(email('create', record), [{ to: 'ada@adams.example' }]);
		expect(onlyBody(keap())).toEqual({
			sent_to_address: 'ada@adams.example',
			subject: 'Offer',
			contact_id: '1',
			html_content: base64('<b>1</b>'),
			sent_to_cc_address_list: ['a@x.example', 'b@x.example'],
			sent_time: '2025-03-01T08:00:00.000Z',
		});
		expect(await keap().output(email('get', { emailId: byId(String(made?.id)) }))).toEqual([
			{
				sent_from_address: null,
				opened_time: null,
				clicked_time: null,
				plain_content: null,
				id: made?.id,
				contact_id: '1',
				subject: 'Offer',
				sent_to_address: 'ada@adams.example',
				sent_time: '2025-03-01T08:00:00.000Z',
				html_content: '<b>1</b>',
			},
		]);
		expect(await keap().output(email('get', { emailId: byId(String(made?.id)), output: 'raw' }))).toMatchObject([
			{ html_content: base64('<b>1</b>'), original_provider: 'UNKNOWN' },
		]);
		expect(await keap().output(email('delete', { emailId: byId(String(made?.id)) }))).toEqual([{ deleted: true }]);
		await expect(keap().output(email('get', { emailId: byId(String(made?.id)) }))).rejects.toThrow(/no email with the ID/);
	});

	it('creates 1,200 with 2 calls, each answer with its own item', async () => {
		const output = await keap().output(
			email('createMany', record),
			itemsOf(1_200, (index) => ({ to: `p${index}@x.example` })),
		);
		expect(keap().newCalls()).toEqual(times(2, `POST ${EMAILS}:batchAdd`));
		expect(output.map(({ sent_to_address: to }) => to)).toEqual(
			itemsOf(1_200, (index) => ({ to: `p${index}@x.example` })).map(({ to }) => to),
		);
	});

	it("fails the refused ones alone, with Keap's reason", async () => {
		const items = [
			{ to: 'a@x.example' },
			{ to: 'b@x.example', contact: 987654 },
			{ to: 'c@x.example', ref: 'same' },
			{ to: 'd@x.example', ref: 'same' },
		];
		const output = await keap().output(email('createMany', record), items, { onError: 'continueRegularOutput' });
		expect(keap().newCalls()).toEqual([`POST ${EMAILS}:batchAdd`]);
		expect(errorsOf(output)).toEqual([
			undefined,
			expect.stringContaining('contact_id: 987654 does not exist'),
			undefined,
			expect.stringContaining('there is a record "same" already'),
		]);
		expect(output[2]).toMatchObject({ sent_to_address: 'c@x.example', original_provider_id: 'same' });
	});

	it('says that a bulk call may have been carried out, and does not repeat it', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: 'resetAfter' });
		const output = await keap().output(
			email('createMany', record),
			itemsOf(3, () => ({ to: 'a@x.example' })),
			{ onError: 'continueRegularOutput' },
		);
		expect(keap().newCalls()).toEqual([`POST ${EMAILS}:batchAdd`]);
		expect(output.map(({ message: text }) => text)).toEqual(
			times(3, expect.stringContaining('may or may not have been carried out') as string),
		);
	});

	it('deletes many with one call, and fails an unknown one alone', async () => {
		const made = await keap().output(
			email('createMany', record),
			itemsOf(5, (index) => ({ to: `p${index}@x.example` })),
		);
		keap().newCalls();
		const output = await keap().output(email('deleteMany', { emailIds: '={{ $json.id }}' }), [...made, { id: '1' }], {
			onError: 'continueRegularOutput',
		});
		expect(keap().newCalls()).toEqual([`POST ${EMAILS}:batchRemove`]);
		expect(errorsOf(output)).toEqual([...times(5, '').map(() => undefined), expect.stringContaining('email record 1: EMAIL_ID_NOT_FOUND')]);
		expect(keap().sandbox.state.collection(EMAILS).size).toBe(0);
	});

	it('lists records by contact, address and time', async () => {
		await keap().output(email('createMany', record), [{ to: 'a@x.example' }, { to: 'b@x.example', contact: 2 }]);
		const listed = async (filters: Record<string, unknown>) =>
			(await keap().output(email('getAll', { returnAll: true, filters: filters as never, options: { orderBy: 'created_time desc' } }))).map(
				({ sent_to_address: to }) => to,
			);
		expect(await listed({ contactId: byId(2) })).toEqual(['b@x.example']);
		expect(await listed({ email: 'a@x.example', createdAfter: '2020-01-01T00:00:00Z' })).toEqual(['a@x.example']);
		expect(await listed({ createdBefore: '2020-01-01T00:00:00Z' })).toEqual([]);
		expect(keap().sandbox.calls.at(-1)?.query).toMatchObject({
			filter: 'end_created_time==2020-01-01T00:00:00.000Z',
			order_by: 'created_time desc',
		});
	});
});
