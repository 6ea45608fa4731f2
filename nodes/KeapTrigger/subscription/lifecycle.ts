import { type IHookFunctions, NodeOperationError } from 'n8n-workflow';

import { accountOf } from '../../shared/hooks/account';
import { eventName } from '../../shared/hooks/eventWords';
import { createHook, deleteHook, type Hook, listHooks } from '../../shared/hooks/hooks';
import { hookStateOf, isStarting } from './hookState';
import { isAtWebhook } from './hookUrl';
import { rememberSilenced } from './silencedEvents';
import { isInOrder, isVerified, type Plan, planHooks } from './plan';
import { checkFields } from '../form/recordOutput';
import { checkSettings, chosenEvents } from '../form/settings';
import { adoptAccount, testToken, tokenFor } from './token';
import { awaitVerified } from './verification';

const isTest = (context: IHookFunctions): boolean => context.getMode() === 'manual';

function webhookUrlOf(context: IHookFunctions): string {
	const url = context.getNodeWebhookUrl('default');
	if (url !== undefined && URL.canParse(url)) return url;
	throw new NodeOperationError(context.getNode(), 'n8n has no webhook address for this node', {
		description:
			'Set WEBHOOK_URL of n8n to the address under which Keap can reach it, such as https://n8n.example.com/, and activate the workflow again.',
	});
}

async function planOf(context: IHookFunctions): Promise<Plan> {
	checkSettings(context);
	await checkFields(context, chosenEvents(context));
	const hooks = await listHooks(context);
	// The list's answer has named the account: this costs no call.
	const token = isTest(context) ? await testToken(context) : await tokenFor(context, await accountOf(context));
	return planHooks(hooks, chosenEvents(context), webhookUrlOf(context), token);
}

/** Whether Keap has exactly the hooks that the node wants, all of them verified. One call. */
export async function checkExists(context: IHookFunctions): Promise<boolean> {
	const inOrder = isInOrder(await planOf(context));
	if (inOrder) await remember(context);
	return inOrder;
}

/** n8n keeps this for deliveries and for the health check; a test leaves nothing behind. */
async function remember(context: IHookFunctions): Promise<void> {
	if (isTest(context)) return;
	await adoptAccount(context, await accountOf(context));
	hookStateOf(context).webhookUrl = webhookUrlOf(context);
}

/**
 * Makes what is missing, verifies what gives no events, then removes what is left over of this node.
 *
 * @throws NodeOperationError when Keap can't reach n8n: nothing that was made now is left then; and what `keapRequest` throws
 */
export async function create(context: IHookFunctions): Promise<boolean> {
	const plan = await planOf(context);
	const wasActive = hookStateOf(context).webhookUrl !== undefined;
	await remember(context);
	const made: Hook[] = [];
	const outcomes = await Promise.allSettled([
		...plan.create.map(async ({ eventKey, hookUrl }) => {
			const hook = await createHook(context, eventKey, hookUrl);
			made.push(hook);
			return await awaitVerified(context, hook, true);
		}),
		...plan.verify.map(async (hook) => await awaitVerified(context, hook, false)),
	]);
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	const silent = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && !isVerified(outcome.value) ? [outcome.value] : []));
	// While n8n starts it does not listen yet: hooks that can't be verified now are left to the health check.
	const isTrouble = failed !== undefined || (silent.length > 0 && !isStarting(context));
	if (isTrouble) {
		await Promise.allSettled(made.map(async (hook) => await deleteHook(context, hook)));
		throw failed?.reason ?? unreachable(context, silent);
	}
	// At a start of n8n the hooks should have existed already: those found silent or missing have lost events.
	if (isStarting(context) && wasActive)
		rememberSilenced(
			context,
			[...plan.verify, ...plan.create].map(({ eventKey }) => eventKey),
		);
	const removed = await Promise.allSettled(plan.remove.map(async (hook) => await deleteHook(context, hook)));
	// A leftover hook starts no execution and is removed at the next activation, so failing here would only stop what works.
	for (const left of removed)
		if (left.status === 'rejected') context.logger.warn(`Keap Trigger could not remove a hook it no longer needs: ${String(left.reason)}`);
	return true;
}

/** While a person listens for a test event, n8n shows only the message, so what to do is part of it. */
function unreachable(context: IHookFunctions, hooks: readonly Hook[]): NodeOperationError {
	const { origin } = new URL(webhookUrlOf(context));
	const names = hooks.map(({ eventKey }) => eventName(eventKey));
	const events = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
	return new NodeOperationError(
		context.getNode(),
		`Keap could not verify the webhook for ${events}: it has to reach n8n at ${origin} from the internet. Check WEBHOOK_URL and the proxy of n8n, or use the Keap Polling Trigger, which needs no such address`,
		{
			description:
				"The answer's X-Hook-Secret header has to pass every proxy on the way, too. The Keap Polling Trigger asks Keap for changes on a schedule.",
		},
	);
}

/**
 * Removes every hook of this node, whatever events are chosen now. Those that are gone already are fine.
 *
 * @throws what `keapRequest` throws, after all have been tried: n8n then tries again
 */
export async function remove(context: IHookFunctions): Promise<boolean> {
	const webhookUrl = webhookUrlOf(context);
	const own = (await listHooks(context)).filter(({ hookUrl }) => isAtWebhook(webhookUrl, hookUrl));
	const outcomes = await Promise.allSettled(own.map(async (hook) => await deleteHook(context, hook)));
	const failed = outcomes.find((outcome) => outcome.status === 'rejected');
	if (failed) throw failed.reason;
	// The token stays: what Keap has sent off already may still arrive.
	if (!isTest(context)) delete hookStateOf(context).webhookUrl;
	return true;
}
