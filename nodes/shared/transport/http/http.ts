import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { onAbort } from '../../runtime/abort';
import { HttpFailure } from './httpFailure';
import { proxySettings } from './proxySettings';

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
	signal?: AbortSignal;
	/** Called when the request's first byte is about to be written: before that, nothing can have been carried out. */
	onSent(): void;
}

export interface HttpAnswer {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	readonly text: string;
	/** The same as bytes, for answers that are files. */
	data?: Buffer;
}

const unzip: Record<string, (data: Buffer) => Promise<Buffer>> = {
	gzip: promisify<Buffer, Buffer>(gunzip),
	deflate: promisify<Buffer, Buffer>(inflate),
};

const AGENT_OPTIONS = {
	// As many as calls are under way, which the throttle bounds: one that waited for a connection would be sent at the wrong moment.
	connections: null,
	pipelining: 1,
	// Longer than the pauses between bursts: a new TLS handshake delays one call and bunches it with the next.
	keepAliveTimeout: 75_000,
	keepAliveMaxTimeout: 600_000,
	// Closed this long before the server means to: a request written to a socket that is just being closed is lost in doubt.
	keepAliveTimeoutThreshold: 2_000,
	// `send` has one deadline for the whole call.
	headersTimeout: 0,
	bodyTimeout: 0,
	connect: { timeout: 10_000 },
};

const dispatchers = new Map<string, Dispatcher>();

/** The environment is read anew this often: reading it takes longer than a look into a map. */
const ENVIRONMENT_MS = 1_000;
const lately = { origin: '', until: -Infinity, dispatcher: undefined as Dispatcher | undefined };

/** The process's connections to an origin, through a proxy if the variables name one. */
function dispatcherFor(origin: string): Dispatcher {
	const now = performance.now();
	if (lately.dispatcher && lately.origin === origin && now < lately.until) return lately.dispatcher;
	const dispatcher = dispatcherBy(origin);
	Object.assign(lately, { origin, until: now + ENVIRONMENT_MS, dispatcher });
	return dispatcher;
}

function dispatcherBy(origin: string): Dispatcher {
	const { proxy, noProxy } = proxySettings(process.env, origin);
	const name = `${proxy} ${noProxy}`;
	const known = dispatchers.get(name);
	if (known) return known;
	const fresh = proxy
		? // Plain http is forwarded, not tunnelled: many proxies allow a tunnel to port 443 alone.
			new EnvHttpProxyAgent({ ...AGENT_OPTIONS, httpProxy: proxy, httpsProxy: proxy, noProxy, proxyTunnel: false })
		: new Agent(AGENT_OPTIONS);
	dispatchers.set(name, fresh);
	return fresh;
}

/** Closes all connections; the next call opens new ones. For tests and for the end of a script. */
export async function closeConnections(): Promise<void> {
	const closing = [...dispatchers.values()];
	dispatchers.clear();
	lately.dispatcher = undefined;
	await Promise.all(closing.map(async (dispatcher) => await dispatcher.destroy()));
}

/**
 * Sends one request and reads the whole answer, whatever its status. Redirects are not followed.
 *
 * @throws HttpFailure when no whole answer came; it says whether the request may have been carried out
 */
export async function send(call: HttpCall): Promise<HttpAnswer> {
	const { status, headers, data } = await exchange(call);
	const decode = unzip[headers['content-encoding']?.toLowerCase() ?? ''];
	try {
		const plain = decode ? await decode(data) : data;
		return {
			status,
			headers,
			data: plain,
			get text() {
				return plain.toString('utf8');
			},
		};
	} catch (error) {
		throw HttpFailure.from(error, { sent: true, status, headers, kind: 'cut' });
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
		let controller: Dispatcher.DispatchController | undefined;
		let given: HttpFailure | undefined;

		const settle = () => {
			clearTimeout(timer);
			ignoreAbort();
		};
		const fail = (failure: HttpFailure) => {
			settle();
			reject(failure);
		};
		const giveUp = (kind: 'timeout' | 'aborted') => {
			given = HttpFailure.from(undefined, { ...progress, kind });
			// First our own word on it: aborting reports an error as well.
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
				progress.sent = true;
				call.onSent();
			},
			onResponseStart: (_controller, status, headers) => {
				progress.status = status;
				progress.headers = flat(headers);
			},
			onResponseData: (_controller, chunk) => {
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
			onResponseError: (_controller, error) => fail(HttpFailure.from(error, progress)),
		};
		const { origin, method, path, headers, body } = call;
		try {
			dispatcherFor(origin).dispatch(
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
