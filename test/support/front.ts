import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A server that stands before a sandbox and passes on what it does not answer by itself. */
export interface Front {
	readonly url: string;
	/** Calls for one of these ids, in the path or in a filter, are answered with its status. */
	readonly badRows: Map<string, number>;
	/** The account that answers name, in place of the sandbox's own; empty as for an unknown caller. */
	tenant: string | undefined;
	/** The key that the sandbox gets, in place of the one that came. */
	key: string | undefined;
	/** The paths that were asked for. */
	readonly calls: string[];
	close(): void;
}

/** Starts one on loopback. @param origin of the sandbox */
export async function startFront(origin: string): Promise<Front> {
	const server = createServer((request, response) => {
		const { pathname, searchParams } = new URL(request.url ?? '', origin);
		const ids = [...(/==(.*)/.exec(searchParams.get('filter') ?? '')?.[1]?.split(',') ?? []), pathname.split('/').at(-1) ?? ''];
		front.calls.push(pathname);
		const bad = ids.map((id) => front.badRows.get(id)).find((each) => each !== undefined);
		const pass = async () => {
			const headers = Object.entries(request.headers).filter(([name]) => name.startsWith('x-') || name === 'content-type') as string[][];
			if (front.key !== undefined) headers.push(['x-keap-api-key', front.key]);
			const body = await buffer(request);
			const answer = await fetch(`${origin}${request.url ?? ''}`, {
				method: request.method,
				headers: Object.fromEntries(headers) as Record<string, string>,
				...(body.length > 0 && { body: new Uint8Array(body) }),
			});
			const text = await answer.text();
			const kept = [...answer.headers].filter(([name]) => name === 'content-type' || name.startsWith('x-keap-'));
			if (front.tenant !== undefined) kept.push(['x-keap-tenant-id', front.tenant]);
			response.writeHead(answer.status, Object.fromEntries(kept)).end(text);
		};
		if (bad === undefined) return void pass().catch(() => response.destroy());
		const envelope = { code: bad, message: `Row refused with ${bad}`, status: 'ERROR', details: [] };
		response.writeHead(bad, { 'content-type': 'application/json' }).end(JSON.stringify(envelope));
	}).listen(0, '127.0.0.1');
	await new Promise((resolve) => server.once('listening', resolve));
	const front: Front = {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		badRows: new Map(),
		tenant: undefined,
		key: undefined,
		calls: [],
		close: () => {
			server.close();
			server.closeAllConnections();
		},
	};
	return front;
}
