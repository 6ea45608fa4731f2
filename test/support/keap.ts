import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox, type SandboxOptions } from '../sandbox';
import { createEngine, keapNode, workflow, type Engine, type RunResult } from './engine';

/** The engine with our node, pointed at a sandbox. */
export interface Keap {
	readonly engine: Engine;
	readonly sandbox: Sandbox;
	/** Runs one Keap node over the items (one empty item by default). */
	run(parameters: INodeParameters, items?: IDataObject[], extra?: Partial<INode>): Promise<RunResult>;
	/** The output items of such a run; fails with the node's own error. */
	output(parameters: INodeParameters, items?: IDataObject[], extra?: Partial<INode>): Promise<IDataObject[]>;
	/** The calls since the last look, as `METHOD path`. */
	newCalls(): string[];
	/** Points the credential at the sandbox with these fields on top. */
	setCredential(data: IDataObject): void;
	close(): Promise<void>;
}

/** So high that no test waits for the throttle. */
export const NO_LIMITS = {
	advancedSettings: true,
	limits: 'fixed',
	requestsPerSecond: 100_000,
	requestsPerMinute: 1_000_000,
	requestsPerDay: 10_000_000,
};

let serial = 0;

/** Every fixture has a key of its own: throttles live as long as the process, one a key. */
export async function startKeap(options: SandboxOptions & { withBaseNodes?: boolean } = {}): Promise<Keap> {
	const { withBaseNodes = false, ...own } = options;
	const apiKey = `test-key-${process.pid}-${(serial += 1)}`;
	const sandbox = await startSandbox({
		limits: { perSecond: Infinity, perMinute: Infinity, perDay: Infinity },
		keys: { [apiKey]: 'full', 'limited-key': 'limited' },
		...own,
	});
	const data = { apiKey, baseUrl: sandbox.url, ...NO_LIMITS };
	const engine = await createEngine({ withBaseNodes, credentials: { cred1: { type: 'keapApi', data } } });
	let seen = 0;
	const run: Keap['run'] = async (parameters, items = [{}], extra = {}) =>
		await engine.run(workflow([keapNode('Keap', parameters, extra)]), { items });
	return {
		engine,
		sandbox,
		run,
		output: async (...given) => {
			const result = await run(...given);
			if (result.error)
				throw Object.assign(new Error(`${result.error.message} | ${result.error.description ?? ''}`), { stored: result.error });
			return result.items('Keap');
		},
		newCalls: () => {
			const fresh = sandbox.calls.slice(seen).map(({ method, path }) => `${method} ${path}`);
			seen = sandbox.calls.length;
			return fresh;
		},
		setCredential: (fields) => engine.setCredential('cred1', 'keapApi', { ...data, ...fields }),
		close: async () => await sandbox.close(),
	};
}
