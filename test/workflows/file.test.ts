import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { KEAP_NODE, keapNode, workflow, type RunResult } from '../support/engine';
import { byId, errorText, keapForEachTest, on } from './helpers';

const file = on('file');
const FILES = '/crm/rest/v2/files';
// Every byte, CRLF and a boundary's beginning included: nothing may be taken for text.
const BYTES = Buffer.concat([Buffer.from(Array.from({ length: 256 }, (_unused, byte) => byte)), Buffer.from('\r\n--keap-\r\n\r\n')]);
const invoice = { data: BYTES.toString('base64'), mimeType: 'application/pdf', fileName: 'Rechnung "März".pdf' };
const upload = (parameters: INodeParameters = {}) => file('upload', { contactId: byId(1), ...parameters });

describe('file', () => {
	const keap = keapForEachTest();
	const run = async (
		parameters: INodeParameters,
		input: INodeExecutionData[] = [{ json: {}, binary: { data: invoice } }],
	): Promise<RunResult> => await keap().engine.run(workflow([keapNode('Keap', parameters)]), { input });
	const stored = (id: unknown) => keap().sandbox.state.collection(FILES).get(String(id));
	const uploaded = async (parameters: INodeParameters = {}): Promise<IDataObject> => {
		const result = await run(upload(parameters));
		expect(errorText(result)).toBe('');
		return result.items('Keap')[0] ?? {};
	};

	it('is uploaded as it is, byte for byte, with its name, and private', async () => {
		const made = await uploaded();
		expect(keap().newCalls()).toEqual([`POST ${FILES}`]);
		expect(made).toMatchObject({
			file_name: 'Rechnung "März".pdf',
			contact_id: '1',
			is_public: false,
			file_size: BYTES.length,
			file_box_type: 'CONTACT',
		});
		expect(Buffer.from(String(stored(made.id)?.data), 'latin1')).toEqual(BYTES);
		const headers: Record<string, string | undefined> = keap().sandbox.calls[0]?.headers ?? {};
		expect(headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
		expect(Number(headers['content-length'])).toBeGreaterThan(BYTES.length);
	});

	it('is uploaded under another name, for the company, to everybody', async () => {
		const made = await uploaded({
			contactId: { __rl: true, mode: 'list', value: '' },
			fileAssociation: 'COMPANY',
			additionalFields: { fileName: 'a.pdf', isPublic: true },
		});
		expect(made).toMatchObject({ file_name: 'a.pdf', is_public: true, file_box_type: 'APPLICATION' });
		expect(made.contact_id).toBeUndefined();
	});

	it('is sent again whole after a 429', async () => {
		keap().sandbox.fault({ method: 'POST' }, { kind: '429' });
		const made = await uploaded();
		expect(stored(made.id)?.file_size).toBe(BYTES.length);
		expect(keap().newCalls()).toEqual([`POST ${FILES}`, `POST ${FILES}`]);
	});

	it.each([
		['../../../etc/passwd.pdf', 'passwd.pdf'],
		['..\\..\\windows\\system.pdf', 'system.pdf'],
		['a\u0000b\r\nc.pdf', 'a b c.pdf'],
		['invoice\u202efdp.exe', 'invoicefdp.exe'],
		[`${'x'.repeat(60_000)}.pdf`, `${'x'.repeat(196)}.pdf`],
	])('is downloaded under a name that is one: %j', async (name, given) => {
		const { id } = await uploaded();
		keap().sandbox.fault({ method: 'GET' }, { kind: 'status', status: 200, body: JSON.stringify({ id, file_name: name }) });
		const result = await run(file('download', { fileId: byId(String(id)) }));
		expect(errorText(result)).toBe('');
		const [item] = result.itemsWithPairing('Keap');
		expect(item?.binary?.data?.fileName).toBe(given);
		// What Keap says stays as it is.
		expect(item?.json.file_name).toBe(name);
	});

	it('is downloaded byte for byte, with its name and type', async () => {
		const { id } = await uploaded();
		keap().newCalls();
		const result = await run(file('download', { fileId: byId(String(id)), binaryPropertyName: 'pdf' }));
		expect(errorText(result)).toBe('');
		expect(keap().newCalls()).toEqual([`GET ${FILES}/${String(id)}`, `GET ${FILES}/${String(id)}:data`]);
		const [item] = result.itemsWithPairing('Keap');
		expect(item).toMatchObject({
			json: { id, file_name: 'Rechnung "März".pdf' },
			pairedItem: { item: 0 },
			binary: { pdf: { fileName: 'Rechnung "März".pdf', mimeType: 'application/pdf' } },
		});
		expect(Buffer.from(item?.binary?.pdf?.data ?? '', 'base64')).toEqual(BYTES);
	});

	it('is downloaded with one call when its name is given', async () => {
		const { id } = await uploaded();
		keap().newCalls();
		const result = await run(file('download', { fileId: byId(String(id)), options: { fileName: 'x.csv' } }));
		expect(keap().newCalls()).toEqual([`GET ${FILES}/${String(id)}:data`]);
		expect(result.itemsWithPairing('Keap')[0]).toMatchObject({
			json: { id, file_name: 'x.csv' },
			binary: { data: { fileName: 'x.csv', mimeType: 'text/csv' } },
		});
	});

	it('that comes empty, though Keap knows its size, is an error', async () => {
		const { id } = await uploaded();
		keap().sandbox.fault({ path: /:data$/ }, { kind: 'empty' });
		expect(errorText(await run(file('download', { fileId: byId(String(id)) })))).toMatch(
			/sent an empty file where one of \d+ bytes was due/,
		);
	});

	it('is taken out of JSON where Keap sends it in Base64', async () => {
		const { id } = await uploaded();
		keap().sandbox.fault(
			{ path: /:data$/ },
			{ kind: 'status', status: 200, body: JSON.stringify(BYTES.toString('base64')), contentType: 'application/json' },
		);
		const result = await run(file('download', { fileId: byId(String(id)) }));
		expect(Buffer.from(result.itemsWithPairing('Keap')[0]?.binary?.data?.data ?? '', 'base64')).toEqual(BYTES);
	});

	it('is changed in part, with a mask of what was given', async () => {
		const { id } = await uploaded();
		await run(file('update', { fileId: byId(String(id)), updateFields: { fileName: 'new.pdf' } }));
		expect(keap().sandbox.calls.at(-1)?.query).toEqual({ update_mask: 'file_name' });
		expect(stored(id)).toMatchObject({ file_name: 'new.pdf', file_size: BYTES.length, is_public: false });
		const result = await run(file('update', { fileId: byId(String(id)), updateFields: { binaryPropertyName: 'data', isPublic: true } }), [
			{ json: {}, binary: { data: { data: 'QUI=', mimeType: 'text/plain' } } },
		]);
		expect(errorText(result)).toBe('');
		expect(stored(id)).toMatchObject({ file_name: 'new.pdf', data: 'AB', is_public: true });
		expect(errorText(await run(file('update', { fileId: byId(String(id)) })))).toMatch(/No field to update is given/);
	});

	it('is listed, read and deleted', async () => {
		const { id } = await uploaded();
		await uploaded({ fileAssociation: 'USER', additionalFields: { fileName: 'other.txt' } });
		const names = async (filters: INodeParameters) =>
			(await keap().output(file('getAll', { returnAll: true, filters, options: { orderBy: 'file_name asc' } }))).map(
				({ file_name: name }) => name,
			);
		expect(await names({})).toEqual(['other.txt', 'Rechnung "März".pdf']);
		expect(await names({ contactId: byId(1), isPublic: false, fileBoxType: 'CONTACT', category: 'DOCUMENTS' })).toEqual([
			'Rechnung "März".pdf',
		]);
		expect(await names({ fileName: 'other.txt', userId: byId(9001) })).toEqual(['other.txt']);
		expect(await keap().output(file('get', { fileId: byId(String(id)) }))).toMatchObject([{ id, file_size: BYTES.length }]);
		expect((await keap().engine.listSearch({ type: KEAP_NODE }, 'searchFiles', 'other.txt')).results).toMatchObject([
			{ name: 'other.txt' },
		]);
		expect(await keap().output(file('delete', { fileId: byId(String(id)) }))).toEqual([{ deleted: true }]);
		expect(errorText(await run(file('download', { fileId: byId(String(id)) })))).toMatch(/no file with the ID/);
	});

	it.each<[string, INodeParameters, RegExp]>([
		[
			'a contact that is missing',
			{ contactId: { __rl: true, mode: 'list', value: '' } },
			/Contact is empty.*Choose the contact that the file belongs to/,
		],
		[
			'a field without a file',
			{ binaryPropertyName: 'pdf' },
			/Input Binary Field names "pdf", and this item has no file there.*Its files are in: data/,
		],
	])('refuses %s before a call is spent', async (_what, parameters, error) => {
		expect(errorText(await run(upload(parameters)))).toMatch(error);
		expect(keap().newCalls()).toEqual([]);
	});

	it("names the file that Keap refused, with Keap's words", async () => {
		expect(errorText(await run(upload({ contactId: byId(987654) })))).toMatch(/contact_id: 987654 does not exist \[item 0\]/);
	});
});
