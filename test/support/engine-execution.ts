import type { ICredentialsHelper, INode, INodeExecutionData, IRun, Workflow, WorkflowExecuteMode } from 'n8n-workflow';
import { additionalDataFor } from './engine-additional-data';
import type { EngineLibraries } from './engine-libraries';
import type { LoadedTypes } from './engine-node-types';
import type { RunOptions, RunResult, StartedRun, StoredError, WorkflowJson } from './engine-types';

type CancelableRun = ReturnType<InstanceType<EngineLibraries['core']['WorkflowExecute']>['processRunExecutionData']>;

/** n8n-core 1.x takes `run`'s arguments one by one. */
type PositionalRun = (workflow: Workflow, startNode: INode, destination: undefined, pinData: unknown) => CancelableRun;

/** Makes n8n's Workflow object of a workflow's JSON; throws when a node type is unknown. */
export function makeWorkflow(libraries: EngineLibraries, types: LoadedTypes, json: WorkflowJson): Workflow {
	return new libraries.workflow.Workflow({
		id: json.id ?? 'engine',
		name: json.name,
		nodes: structuredClone(json.nodes),
		connections: json.connections as ConstructorParameters<typeof Workflow>[0]['connections'],
		active: false,
		nodeTypes: types,
		staticData: json.staticData ?? {},
		settings: { executionOrder: 'v1', ...json.settings },
	});
}

/** Starts one execution in n8n's engine. Throws at once when the workflow cannot start. */
export function startExecution(
	libraries: EngineLibraries,
	types: LoadedTypes,
	credentials: ICredentialsHelper,
	json: WorkflowJson,
	options: RunOptions,
): StartedRun {
	const { mode = 'manual', onNodeDone, signal } = options;
	const workflow = makeWorkflow(libraries, types, json);
	const additionalData = additionalDataFor(libraries, credentials, mode, json);
	if (onNodeDone) additionalData.hooks?.addHandler('nodeExecuteAfter', onNodeDone);

	const running = launch(libraries, workflow, startNodeOf(workflow, options.startNode), mode, additionalData, options);
	let stopped = false;
	const cancel = () => {
		stopped = true;
		running.cancel();
	};
	signal?.addEventListener('abort', cancel, { once: true });
	if (signal?.aborted) cancel();
	const done = running
		// A node that gives up with an error of its own is still, as n8n records it, a stopped execution.
		.then((run: IRun) => resultOf(stopped ? { ...run, status: 'canceled' } : run))
		.finally(() => signal?.removeEventListener('abort', cancel));
	return { done, cancel };
}

function startNodeOf(workflow: Workflow, name: string | undefined): INode {
	const first = Object.values(workflow.nodes).filter((each) => workflow.getParentNodes(each.name).length === 0);
	// n8n does not take a Webhook for a start, and a note is none.
	const fallback = first.find((each) => workflow.getChildNodes(each.name).length > 0) ?? first[0];
	const node = name === undefined ? (workflow.getStartNode() ?? fallback) : workflow.getNode(name);
	if (!node) throw new Error(name === undefined ? 'The workflow has no node to start from.' : `The workflow has no node named "${name}".`);
	return node;
}

function launch(
	{ core, workflow: n8n }: EngineLibraries,
	workflow: Workflow,
	start: INode,
	mode: WorkflowExecuteMode,
	additionalData: ReturnType<typeof additionalDataFor>,
	options: RunOptions,
): CancelableRun {
	const input = options.input ?? options.items?.map((json): INodeExecutionData => ({ json }));
	const isTrigger = workflow.nodeTypes.getByNameAndVersion(start.type, start.typeVersion).description.group.includes('trigger');
	if (input && (!isTrigger || options.asInput)) {
		const nodeExecutionStack = [{ node: start, data: { main: [input] }, source: null }];
		const state = n8n.createRunExecutionData({ executionData: { nodeExecutionStack } });
		return new core.WorkflowExecute(additionalData, mode, state).processRunExecutionData(workflow);
	}
	const execute = new core.WorkflowExecute(additionalData, mode);
	const pinData = input ? { [start.name]: input } : undefined;
	return execute.run.length > 1
		? (execute.run as unknown as PositionalRun).call(execute, workflow, start, undefined, pinData)
		: execute.run({ workflow, startNode: start, pinData });
}

function resultOf(run: IRun): RunResult {
	const { runData, error, lastNodeExecuted, metadata: customData = {} } = run.data.resultData;
	const itemsWithPairing = (node: string, output = 0) => runData[node]?.at(-1)?.data?.main?.[output] ?? [];
	return {
		status: run.status,
		error: error as StoredError | undefined,
		runData,
		customData,
		lastNodeExecuted,
		itemsWithPairing,
		items: (node, output) => itemsWithPairing(node, output).map(({ json }) => json),
	};
}
