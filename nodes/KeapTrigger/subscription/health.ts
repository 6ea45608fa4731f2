import { createHash } from 'node:crypto';
import { type ITriggerFunctions, type ITriggerResponse, NodeOperationError } from 'n8n-workflow';

import { eventName } from '../../shared/hooks/eventWords';
import { createHook, type Hook, listHooks } from '../../shared/hooks/hooks';
import { isStarting, kept, tokenOf } from './address';

import { takeSilence } from './silenced';
import { isVerified, planHooks } from './plan';
import { REPORT } from './report';
import { chosenEvents } from '../form/settings';
import { awaitVerified } from './verification';

const EVERY_HOURS = 6;

/** n8n activates workflows before it listens, and does not ask about hooks then. */
const AFTER_START_MS = 60_000;

/** Workflows look at different times, so that many of them don't ask Keap at once. */
function momentOf(context: ITriggerFunctions): { minute: number; second: number } {
	const [minute = 0, second = 0] = createHash('sha256').update(context.getNode().id).digest();
	return { minute: minute % 60, second: second % 60 };
}

/**
 * Looks after the hooks while the workflow is active: one call every six hours and one after each start of n8n, and more only
 * when something is wrong. Keap gives up on a hook after four failures, such as an evening without n8n; nothing else would
 * bring it back.
 */
export async function lookAfter(this: ITriggerFunctions): Promise<ITriggerResponse> {
	if (this.getMode() === 'manual') return {};
	const { minute, second } = momentOf(this);
	this.helpers.registerCron({ expression: `${second} ${minute} */${EVERY_HOURS} * * *` }, () => void look(this));
	if (!isStarting(this)) return {};
	const soon = setTimeout(() => void look(this), AFTER_START_MS + second * 1_000);
	soon.unref();
	return { closeFunction: async () => clearTimeout(soon) };
}

/** Brings back what is silent and lets the user know. Never throws: the next look comes. */
async function look(context: ITriggerFunctions): Promise<void> {
	try {
		const { silent, back } = await bringBack(context);
		if (silent.length > 0) report(context, silent, back);
	} catch (error) {
		context.logger.warn(`Keap Trigger could not look after its hooks: ${error instanceof Error ? error.message : String(error)}`);
	}
}

async function bringBack(context: ITriggerFunctions): Promise<{ silent: string[]; back: string[] }> {
	const { place } = kept(context);
	if (place === undefined) return { silent: [], back: [] };
	const plan = planHooks(await listHooks(context), chosenEvents(context), place, await tokenOf(context, false));
	const outcomes = await Promise.allSettled<Hook>([
		...plan.verify.map(async (hook) => await awaitVerified(context, hook, false)),
		...plan.create.map(async ({ eventKey, hookUrl }) => await awaitVerified(context, await createHook(context, eventKey, hookUrl), true)),
	]);
	const back = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && isVerified(outcome.value) ? [outcome.value.eventKey] : []));
	const silent = [...plan.verify, ...plan.create].map(({ eventKey }) => eventKey);
	// n8n's start has brought these back already; some may have fallen silent again.
	const before = takeSilence(context).filter((key) => !silent.includes(key));
	return { silent: [...before, ...silent], back: [...before, ...back] };
}

/** A failed execution in the workflow's list, which also starts its error workflow: events may be missing. */
function report(context: ITriggerFunctions, silent: readonly string[], back: readonly string[]): void {
	const words = (keys: readonly string[]): string => keys.map(eventName).join(', ');
	const lost = silent.filter((key) => !back.includes(key));
	const message = `Keap had stopped sending: ${words(silent)}`;
	const sentences = [
		back.length > 0 && `Sending again: ${words(back)}.`,
		lost.length > 0 && `Still silent, and tried again in ${EVERY_HOURS} hours: ${words(lost)}.`,
		'Keap stops after four failed deliveries. What changed meanwhile was not reported: get it with Get Many, updated since the last execution.',
		"If Keap can't reach this n8n, use the Keap Polling Trigger: it asks Keap for changes on a schedule.",
	];
	const description = sentences.filter((sentence) => sentence !== false).join(' ');
	context.logger.warn(`${message}. ${description}`);
	// n8n 1.x can't save a failed execution: there it is started, and fails by itself.
	if (typeof context.saveFailedExecution === 'function')
		context.saveFailedExecution(new NodeOperationError(context.getNode(), message, { description }));
	else context.emit([[{ json: { [REPORT]: { message, description } } }]]);
}
