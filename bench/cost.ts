/**
 * What the helper itself costs a call: run as a process of its own, `cost.ts <way> <url> <calls>`, limits out of the way.
 * Prints one line of JSON. Allocations are sampled by V8's heap profiler, what was collected included.
 */
import { Session } from 'node:inspector/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { executeContext } from '../test/support/context';
import { loadLibraries, PROJECT_ROOT } from '../test/support/engine-libraries';

const [way = '', url = '', calls = '0'] = process.argv.slice(2);
const AT_ONCE = 20;
const WARM_UP = 2_000;
const apiKey = `cost-${process.pid}`;
const load = createRequire(__filename);
const path = '/crm/rest/v2/contacts/1';

const NO_LIMITS = { requestsPerSecond: 1e7, requestsPerMinute: 1e9, requestsPerDay: 1e9 };

const makers: Record<string, () => () => Promise<unknown>> = {
	ours: () => {
		const { keapRequest } = builtTransport();
		const context = executeContext({ credentials: { apiKey, baseUrl: url, ...NO_LIMITS } });
		return async () =>
			await keapRequest(context, { method: 'GET', path: '/crm/rest/v2/contacts/{contact_id}', pathParams: { contact_id: '1' } });
	},
	undici: () => {
		const dispatcher = new Agent({ connections: 32, pipelining: 1 });
		const headers = { 'X-Keap-API-Key': apiKey, Accept: 'application/json' };
		return async () => {
			const answer = await request(url + path, { dispatcher, headers });
			return await answer.body.json();
		};
	},
	n8n: () => {
		const helpers = n8nHelpers();
		return async () => await helpers.httpRequestWithAuthentication('header', { url: url + path, json: true, returnFullResponse: true });
	},
};

/** As it was built: what runs `.ts` adds calls of its own to every function. */
function builtTransport(): typeof import('../nodes/shared/transport') {
	return load(join(PROJECT_ROOT, 'dist/nodes/shared/transport')) as typeof import('../nodes/shared/transport');
}

interface Helpers {
	httpRequestWithAuthentication(type: string, options: object): Promise<unknown>;
}

/** n8n's own request helpers, with a credential that puts a header on the request as a declared one does. */
function n8nHelpers(): Helpers {
	const { workflow } = loadLibraries(PROJECT_ROOT);
	const inner = join(PROJECT_ROOT, 'node_modules/n8n-core/dist/execution-engine/node-execution-context/utils/request-helper-functions.js');
	// Not exported by n8n-core, which hands it to nodes alone.
	const { getRequestHelperFunctions } = load(inner) as { getRequestHelperFunctions(...given: unknown[]): Helpers };
	const node = {
		id: '1',
		name: 'Bench',
		type: 'bench',
		typeVersion: 1,
		position: [0, 0] as [number, number],
		parameters: {},
		credentials: { header: { id: '1', name: 'h' } },
	};
	const nodeType = { description: { properties: [], credentials: [{ name: 'header', required: true }] } };
	const nodeTypes = { getByName: () => nodeType, getByNameAndVersion: () => nodeType, getKnownTypes: () => ({}) };
	const flow = new workflow.Workflow({ nodes: [node], connections: {}, active: false, nodeTypes: nodeTypes as never });
	const credentialsHelper = {
		getParentTypes: () => [],
		authenticate: async (data: { key: string }, _type: string, options: { headers?: object }) =>
			await Promise.resolve({ ...options, headers: { ...options.headers, 'X-Keap-API-Key': data.key } }),
		preAuthentication: async () => await Promise.resolve(undefined),
	};
	const helpers = getRequestHelperFunctions(flow, node, { credentialsHelper });
	const context = { getNode: () => node, getCredentials: async () => await Promise.resolve({ key: apiKey }), helpers };
	return {
		httpRequestWithAuthentication: async (...given) => await helpers.httpRequestWithAuthentication.call(context as never, ...given),
	};
}

/** So many calls, some at once. */
async function repeat(call: () => Promise<unknown>, times: number): Promise<void> {
	let left = times;
	const lane = async () => {
		while (left-- > 0) await call();
	};
	await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

interface SampleNode {
	selfSize: number;
	children: SampleNode[];
}

const sizeOf = (node: SampleNode): number => node.children.reduce((sum, child) => sum + sizeOf(child), node.selfSize);

async function main(): Promise<void> {
	const make = makers[way];
	if (!make) throw new Error(`There is no way "${way}": ${Object.keys(makers).join(', ')}`);
	const call = make();
	const count = Number(calls);
	await repeat(call, WARM_UP);
	const from = performance.now();
	const cpu = process.cpuUsage();
	await repeat(call, count);
	const { user, system } = process.cpuUsage(cpu);
	const ms = performance.now() - from;

	const session = new Session();
	session.connect();
	const collected = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
	await session.post('HeapProfiler.startSampling', { samplingInterval: 16_384, ...collected });
	await repeat(call, count / 4);
	const { profile } = await session.post('HeapProfiler.stopSampling');
	const bytes = sizeOf(profile.head as SampleNode);
	process.stdout.write(
		`${JSON.stringify({ cpuMicros: (user + system) / count, bytes: bytes / (count / 4), perSecond: (count / ms) * 1_000 })}\n`,
		() => process.exit(0),
	);
}

void main();
