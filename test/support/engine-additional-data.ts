import type { ICredentialsHelper, IWorkflowExecuteAdditionalData, WorkflowExecuteMode } from 'n8n-workflow';
import { runCodeJob } from './engine-code';
import type { EngineLibraries } from './engine-libraries';
import type { WorkflowJson } from './engine-types';

/** Nothing listens there: in-process executions have no server, but nodes may ask for its addresses. */
const ADDRESS = 'http://127.0.0.1:5678';

let executions = 0;

/** What n8n's server gives to every execution, with a fresh execution id and without anything that needs the server. */
export function additionalDataFor(
	libraries: EngineLibraries,
	credentialsHelper: ICredentialsHelper,
	mode: WorkflowExecuteMode,
	workflow: WorkflowJson,
): IWorkflowExecuteAdditionalData {
	const executionId = `engine-${++executions}`;
	const record = {
		id: workflow.id ?? 'engine',
		name: workflow.name ?? 'Workflow',
		active: false,
		isArchived: false,
		activeVersionId: null,
		createdAt: new Date(),
		updatedAt: new Date(),
		...workflow,
	};
	const data = {
		credentialsHelper,
		executionId,
		hooks: new libraries.core.ExecutionLifecycleHooks(mode, executionId, record as IWorkflowBaseOfHooks),
		currentNodeExecutionIndex: 0,
		variables: {},
		restApiUrl: `${ADDRESS}/rest`,
		instanceBaseUrl: `${ADDRESS}/`,
		webhookBaseUrl: `${ADDRESS}/webhook`,
		webhookTestBaseUrl: `${ADDRESS}/webhook-test`,
		webhookWaitingBaseUrl: `${ADDRESS}/webhook-waiting`,
		formBaseUrl: `${ADDRESS}/form`,
		formTestBaseUrl: `${ADDRESS}/form-test`,
		formWaitingBaseUrl: `${ADDRESS}/form-waiting`,
		mcpBaseUrl: `${ADDRESS}/mcp`,
		mcpTestBaseUrl: `${ADDRESS}/mcp-test`,
		executeWorkflow: async () => {
			throw new Error('The in-process engine runs no sub-workflows.');
		},
		getRunExecutionData: async () => undefined,
		getRuntimeCredential: async () => undefined,
		logAiEvent: () => {},
		setExecutionStatus: () => {},
		sendDataToUI: () => {},
		startRunnerTask: async (_data: unknown, jobType: string, settings: unknown, node: unknown) =>
			await runCodeJob(jobType, settings as Parameters<typeof runCodeJob>[1], node as Parameters<typeof runCodeJob>[2]),
		getRunnerStatus: (taskType: string) =>
			taskType === 'javascript' ? { available: true as const } : { available: false as const, reason: 'the engine runs in process' },
	};
	// External secrets belong to the server; everything a node can reach is there.
	return data as unknown as IWorkflowExecuteAdditionalData;
}

type IWorkflowBaseOfHooks = ConstructorParameters<EngineLibraries['core']['ExecutionLifecycleHooks']>[2];
