import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it came in. */
export interface Call {
	readonly method: string;
	readonly path: string;
	readonly query: URLSearchParams;
	readonly body: Record<string, unknown>;
}

export interface StandIn {
	readonly port: number;
	readonly calls: Call[];
	close(): Promise<void>;
}

/** What is answered: JSON with its status, 200 by default; or a stream of events, each of them JSON. */
export type Reply = { readonly status?: number; readonly json: unknown } | { readonly events: readonly unknown[] };

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	const text = Buffer.concat(parts).toString('utf8');
	return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** A service on loopback that answers what `reply` says; an error of that is a 500 with its message. */
export async function standIn(reply: (call: Call) => Reply | Promise<Reply>): Promise<StandIn> {
	const calls: Call[] = [];
	const server = createServer((request, response) => {
		void (async () => {
			const { pathname, searchParams } = new URL(request.url ?? '/', 'http://loopback');
			const call = { method: request.method ?? 'GET', path: pathname, query: searchParams, body: await bodyOf(request) };
			calls.push(call);
			const answer = await reply(call);
			if ('events' in answer) {
				const lines = [...answer.events.map((event) => JSON.stringify(event)), '[DONE]'].map((data) => `data: ${data}\n\n`);
				response.writeHead(200, { 'content-type': 'text/event-stream' }).end(lines.join(''));
				return;
			}
			response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
		})().catch((error: Error) =>
			response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ message: error.message })),
		);
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		port: (server.address() as AddressInfo).port,
		calls,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, 'close');
		},
	};
}
