import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';

type Context = IHookFunctions | ITriggerFunctions;

/** Keys of events by node whose hooks were found silenced when n8n started, when no execution can be started to report it. */
const silenced = new Map<string, readonly string[]>();

const nameOf = (context: Context): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** Keeps what was silenced and is repaired by now, for the report of the next health check. */
export function rememberSilenced(context: Context, eventKeys: readonly string[]): void {
	if (eventKeys.length > 0) silenced.set(nameOf(context), eventKeys);
}

/** What was kept. It is given out once. */
export function takeSilenced(context: Context): readonly string[] {
	const eventKeys = silenced.get(nameOf(context)) ?? [];
	silenced.delete(nameOf(context));
	return eventKeys;
}
