import { httpCodeOf, keapRequest, type KeapRequest } from '../../nodes/shared/transport';
import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { executeContext } from '../support/context';
import { startServer, type TestServer } from './server';

const apiKey = ['secret', 'key+/=', '0123456789'].join('-');
/** Quotas that no test reaches. */
export const many = { requestsPerSecond: 100_000, requestsPerMinute: 1_000_000, requestsPerDay: 1_000_000 };

/** What a user of n8n reads of an error, and what it cost. */
interface Refusal {
	name: string;
	message: string;
	description: string;
	code: number | undefined;
	item: number | undefined;
	requests: number;
}

/** The two ends of a line to Keap: a server that gives scripted answers, there for all tests of a file, and calls that a node makes to it. */
export function wire() {
	let server: TestServer;
	beforeAll(async () => {
		server = await startServer();
	});
	afterAll(async () => {
		await closeConnections();
		await server.close();
	});

	const context = (cancel?: AbortSignal, baseUrl = server.origin) => executeContext({ cancel, credentials: { apiKey, baseUrl, ...many } });

	const ask = async (request: Partial<KeapRequest> = {}) =>
		await keapRequest(context(), { method: 'GET', path: '/crm/rest/v2/contacts', ...request });

	/** The error as a user of n8n sees it; fails the test if there is none or if it shows the key. */
	const refusal = async (request: Partial<KeapRequest> = {}): Promise<Refusal> => {
		const error: unknown = await ask(request).then(
			() => undefined,
			(reason: unknown) => reason,
		);
		if (!(error instanceof Error)) throw new Error('expected an error');
		const { message, description, context: place } = error as Error & { description?: string; context?: { itemIndex?: number } };
		const everything = [JSON.stringify(error), error.stack, message, description, String(error.cause)].join('\n');
		expect(everything).not.toContain(apiKey);
		expect(everything).not.toMatch(/\.java:|Caused by|java\.lang/);
		return {
			name: error.name,
			message,
			description: description ?? '',
			code: httpCodeOf(error),
			item: place?.itemIndex,
			requests: server.requests.length,
		};
	};

	return { apiKey, ask, context, keap: () => server, refusal };
}
