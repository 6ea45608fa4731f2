import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { carryOut } from './carryOut';
import { matchPath } from './contract/pathIndex';
import { answerInstead, type Faults, type RawAnswer } from './faults';
import type { Gateway } from './gateway';
import { MALFORMED_PAGE } from './webPages';
import { twistsOf } from './otherwise';
import { readText, recordCall } from './recording';
import type { SandboxState } from './store/state';
import type { Answer, RecordedCall, SandboxOptions } from './types';
import type { Watch } from './watch';

/** Longer than the pauses of a client that has used up its minute, so that its connections outlive them. */
const KEEP_ALIVE_MS = 75_000;

export interface ServerParts {
	options: SandboxOptions;
	gateway: Gateway;
	faults: Faults;
	state: SandboxState;
	calls: RecordedCall[];
	now: () => number;
	watch: Watch;
	traffic: { inFlight: number; maxInFlight: number; connections: number };
}

function rawAnswer({ status, body, data, html, headers }: Answer): RawAnswer {
	if (data) return { status, text: data, contentType: 'application/octet-stream', headers };
	if (html !== undefined) return { status, text: html, contentType: 'text/html;charset=UTF-8', headers };
	if (body === undefined) return { status, text: '', headers };
	return { status, text: JSON.stringify(body), contentType: 'application/json;charset=UTF-8', headers };
}

/** What stands before Keap's gateway lets no GET with a body through, and knows nothing of keys and quotas. */
const hasBody = ({ method, headers }: RecordedCall): boolean =>
	method === 'GET' && (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0);

/** Every connection ends with its server, so that pending answers can't outlive a test. */
const pause = (ms: number, response: ServerResponse) =>
	new Promise<void>((resolve) => {
		const timer = setTimeout(resolve, ms);
		response.once('close', () => {
			clearTimeout(timer);
			resolve();
		});
	});

function send(
	response: ServerResponse,
	{ status, text, contentType, headers }: RawAnswer,
	quota: Record<string, string>,
	cut: boolean,
): void {
	const body = typeof text === 'string' ? Buffer.from(text) : text;
	response.writeHead(status, {
		...(contentType && { 'content-type': contentType }),
		...(status !== 204 && { 'content-length': body.length }),
		...quota,
		...headers,
	});
	if (cut) response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
	else response.end(body);
}

/** Answers one request, from its arrival to its last byte. */
async function serve(
	{ options, gateway, faults, state, watch }: ServerParts,
	call: RecordedCall,
	request: IncomingMessage,
	response: ServerResponse,
): Promise<void> {
	const { at, method, path, rawQuery } = call;
	const match = matchPath(method, path);
	if (match.found === 'operation') call.operationId = match.operation.id;
	const key = call.headers['x-keap-api-key'];

	if (hasBody(call)) {
		await readText(request, call);
		call.status = 400;
		return send(response, rawAnswer({ status: 400, html: MALFORMED_PAGE }), {}, false);
	}
	const atDoor = faults.take(method, path, 'resetBefore', '429');
	if (atDoor?.kind === 'resetBefore') return void request.socket.resetAndDestroy();
	const throttled = atDoor && gateway.identify(key) && gateway.throttled(key, at, atDoor.body ?? 'keap', atDoor.withHeaders !== false);
	const admission = throttled ? ({ admitted: false, answer: throttled } as const) : gateway.admit(key, at);
	// The count at the gateway is taken on arrival: a slow answer carries an old one, as Keap's does.
	const twists = twistsOf(state.otherwise);
	const quota = admission.admitted ? twists.reduce((given, { headers }) => headers?.(given, at) ?? given, gateway.headers(key, at)) : {};

	const text = await readText(request, call);
	const held = faults.take(method, path, 'held');
	const finish = async (answer: RawAnswer, cut = false, extraMs = 0) => {
		const wait = extraMs + (typeof options.latencyMs === 'function' ? options.latencyMs() : (options.latencyMs ?? 0));
		if (wait > 0) await pause(wait, response);
		await held?.keep();
		if (response.destroyed) return;
		call.status = answer.status;
		send(response, answer, quota, cut);
		watch.changed();
	};
	if (!admission.admitted) {
		const wrongKey = admission.answer.status === 401;
		return await finish(rawAnswer(twists.reduce((given, twist) => (wrongKey && twist.wrongKey?.(given)) || given, admission.answer)));
	}

	const slow = faults.take(method, path, 'slow');
	const small = faults.take(method, path, 'smallPages');
	const badRow = faults.take(method, path, 'badRow');
	const lateRows = faults.take(method, path, 'lateRows');
	const repeat = faults.take(method, path, 'repeatPageToken');
	const inside = faults.take(method, path, 'status', 'html', 'empty', 'resetAfter', 'truncate', 'badJson');
	if (inside?.kind === 'status' || inside?.kind === 'html' || inside?.kind === 'empty')
		return await finish(answerInstead(inside, path), false, slow?.ms);

	const { kind } = admission;
	const origin = `http://${call.headers.host ?? '127.0.0.1'}`;
	const contentType = call.headers['content-type'];
	const carriedOut = carryOut(
		{
			method,
			path,
			rawQuery,
			body: text,
			contentType,
			kind,
			at,
			origin,
			pageCap: small?.size ?? Infinity,
			badRow: badRow?.id,
			lateRows: lateRows?.ids,
			repeatPageToken: repeat !== undefined,
			headers: call.headers,
		},
		state,
	);
	const answer = carriedOut.ready ? { ...carriedOut, ...(await carriedOut.ready()) } : carriedOut;
	if (inside?.kind === 'resetAfter') return void request.socket.resetAndDestroy();
	const whole = rawAnswer(answer);
	if (inside?.kind !== 'badJson') return await finish(whole, inside?.kind === 'truncate', slow?.ms);
	const half = (whole.text.toString() || '{}').slice(0, Math.max(1, Math.floor(whole.text.length / 2)));
	return await finish({ ...whole, status: 200, text: half, contentType: 'application/json' }, false, slow?.ms);
}

/** Starts listening on loopback. */
export async function listen(parts: ServerParts): Promise<Server> {
	const { traffic, options, gateway } = parts;
	const server = createServer((request, response) => {
		traffic.maxInFlight = Math.max(traffic.maxInFlight, ++traffic.inFlight);
		const call = recordCall(request, parts.now());
		parts.calls.push(call);
		parts.watch.changed();
		response.once('close', () => {
			traffic.inFlight--;
			options.onCall?.(call, gateway.minuteLeft(call.headers['x-keap-api-key'], parts.now()));
		});
		// A client that hangs up while it sends is no failure of the server.
		serve(parts, call, request, response).catch(() => response.destroy());
	});
	server.keepAliveTimeout = KEEP_ALIVE_MS;
	server.headersTimeout = KEEP_ALIVE_MS + 5_000;
	server.on('connection', () => traffic.connections++);
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	return server;
}
