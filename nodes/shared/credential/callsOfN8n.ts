import type { KeapCredentials } from './credentials';
import { dailyQuotaAdvice } from '../throttle/quota/dailyQuotaAdvice';
import { throttleFor } from '../throttle/registry';
import { DailyQuotaUsedUp } from '../throttle/quota/windows';

/** All calls that n8n sends itself are one flow, because n8n does not say which execution they belong to. */
const FLOW = 'sent by n8n';
/** After this time the call is assumed to have arrived at Keap, because its answer is not seen here. */
const ARRIVED_MS = 5_000;

/**
 * Waits for a slot for a call that n8n itself is about to send, as its HTTP Request node does.
 *
 * @throws Error with the reset time when the day is used up and the credential says to fail
 */
export async function takeSlot(credentials: KeapCredentials): Promise<void> {
	const throttle = throttleFor(credentials);
	const ticket = {
		flow: FLOW,
		priority: 'execution' as const,
		order: throttle.nextOrder(),
		unobserved: true,
	};
	try {
		await throttle.schedule(ticket, async (slot) => {
			slot.sent();
			const timer = setTimeout(() => slot.answered(undefined, 0), ARRIVED_MS);
			// The timer need not keep the process alive: Redis' lease, or the end of this process, ends the slot as well.
			timer.unref();
			await Promise.resolve();
		});
	} catch (error) {
		throw error instanceof DailyQuotaUsedUp ? usedUp(error) : error;
	}
}

function usedUp({ resetsAt }: DailyQuotaUsedUp): Error {
	const { message, description } = dailyQuotaAdvice(resetsAt);
	return new Error(`${message}. ${description}`);
}
