import { createContext, runInContext } from 'node:vm';
import type { IExecuteFunctions, INodeExecutionData, IWorkflowDataProxyData } from 'n8n-workflow';

/** What the Code node hands to n8n's task runner. */
interface CodeJob {
	code: string;
	nodeMode: 'runOnceForAllItems' | 'runOnceForEachItem' | 'runCode';
	chunk?: { startIndex: number; count: number };
}

type CodeOutcome = { ok: true; result: unknown } | { ok: false; error: unknown };

/**
 * The Code node's JavaScript, run in this process in place of n8n's task runner process. Trusted code only.
 * Stopping the execution ends the job, as it does in n8n.
 */
export async function runCodeJob(jobType: string, job: CodeJob, node: IExecuteFunctions): Promise<CodeOutcome> {
	if (jobType !== 'javascript') throw new Error(`The in-process engine runs no ${jobType} code, only JavaScript.`);
	try {
		const running = job.nodeMode === 'runOnceForEachItem' ? eachItem(job, node) : execute(job, node, 0);
		return { ok: true, result: await Promise.race([running, stopOf(node)]) };
	} catch (error) {
		return { ok: false, error };
	}
}

/** Rejects when the execution is stopped. */
async function stopOf(node: IExecuteFunctions): Promise<never> {
	return await new Promise((_resolve, reject) => {
		const stopped = () => reject(new Error('The execution was canceled'));
		node.getExecutionCancelSignal()?.addEventListener('abort', stopped, { once: true });
	});
}

async function eachItem(job: CodeJob, node: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const { startIndex, count } = job.chunk ?? { startIndex: 0, count: node.getInputData().length };
	const results: INodeExecutionData[] = [];
	for (let index = startIndex; index < startIndex + count; index++) {
		const value = (await execute(job, node, index)) as INodeExecutionData | undefined;
		if (value === undefined) continue;
		const item = 'json' in value ? value : { json: value };
		results.push({ ...item, pairedItem: { item: index } });
	}
	return results;
}

async function execute({ code }: CodeJob, node: IExecuteFunctions, index: number): Promise<unknown> {
	const items = node.getInputData();
	return await (runInContext(`(async () => {${code}\n})()`, globalsOf(node.getWorkflowDataProxy(index), items, index)) as Promise<unknown>);
}

/** n8n's `$…` variables are computed when read, and some throw when there is nothing to read: so getters, not values. */
function globalsOf(data: IWorkflowDataProxyData, items: INodeExecutionData[], index: number) {
	const globals = { items, item: items[index], console, Buffer, URL, URLSearchParams, setTimeout, clearTimeout };
	for (const name of Object.keys(data)) {
		Object.defineProperty(globals, name, { get: () => data[name] as unknown, configurable: true, enumerable: true });
	}
	return createContext(globals);
}
