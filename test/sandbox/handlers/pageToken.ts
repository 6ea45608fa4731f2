import { badRequest } from '../errors';

/** A short fingerprint of the list that a token belongs to (FNV-1a). */
function fingerprint(text: string): string {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	return (hash >>> 0).toString(36);
}

/** The opaque token of the page of `list` that begins at `offset`. */
export const pageToken = (offset: number, list: string): string => Buffer.from(`${offset}.${fingerprint(list)}`).toString('base64url');

/** The offset in a token. @throws ApiError 400 for a token that was not given out, or for another list. */
export function tokenOffset(token: string, list: string): number {
	const [offset = '', print, ...more] = Buffer.from(token, 'base64url').toString('latin1').split('.');
	if (!/^\d+$/.test(offset) || more.length > 0) throw badRequest(`page_token: "${token}" was not given out by this API`, 'page_token');
	if (print !== fingerprint(list)) throw badRequest('page_token belongs to a list with another path, filter or order_by', 'page_token');
	return Number(offset);
}
