import { badRequest } from '../errors';
import type { Schema } from './operations';

const PART = /^content-disposition: form-data; name="([^"]*)"(?:; filename="([^"]*)")?$/i;
const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/**
 * Reads a `multipart/form-data` body, strictly. Texts by the names of their parts; a file as its bytes in Latin-1, one character a byte.
 * @param text the body in Latin-1
 * @throws ApiError 400 for anything that is not exactly such a body, and for a file that has no name or a text that has one
 */
export function readMultipart(text: string, contentType: string, schema: { readonly [name: string]: Schema }): Record<string, unknown> {
	const boundary = /^multipart\/form-data; boundary=([\w-]+)$/i.exec(contentType)?.[1];
	if (boundary === undefined) throw badRequest(`"${contentType}" names no boundary`, 'content-type');
	const end = `--${boundary}--\r\n`;
	if (!text.startsWith(`--${boundary}`) || !text.endsWith(end))
		throw badRequest('the body does not begin and end with its boundary', 'body');
	const parts = text.slice(0, -end.length).split(`--${boundary}\r\n`).slice(1);
	const values: Record<string, unknown> = {};
	for (const part of parts) {
		const cut = part.indexOf('\r\n\r\n');
		const [disposition = '', ...more] = part.slice(0, cut).split('\r\n');
		const [, name = '', fileName] = PART.exec(utf8(disposition)) ?? [];
		if (cut < 0 || name === '' || !part.endsWith('\r\n')) throw badRequest(`a part is malformed: "${disposition}"`, 'body');
		const type = schema[name] ?? schema[`${name}*`];
		const isFile = type === 'string:binary';
		if (type !== undefined && isFile !== (fileName !== undefined)) throw badRequest(`${name} must ${isFile ? '' : 'not '}be a file`, name);
		if (isFile && !more.some((header) => /^content-type: [\w.+-]+\/[\w.+-]+/i.test(header)))
			throw badRequest(`${name} has no content type`, name);
		if (name in values) throw badRequest(`${name} is given twice`, name);
		const value = part.slice(cut + 4, -2);
		values[name] = isFile ? value : type === 'boolean' ? value === 'true' || (value === 'false' ? false : value) : utf8(value);
	}
	return values;
}
