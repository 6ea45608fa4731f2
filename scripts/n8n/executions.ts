import { setTimeout as wait } from 'node:timers/promises';
import type { INodeExecutionData, IRunExecutionData } from 'n8n-workflow';
import type { N8nClient } from './client';

/** An execution as n8n stored it. */
export interface StoredExecution {
	id: string;
	status: string;
	/** As an ISO 8601 text. */
	startedAt: string;
	data: IRunExecutionData;
}

const UNFINISHED = ['new', 'running', 'waiting'];

/** Starts a stored workflow from its trigger. @returns the execution's id */
export async function startExecution(client: N8nClient, workflowId: string, trigger: string): Promise<string> {
	// n8n 1.x wants the workflow itself in the body; 2.x takes the stored one.
	const workflowData = await client.get<unknown>(`/rest/workflows/${workflowId}`);
	const body = { workflowData, triggerToStartFrom: { name: trigger } };
	return (await client.post<{ executionId: string }>(`/rest/workflows/${workflowId}/run`, body)).executionId;
}

/** Waits for the end of an execution, successful or not. */
export async function executionEnd(client: N8nClient, executionId: string, timeoutMs = 120_000): Promise<StoredExecution> {
	const until = Date.now() + timeoutMs;
	for (;;) {
		const { status, startedAt, data } = await client.get<{ status: string; startedAt: string; data?: string }>(
			`/rest/executions/${executionId}`,
		);
		// n8n 1.x may answer with the new status before the new data.
		const stored = data === undefined ? undefined : (unflatten(data) as IRunExecutionData);
		const { runData = {}, error } = stored?.resultData ?? {};
		const complete = error !== undefined || Object.keys(runData).length > 0;
		if (stored && complete && !UNFINISHED.includes(status)) return { id: executionId, status, startedAt, data: stored };
		if (Date.now() > until) throw new Error(`Execution ${executionId} is still ${status} after ${timeoutMs / 1000} s.`);
		await wait(100);
	}
}

/** Items that a node's last run put out on its first output. */
export const outputOf = ({ data }: StoredExecution, node: string): INodeExecutionData[] =>
	data.resultData.runData[node]?.at(-1)?.data?.main?.[0] ?? [];

/**
 * Undoes n8n's flat form of run data: a JSON array of values in which every text inside an object or array
 * is the index of the value that belongs there. Values that occur twice, or inside themselves, become one object.
 */
export function unflatten(text: string): unknown {
	const values = JSON.parse(text) as unknown[];
	const built = new Map<number, unknown>();
	const valueAt = (index: number): unknown => {
		const flat = values[index];
		if (flat === null || typeof flat !== 'object') return flat;
		if (built.has(index)) return built.get(index);
		const value: Record<string, unknown> | unknown[] = Array.isArray(flat) ? [] : {};
		built.set(index, value);
		for (const [key, inner] of Object.entries(flat)) {
			Reflect.set(value, key, typeof inner === 'string' ? valueAt(Number(inner)) : inner);
		}
		return value;
	};
	return valueAt(0);
}
