import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { onAbort } from '../../runtime/abort';
import { type Dispatcher, wayTo } from './dispatchers';
import { codeOf, HttpFailure, ProxyFailure, TooLate } from './httpFailure';
import type { Proxy } from './proxySettings';

/** The methods that Keap's API knows. */
export type KeapMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** One try of one request, as it goes over the wire. */
export interface HttpCall {
	origin: string;
	method: KeapMethod;
	/** Path with query, encoded. */
	path: string;
	headers: Record<string, string>;
	/** Text, or what gives the bytes of a body that is streamed. */
	body?: string | (() => AsyncIterable<Uint8Array>);
	/** Milliseconds from now to the last byte of the answer. */
	timeoutMs: number;
	/** The answer is a file, which may be bigger than a record or a list. */
	file?: boolean;
	signal?: AbortSignal;
	/** Asked right before `onSent`, when the connection is there: whether it is too late for this request to be written. */
	isTooLate?(): boolean;
	/** Called when the request's first byte is about to be written: before that, nothing can have been carried out. */
	onSent(): void;
}

export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	readonly text: string;
	/** The same as bytes, for answers that are files; unpacked. */
	readonly data?: Buffer;
}

/** Bytes of an answer at most, unpacked: a small gzip can hold gigabytes. */
export const LARGEST = 64 * 1024 * 1024;
/** The same for files, which Keap keeps up to 10 MB each; they are held in memory until n8n has them. */
export const LARGEST_FILE = 256 * 1024 * 1024;

const unzip: Record<string, (data: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>> = {
	gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
	'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
	deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
};

/**
 * Sends one request and reads the whole answer, whatever its status. Redirects are not followed. A refusal (300 and above)
 * whose body breaks off or can't be read is a refusal all the same, without words.
 *
 * @throws TooLate when `isTooLate` said so; nothing was sent, and the connection is kept for the next call
 * @throws HttpFailure when no whole answer came; it says whether the request may have been carried out
 */
export async function send(call: HttpCall): Promise<HttpAnswer> {
	try {
		const { status, headers, data } = await exchange(call);
		// The proxy itself wants a password: Keap has not seen the request.
		if (status === 407) throw ofProxy407();
		return answerOf(status, headers, await unpacked(call, { status, headers, data }));
	} catch (error) {
		const failure = error instanceof TooLate ? error : withProxy(error, call.origin);
		if (failure instanceof TooLate) throw failure;
		const { status, headers, kind } = failure.facts;
		if (status === undefined || status < 300 || kind === 'aborted') throw failure;
		return answerOf(status, headers ?? {}, Buffer.alloc(0));
	}
}

const ofProxy407 = (): HttpFailure => HttpFailure.from(new ProxyFailure('it answered with status 407'), { sent: false });

/** undici turns the 407 of a proxy for plain http into an error that has no code of its own. */
const isRefusedByProxy = ({ message }: Error): boolean => message.startsWith('Proxy Authentication Required (407)');

function answerOf(status: number, headers: Record<string, string>, data: Buffer): HttpAnswer {
	return {
		status,
		headers,
		data,
		get text() {
			return withoutMark(data).toString('utf8');
		},
	};
}

/** Without the byte order mark that some programs put before UTF-8, because JSON allows none. */
const withoutMark = (data: Buffer): Buffer => (data[0] === 0xef && data[1] === 0xbb && data[2] === 0xbf ? data.subarray(3) : data);

async function unpacked(call: HttpCall, { status, headers, data }: RawAnswer): Promise<Buffer> {
	const unpack = unzip[headers['content-encoding']?.trim().toLowerCase() ?? ''];
	if (unpack === undefined || data.length === 0) return data;
	try {
		return await unpack(data, { maxOutputLength: largestOf(call) });
	} catch (error) {
		const isTooBig = codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
		throw HttpFailure.from(isTooBig ? tooBig(call) : error, { sent: true, status, headers, kind: isTooBig ? 'tooBig' : 'cut' });
	}
}

const largestOf = ({ file }: HttpCall): number => (file === true ? LARGEST_FILE : LARGEST);
const tooBig = (call: HttpCall): Error => new Error(`more than ${largestOf(call) / 1024 / 1024} MB`);

/** Names the proxy that the failure is of; our own settings may be wrong as well. */
function withProxy(error: unknown, origin: string): HttpFailure {
	const failure = HttpFailure.of(error);
	return failure.facts.sent ? failure : failure.ofProxy(proxyOf(origin));
}

function proxyOf(origin: string): Proxy | undefined {
	try {
		return wayTo(origin).proxy;
	} catch {
		return undefined;
	}
}

interface RawAnswer {
	status: number;
	headers: Record<string, string>;
	data: Buffer;
}

async function exchange(call: HttpCall): Promise<RawAnswer> {
	return await new Promise<RawAnswer>((resolve, reject) => {
		const progress: { sent: boolean; status?: number; headers?: Record<string, string> } = { sent: false };
		const chunks: Buffer[] = [];
		let size = 0;
		let controller: Dispatcher.DispatchController | undefined;
		let given: HttpFailure | undefined;

		const settle = () => {
			clearTimeout(timer);
			ignoreAbort();
		};
		const fail = (failure: HttpFailure | TooLate) => {
			settle();
			reject(failure);
		};
		const giveUp = (kind: 'timeout' | 'aborted' | 'tooBig', why?: Error) => {
			given = HttpFailure.from(why, { ...progress, kind });
			// Our own reason first, because aborting reports an error too.
			fail(given);
			controller?.abort(given);
		};
		const timer = setTimeout(() => giveUp('timeout'), call.timeoutMs);
		// Set apart from its use: a signal that has already aborted calls back at once.
		let ignoreAbort = () => {};
		ignoreAbort = onAbort(call.signal, () => giveUp('aborted'));
		if (given) return;

		const handler: Dispatcher.DispatchHandler = {
			onRequestStart: (started) => {
				controller = started;
				// Given up while it waited for a connection: nothing is written.
				if (given) return started.abort(given);
				// Not aborted, because undici would close the connection with it.
				if (call.isTooLate?.() === true) throw new TooLate();
				progress.sent = true;
				call.onSent();
			},
			onResponseStart: (_controller, status, headers) => {
				// 1xx comes before the answer and says nothing of what becomes of the request.
				if (status < 200) return;
				progress.status = status;
				progress.headers = flat(headers);
			},
			onResponseData: (_controller, chunk) => {
				size += chunk.length;
				if (size > largestOf(call)) return giveUp('tooBig', tooBig(call));
				chunks.push(chunk);
			},
			onResponseEnd: () => {
				settle();
				resolve({
					status: progress.status ?? 0,
					headers: progress.headers ?? {},
					data: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks),
				});
			},
			onResponseError: (_controller, error) => {
				if (error instanceof TooLate) return fail(error);
				fail(isRefusedByProxy(error) ? ofProxy407() : HttpFailure.from(error, progress));
			},
		};
		const { origin, method, path, headers, body } = call;
		try {
			wayTo(origin).dispatcher.dispatch(
				{ origin, method, path, headers, body: typeof body === 'function' ? Readable.from(body(), { objectMode: false }) : body },
				handler,
			);
		} catch (error) {
			fail(HttpFailure.from(error, progress));
		}
	});
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
	const flattened: Record<string, string> = {};
	// Names are read one by one: a list of pairs would be made anew for every answer.
	for (const name in headers) {
		const value = headers[name];
		if (value !== undefined) flattened[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
	}
	return flattened;
}
