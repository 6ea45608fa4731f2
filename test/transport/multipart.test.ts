import { Readable } from 'node:stream';
import { multipart } from '../../nodes/shared/transport/message/multipart';
import type { KeapForm, KeapUpload } from '../../nodes/shared/transport';

const upload = (extra: Partial<KeapUpload> = {}): KeapUpload => ({
	fileName: 'a.pdf',
	contentType: 'application/pdf',
	size: 3,
	open: async () => await Promise.resolve(Buffer.from('PDF')),
	...extra,
});

async function written(form: KeapForm): Promise<{ text: string; length: number; boundary: string }> {
	const { contentType, length, body } = multipart(form);
	const chunks: Uint8Array[] = [];
	for await (const chunk of body()) chunks.push(chunk);
	return { text: Buffer.concat(chunks).toString('utf8'), length, boundary: contentType.split('boundary=')[1] ?? '' };
}

describe('a form', () => {
	it('has each text and file as a part, and says how long it is', async () => {
		const { text, length, boundary } = await written({ fields: { file_name: 'März.pdf', contact_id: '1' }, files: { file: upload() } });
		expect(text).toBe(
			[
				`--${boundary}\r\nContent-Disposition: form-data; name="file_name"\r\n\r\nMärz.pdf\r\n`,
				`--${boundary}\r\nContent-Disposition: form-data; name="contact_id"\r\n\r\n1\r\n`,
				`--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\nPDF\r\n`,
				`--${boundary}--\r\n`,
			].join(''),
		);
		expect(length).toBe(Buffer.byteLength(text));
	});

	it('streams a file piece by piece, and opens it only when it is sent', async () => {
		const open = jest.fn(async () => await Promise.resolve(Readable.from([Buffer.from('P'), Buffer.from('DF')])));
		const form = multipart({ fields: {}, files: { file: upload({ open }) } });
		expect(open).not.toHaveBeenCalled();
		const pieces: string[] = [];
		for await (const piece of form.body()) pieces.push(Buffer.from(piece).toString());
		expect(pieces.slice(1, 3)).toEqual(['P', 'DF']);
		// A second try reads the file afresh.
		for await (const piece of form.body()) expect(piece.length).toBeGreaterThan(0);
		expect(open).toHaveBeenCalledTimes(2);
	});

	it.each([
		[
			'a quote and a line break in a name',
			{ fileName: 'a"b\r\nX-Evil: 1.pdf' },
			'filename="a%22b%0D%0AX-Evil: 1.pdf"\r\nContent-Type: application/pdf',
		],
		['a line break in a type', { contentType: 'text/plain\r\nX-Evil: 1' }, 'filename="a.pdf"\r\nContent-Type: application/octet-stream'],
		['no type', { contentType: '' }, 'filename="a.pdf"\r\nContent-Type: application/octet-stream'],
	])('lets no header be begun by %s', async (_what, extra, expected) => {
		const { text } = await written({ fields: {}, files: { file: upload(extra) } });
		expect(text).toContain(expected);
		expect(text).not.toMatch(/^X-Evil/m);
	});

	it('has a boundary of its own each time', () => {
		const types = [1, 2].map(() => multipart({ fields: {}, files: {} }).contentType);
		expect(new Set(types).size).toBe(2);
	});
});
