import type { ICredentialsHelper, IDataObject, INodeExecutionData, WorkflowExecuteMode } from 'n8n-workflow';
import { additionalDataFor } from './engine-additional-data';
import { makeWorkflow } from './engine-execution';
import type { EngineLibraries } from './engine-libraries';
import type { LoadedTypes } from './engine-node-types';
import type { WorkflowJson } from './engine-types';

/** One poll as n8n makes it. */
export interface PollResult {
	/** The JSON of the items that start an execution; null when none does. */
	items: IDataObject[] | null;
	/** What n8n keeps for the next poll: give it back as the workflow's `staticData`. */
	staticData: IDataObject;
}

/**
 * Runs a workflow's polling trigger once, with n8n's own context around it.
 *
 * @param mode 'trigger' for an active workflow, 'manual' for a test run in the editor
 * @param budgetMs how long the poll may take; n8n's own five minutes unless given
 * @throws what the node throws; n8n then keeps the static data as they are in memory, and so they are on the error
 */
export async function runPoll(
	libraries: EngineLibraries,
	types: LoadedTypes,
	credentials: ICredentialsHelper,
	json: WorkflowJson,
	mode: WorkflowExecuteMode,
	budgetMs?: number,
): Promise<PollResult> {
	const workflow = makeWorkflow(libraries, types, { ...json, staticData: structuredClone(json.staticData ?? {}) });
	const [node] = workflow.getPollNodes();
	if (!node) throw new Error('The workflow has no polling trigger.');
	const { poll } = types.getByNameAndVersion(node.type, node.typeVersion);
	if (!poll) throw new Error(`${node.type} has no poll function.`);
	const context = new libraries.core.PollContext(workflow, node, additionalDataFor(libraries, credentials, mode, json), mode, 'activate');
	// What n8n's durable scheduler hands to the context.
	if (budgetMs !== undefined) Object.assign(context, { getPollBudgetMs: () => budgetMs });
	const staticData = () => JSON.parse(JSON.stringify(workflow.staticData)) as IDataObject;
	try {
		const output: INodeExecutionData[][] | null = await poll.call(context);
		return { items: output?.[0]?.map((item) => item.json) ?? null, staticData: staticData() };
	} catch (error) {
		throw Object.assign(error as Error, { staticData: staticData() });
	}
}
