import type { IHookFunctions, ITriggerFunctions } from 'n8n-workflow';

type Context = IHookFunctions | ITriggerFunctions;

/** Keys of events by node: what Keap had stopped telling of when n8n started. Nobody can be told at that moment. */
const noted = new Map<string, readonly string[]>();

const nameOf = (context: Context): string => `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;

/** Keeps what has been brought back, for the look that follows. */
export function noteSilence(context: Context, eventKeys: readonly string[]): void {
	if (eventKeys.length > 0) noted.set(nameOf(context), eventKeys);
}

/** What was kept; it is told once. */
export function takeSilence(context: Context): readonly string[] {
	const eventKeys = noted.get(nameOf(context)) ?? [];
	noted.delete(nameOf(context));
	return eventKeys;
}
