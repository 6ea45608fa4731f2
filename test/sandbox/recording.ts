import type { IncomingMessage } from 'node:http';
import type { RecordedCall } from './types';

const MOST_BYTES = 20_000_000;

/** A request as it arrives, before its body. */
export function recordCall(request: IncomingMessage, at: number): RecordedCall {
	const [path = '', ...rest] = (request.url ?? '').split('?');
	const rawQuery = rest.join('?');
	const query: Record<string, string> = {};
	for (const [name, value] of new URLSearchParams(rawQuery)) query[name] = query[name] === undefined ? value : `${query[name]},${value}`;
	const headers = Object.fromEntries(
		Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
	);
	return { at, method: request.method ?? 'GET', path, query, rawQuery, headers, body: undefined, status: 0 };
}

/** Reads a request's body and records it: parsed where it is JSON, else as text. Throws if the client hangs up or sends too much. */
export async function readText(request: IncomingMessage, call: RecordedCall): Promise<string> {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request as AsyncIterable<Buffer>) {
		bytes += chunk.length;
		if (bytes > MOST_BYTES) throw new Error(`A body of more than ${MOST_BYTES} bytes`);
		chunks.push(chunk);
	}
	// A form may hold a file: a character for each byte keeps it whole.
	const text = Buffer.concat(chunks).toString(call.headers['content-type']?.startsWith('multipart/') ? 'latin1' : 'utf8');
	if (text === '') return text;
	try {
		call.body = JSON.parse(text);
	} catch {
		call.body = text;
	}
	return text;
}
