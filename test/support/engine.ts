import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { INode, IHttpRequestOptions } from 'n8n-workflow';
import { runCredentialTest } from './engine-credential-test';
import { InMemoryCredentials } from './engine-credentials';
import { EditorLookups } from './engine-editor';
import { makeWorkflow, startExecution } from './engine-execution';
import { loadLibraries, PROJECT_ROOT } from './engine-libraries';
import { LoadedTypes } from './engine-node-types';
import { runPoll } from './engine-poll';
import { openTrigger } from './engine-trigger';
import type { Engine, EngineOptions } from './engine-types';

export type * from './engine-types';
export * from './engine-workflow';

/**
 * n8n's real engine in this process: workflow JSON in, n8n's run data out; no server, no database.
 * The built package (`dist`) is loaded by n8n's own loader.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
	const { root = PROJECT_ROOT, withBaseNodes = true } = options;
	const libraries = loadLibraries(root);
	const packages = options.packages ?? (existsSync(join(PROJECT_ROOT, 'dist')) ? [PROJECT_ROOT] : []);
	const types = await LoadedTypes.load(libraries, [...(withBaseNodes ? [baseNodes(root)] : []), ...packages]);
	const store = { ...options.credentials };
	const credentials = new InMemoryCredentials(libraries, types, store);
	const lookups = new EditorLookups(libraries, types, credentials);
	const start: Engine['start'] = (workflow, runOptions = {}) => startExecution(libraries, types, credentials, workflow, runOptions);

	return {
		start,
		poll: async (workflow, mode = 'trigger', budgetMs) => await runPoll(libraries, types, credentials, workflow, mode, budgetMs),
		run: async (workflow, runOptions) => await start(workflow, runOptions).done,
		loadOptions: async (node, method) => await lookups.loadOptions(node, method),
		listSearch: async (node, method, filter, token) => await lookups.listSearch(node, method, filter, token),
		resourceMapperFields: async (node, method) => await lookups.resourceMapperFields(node, method),
		testCredential: async (type, data) =>
			await runCredentialTest(types.credentialTestOf(type), {
				id: 'tested',
				name: 'tested',
				type,
				data: credentials.withDefaults(type, data),
			}),
		authenticate: async (id, request) => await authenticate(id, request),
		setCredential: (id, type, data) => {
			store[id] = { type, data };
		},
		openTrigger: async (workflow, triggerOptions) => await openTrigger(libraries, types, credentials, workflow, triggerOptions),
		nodeDescription: (type, version) => types.getByNameAndVersion(type, version).description,
	};

	async function authenticate(id: string, request: IHttpRequestOptions): Promise<IHttpRequestOptions> {
		const stored = store[id];
		if (!stored) throw new Error(`The engine was given no credential "${id}".`);
		const { type, data } = stored;
		// Declarative authentication evaluates expressions, for which n8n wants a node.
		const node: INode = { id: 'a', name: 'A', type: 'a.a', typeVersion: 1, position: [0, 0], parameters: {} };
		const bare = makeWorkflow(libraries, types, { nodes: [], connections: {} });
		return await credentials.authenticate(credentials.withDefaults(type, data), type, request, bare, node);
	}
}

function baseNodes(root: string): string {
	return dirname(createRequire(join(root, 'package.json')).resolve('n8n-nodes-base/package.json'));
}
