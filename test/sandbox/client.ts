import type { Sandbox } from './types';

/** What came back: body parsed where it is JSON, else the text. */
export interface Reply {
	status: number;
	headers: Headers;
	body: unknown;
	text: string;
}

export interface CallOptions {
	/** '' sends none. Default `sandbox-key`. */
	key?: string;
	/** Already encoded, without the question mark. */
	query?: string;
	/** A text is sent as it is, anything else as JSON. */
	body?: unknown;
	headers?: Record<string, string>;
}

const V2 = '/crm/rest/v2';

/** A plain client for the sandbox's own tests. A path that does not begin with `/crm` is one of version 2. */
export async function call(
	sandbox: Sandbox,
	method: string,
	path: string,
	{ key = 'sandbox-key', query, body, headers }: CallOptions = {},
): Promise<Reply> {
	const url = `${sandbox.url}${path.startsWith('/crm') ? '' : V2}${path}${query ? `?${query}` : ''}`;
	const response = await fetch(url, {
		method,
		headers: { ...(key && { 'x-keap-api-key': key }), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
	});
	const text = await response.text();
	return { status: response.status, headers: response.headers, body: parsed(text), text };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}

/** A filter as it must be sent: percent-encoded once. */
export const filter = (text: string): string => `filter=${encodeURIComponent(text)}`;
