import { startSandbox } from './';
import { call, type CallOptions, type Reply } from './client';
import type { Sandbox } from './types';

type Body = Record<string, unknown>;

/** A sandbox for the tests of one file, without limits, as it was at the start of each test. */
export interface Bench {
	readonly sandbox: Sandbox;
	send(method: string, path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
	/** The answer's body; fails unless the status is this one. */
	ok(method: string, path: string, body?: unknown, status?: number, query?: string): Promise<Body>;
	/** The message of a refusal, with its status before it: `400 name is required`. */
	refusal(method: string, path: string, body?: unknown, query?: string): Promise<string>;
}

export function bench(): Bench {
	let running: Sandbox | undefined;
	const sandbox = (): Sandbox => {
		if (!running) throw new Error('The sandbox runs only inside tests');
		return running;
	};
	beforeAll(async () => {
		running = await startSandbox({ limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity } });
	});
	beforeEach(() => sandbox().reset());
	afterAll(async () => await sandbox().close());
	const send: Bench['send'] = async (method, path, body, options = {}) => await call(sandbox(), method, path, { ...options, body });
	return {
		get sandbox() {
			return sandbox();
		},
		send,
		ok: async (method, path, body, status, query) => {
			const reply = await send(method, path, body, { query });
			const wanted = status ?? (method === 'POST' && !path.includes(':') ? 201 : method === 'DELETE' ? 204 : 200);
			expect([reply.status, reply.status === wanted ? '' : reply.text]).toEqual([wanted, '']);
			return (reply.body ?? {}) as Body;
		},
		refusal: async (method, path, body, query) => {
			const reply = await send(method, path, body, { query });
			return `${reply.status} ${String((reply.body as Body | undefined)?.message ?? reply.text)}`;
		},
	};
}
