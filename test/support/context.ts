import type { IExecuteFunctions, ILoadOptionsFunctions, INode, IPollFunctions } from 'n8n-workflow';

/** What a test sets of an n8n context; the rest is believable. */
export interface FakeContextOptions {
	credentials?: Record<string, unknown>;
	executionId?: string;
	cancel?: AbortSignal;
	/** n8n's id of the credential that the node uses. */
	credentialId?: string;
}

export const testNode: INode = {
	id: '1',
	name: 'Keap',
	type: 'n8n-nodes-keap.keap',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

function base({ credentials = {}, executionId = '1', credentialId }: FakeContextOptions) {
	const node = credentialId === undefined ? testNode : { ...testNode, credentials: { keapApi: { id: credentialId, name: 'Keap' } } };
	return {
		getNode: () => node,
		getCredentials: async () => await Promise.resolve({ apiKey: 'k'.repeat(24), ...credentials }),
		getExecutionId: () => executionId,
		getWorkflow: () => ({ id: 'workflow', name: 'Test', active: false }),
	};
}

/** A context as a node's `execute` has it, in an execution that a trigger started. */
export function executeContext(options: FakeContextOptions = {}): IExecuteFunctions {
	const members = {
		...base(options),
		getExecutionCancelSignal: () => options.cancel,
		getInputData: () => [],
		getMode: () => 'trigger' as const,
	};
	return members as Partial<IExecuteFunctions> as IExecuteFunctions;
}

/** A context as a dropdown's look-up has it. */
export function lookupContext(options: FakeContextOptions = {}): ILoadOptionsFunctions {
	const members = { ...base(options), getCurrentNodeParameter: () => undefined };
	return members as Partial<ILoadOptionsFunctions> as ILoadOptionsFunctions;
}

/** A context as a polling trigger has it. */
export function pollContext(options: FakeContextOptions = {}): IPollFunctions {
	return base(options) as Partial<IPollFunctions> as IPollFunctions;
}
