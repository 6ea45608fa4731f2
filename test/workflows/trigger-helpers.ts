import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { SandboxOptions } from '../sandbox';
import { KEAP_CREDENTIAL, workflow, type ActivateOptions, type ActiveWorkflow, type RunResult, type WorkflowJson } from '../support/engine';
import { startKeap, type Keap } from '../support/keap';

export const TRIGGER_TYPE = 'n8n-nodes-keap.keapTrigger';

/** A workflow of a Keap Trigger alone. Each has a webhook path of its own, and so hooks of its own. */
export const triggerWorkflow = (parameters: INodeParameters, id = 'one'): WorkflowJson => ({
	...workflow([
		{ id: `trigger-${id}`, name: 'Keap Trigger', type: TRIGGER_TYPE, webhookId: `path-${id}`, parameters, credentials: KEAP_CREDENTIAL },
	]),
	id: `workflow-${id}`,
});

export interface TriggerStage {
	readonly keap: Keap;
	/** Opens the trigger and activates it. */
	activate(parameters: INodeParameters, options?: ActivateOptions, id?: string): Promise<ActiveWorkflow>;
	/** The same without activating. */
	open(parameters: INodeParameters, options?: ActivateOptions, id?: string): Promise<ActiveWorkflow>;
	/** The hooks that Keap has: event and status. */
	hooks(): string[];
	/** Sends a delivery to the address that Keap has for an event, as Keap would. */
	deliver(eventKey: string, objects: unknown, more?: IDataObject): Promise<Response>;
	/** The calls since they were asked for last. */
	newCalls(): string[];
}

/** An engine, a sandbox with quick deliveries, and the triggers that a test opens; all ended with the test. */
export function stageForEachTest(options: SandboxOptions = {}): () => TriggerStage {
	let stage: TriggerStage | undefined;
	const open: ActiveWorkflow[] = [];
	beforeEach(async () => {
		const keap = await startKeap({ hookTimes: { attemptsMs: [5, 10, 10, 10], timeoutMs: 2_000 }, ...options });
		const { hooks } = keap.sandbox.state;
		const opened: TriggerStage['open'] = async (parameters, activate, id) => {
			const live = await keap.engine.openTrigger(triggerWorkflow(parameters, id), activate);
			open.push(live);
			return live;
		};
		stage = {
			keap,
			open: opened,
			activate: async (...given) => {
				const live = await opened(...given);
				await live.activate();
				return live;
			},
			hooks: () => [...hooks.all.values()].map(({ eventKey, status }) => `${eventKey} ${status}`).sort(),
			deliver: async (eventKey, objects, more = {}) => {
				const hook = [...hooks.all.values()].find((each) => each.eventKey === eventKey);
				if (!hook) throw new Error(`Nobody listens to ${eventKey}`);
				const body =
					typeof objects === 'string'
						? objects
						: JSON.stringify({ event_key: eventKey, object_type: eventKey.split('.')[0], object_keys: objects, ...more });
				return await fetch(hook.hookUrl, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
			},
			newCalls: () => keap.newCalls(),
		};
	});
	afterEach(async () => {
		// An execution that outlives its sandbox would ask it again and again.
		await Promise.allSettled(open.flatMap(({ executions }) => executions));
		await Promise.all(open.splice(0).map(async (live) => await live.stop()));
		await stage?.keap.close();
	});
	return () => {
		if (!stage) throw new Error('The stage is there inside tests only');
		return stage;
	};
}

/** The items that the deliveries so far have put out; fails with the first execution's own error. */
export async function itemsOf({ executions }: ActiveWorkflow): Promise<IDataObject[]> {
	const results: RunResult[] = await Promise.all(executions);
	for (const { error } of results) if (error) throw new Error(`${error.message} | ${error.description ?? ''}`);
	return results.flatMap((result) => result.items('Keap Trigger'));
}
