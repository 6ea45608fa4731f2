import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
	method: string;
	url: string;
	headers: IncomingMessage['headers'];
	body: string;
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A loopback server that answers what a test says, and remembers what it was asked. */
export interface TestServer {
	server: Server;
	origin: string;
	requests: Received[];
	/** Connections opened so far. */
	connections(): number;
	/** Answers to come, one a request; the last one stays. */
	answer(...answers: Answer[]): void;
	close(): Promise<void>;
}

export const json =
	(status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
	(response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
	};

export const raw =
	(status: number, text: string, type = 'text/html'): Answer =>
	(response) => {
		response.writeHead(status, { 'content-type': type }).end(text);
	};

/** Closes the connection without an answer. */
export const reset: Answer = (response) => void response.socket?.destroy();

/** Sends the head and half of the body, then closes the connection. */
export const cutOff =
	(status: number): Answer =>
	(response) => {
		response.writeHead(status, { 'content-type': 'application/json', 'content-length': '100' });
		response.write('{"contacts":[{"id":"1"', () => response.socket?.destroy());
	};

/** Never answers. */
export const silence: Answer = () => undefined;

export async function startServer(): Promise<TestServer> {
	const requests: Received[] = [];
	let answers: Answer[] = [];
	let connections = 0;
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('error', () => undefined);
		request.on('end', () => {
			const { method = '', url = '', headers } = request;
			requests.push({ method, url, headers, body: Buffer.concat(chunks).toString('utf8') });
			const next = answers.length > 1 ? answers.shift() : answers[0];
			(next ?? json(200, {}))(response, request);
		});
	});
	server.keepAliveTimeout = 90_000;
	server.on('connection', () => connections++);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		server,
		origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		connections: () => connections,
		answer: (...given) => {
			answers = given;
			requests.length = 0;
		},
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
