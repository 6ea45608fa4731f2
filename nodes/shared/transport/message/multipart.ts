import { randomUUID } from 'node:crypto';

import type { KeapForm, KeapUpload } from './types';

/** A form ready to be sent: what its headers say, and its bytes, afresh for each try. */
export interface Multipart {
	contentType: string;
	/** Bytes of the whole body. */
	length: number;
	body: () => AsyncIterable<Uint8Array>;
}

/** A name inside a quoted header value, as browsers write it. */
const quoted = (name: string): string => `"${name.replace(/"/g, '%22').replace(/\r/g, '%0D').replace(/\n/g, '%0A')}"`;

/** A content type comes from outside: a line break in it could add a header. */
const typeOf = ({ contentType }: KeapUpload): string =>
	/^[\w.+-]+\/[\w.+-]+(;[ -~]*)?$/.test(contentType) ? contentType : 'application/octet-stream';

/** Writes a form as `multipart/form-data`; files are streamed, never held whole. */
export function multipart({ fields, files }: KeapForm): Multipart {
	const boundary = `keap-${randomUUID()}`;
	const head = (disposition: string, type?: string): Buffer =>
		Buffer.from(
			`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${type === undefined ? '' : `Content-Type: ${type}\r\n`}\r\n`,
		);
	const end = Buffer.from('\r\n');
	const close = Buffer.from(`--${boundary}--\r\n`);
	const texts = Object.entries(fields).map(([name, value]) => Buffer.concat([head(`name=${quoted(name)}`), Buffer.from(value), end]));
	const uploads = Object.entries(files).map(([name, file]) => ({
		file,
		head: head(`name=${quoted(name)}; filename=${quoted(file.fileName)}`, typeOf(file)),
	}));
	const length =
		[...texts, close].reduce((sum, part) => sum + part.length, 0) +
		uploads.reduce((sum, upload) => sum + upload.head.length + upload.file.size + end.length, 0);
	return {
		contentType: `multipart/form-data; boundary=${boundary}`,
		length,
		body: async function* () {
			yield* texts;
			for (const upload of uploads) {
				yield upload.head;
				const bytes = await upload.file.open();
				if (Buffer.isBuffer(bytes)) yield bytes;
				else yield* bytes;
				yield end;
			}
			yield close;
		},
	};
}
