import { createHash } from 'node:crypto';
import { type ITriggerFunctions, type ITriggerResponse, NodeOperationError } from 'n8n-workflow';

import { accountOf } from '../../shared/hooks/account';
import { eventName } from '../../shared/hooks/eventWords';
import { createHook, type Hook, listHooks } from '../../shared/hooks/hooks';
import { chosenEvents } from '../form/settings';
import { hookStateOf, isStarting } from './hookState';
import { isVerified, planHooks } from './plan';
import { REPORT } from './report';
import { takeSilenced } from './silencedEvents';
import { adoptAccount, isOtherAccount, tokenFor } from './token';
import { awaitVerified } from './verification';

const EVERY_HOURS = 6;

/** Delay of the first check: n8n activates workflows before it listens, and does not check hooks then. */
const AFTER_START_MS = 60_000;

/** Workflows are checked at different times, so that many of them don't ask Keap at once. */
function momentOf(context: ITriggerFunctions): { minute: number; second: number } {
	const [minute = 0, second = 0] = createHash('sha256').update(context.getNode().id).digest();
	return { minute: minute % 60, second: second % 60 };
}

/**
 * Checks the health of the hooks while the workflow is active: one call every six hours and one after each start of n8n, and
 * more only when something is wrong. Keap gives up on a hook after four failures, such as an evening without n8n; nothing else
 * would repair it.
 */
export async function watchHealth(this: ITriggerFunctions): Promise<ITriggerResponse> {
	if (this.getMode() === 'manual') return {};
	const { minute, second } = momentOf(this);
	const closing = new AbortController();
	const check = () => {
		if (!closing.signal.aborted) void checkHealth(this);
	};
	this.helpers.registerCron({ expression: `${second} ${minute} */${EVERY_HOURS} * * *` }, check);
	const soon = isStarting(this) ? setTimeout(check, AFTER_START_MS + second * 1_000) : undefined;
	soon?.unref();
	return {
		closeFunction: async () => {
			closing.abort();
			clearTimeout(soon);
		},
	};
}

/** Repairs what is silenced and informs the user. Never throws: the next check comes. */
async function checkHealth(context: ITriggerFunctions): Promise<void> {
	try {
		const repair = await repairHooks(context);
		if (repair.silenced.length > 0) report(context, repair);
	} catch (error) {
		context.logger.warn(`Keap Trigger could not check its hooks: ${error instanceof Error ? error.message : String(error)}`);
	}
}

interface Repair {
	/** Keys of events that did not come in. */
	silenced: string[];
	/** Those of them that come in again. */
	repaired: string[];
	/** Whether the credential's key now belongs to another account, where the node had no hooks. */
	hasMoved: boolean;
}

async function repairHooks(context: ITriggerFunctions): Promise<Repair> {
	const { webhookUrl } = hookStateOf(context);
	if (webhookUrl === undefined) return { silenced: [], repaired: [], hasMoved: false };
	const hooks = await listHooks(context);
	const account = await accountOf(context);
	const hasMoved = isOtherAccount(context, account);
	const plan = planHooks(hooks, chosenEvents(context), webhookUrl, await tokenFor(context, account));
	const outcomes = await Promise.allSettled<Hook>([
		...plan.verify.map(async (hook) => await awaitVerified(context, hook, false)),
		...plan.create.map(async ({ eventKey, hookUrl }) => await awaitVerified(context, await createHook(context, eventKey, hookUrl), true)),
	]);
	await adoptAccount(context, account);
	const repaired = outcomes.flatMap((outcome) =>
		outcome.status === 'fulfilled' && isVerified(outcome.value) ? [outcome.value.eventKey] : [],
	);
	const silenced = [...plan.verify, ...plan.create].map(({ eventKey }) => eventKey);
	// n8n's start has repaired these already; some may have fallen silent again.
	const before = takeSilenced(context).filter((key) => !silenced.includes(key));
	return { silenced: [...before, ...silenced], repaired: [...before, ...repaired], hasMoved };
}

/** A failed execution in the workflow's list, which also starts its error workflow: events may be missing. */
function report(context: ITriggerFunctions, { silenced, repaired, hasMoved }: Repair): void {
	const words = (keys: readonly string[]): string => keys.map(eventName).join(', ');
	const lost = silenced.filter((key) => !repaired.includes(key));
	const message = hasMoved
		? `The key of the Keap credential belongs to another account than the hooks of this workflow: ${words(silenced)}`
		: `Keap had stopped sending: ${words(silenced)}`;
	const why = hasMoved
		? 'Events of the former account still come in until its hooks are deleted with a key of that account (Keap Admin, Hook, Delete); their records are not fetched.'
		: 'Keap stops after four failed deliveries.';
	const sentences = [
		repaired.length > 0 && `${hasMoved ? 'Sending now' : 'Sending again'}: ${words(repaired)}.`,
		lost.length > 0 && `Still silent, and tried again in ${EVERY_HOURS} hours: ${words(lost)}.`,
		`${why} What changed meanwhile was not reported: get it with Get Many, updated since the last execution.`,
		"If Keap can't reach this n8n, use the Keap Polling Trigger: it asks Keap for changes on a schedule.",
	];
	const description = sentences.filter((sentence) => sentence !== false).join(' ');
	context.logger.warn(`${message}. ${description}`);
	// n8n 1.x can't save a failed execution: there it is started, and fails by itself.
	if (typeof context.saveFailedExecution === 'function')
		context.saveFailedExecution(new NodeOperationError(context.getNode(), message, { description }));
	else context.emit([[{ json: { [REPORT]: { message, description } } }]]);
}
