import { setTimeout as sleep } from 'node:timers/promises';

import { type Hook, readHook, verifyHook, verifyHookLate } from '../../shared/hooks/hooks';
import type { KeapContext } from '../../shared/transport';
import { isVerified } from './plan';
import { secretFor, secretNameOf } from './secrets';

/** Milliseconds before each reading of the hook's status: Keap may call before or after it answers. */
const PAUSES_MS = { made: [250, 750, 2_000], askedAgain: [250, 750] };

/**
 * Waits until Keap has verified a hook, and helps where it can: with the secret that has come in, or by asking for
 * another call.
 *
 * @param asked whether Keap has been asked for a call just now, as it is when a hook is made
 * @returns the hook as it is in the end; not verified when Keap can't reach n8n
 * @throws what `keapRequest` throws
 */
export async function awaitVerified(context: KeapContext, hook: Hook, asked: boolean): Promise<Hook> {
	let current = asked ? hook : await verifyHook(context, hook);
	let isSecretSent = false;
	for (const pause of asked ? PAUSES_MS.made : PAUSES_MS.askedAgain) {
		if (isVerified(current)) return current;
		await sleep(pause);
		current = await readHook(context, current);
		const secret = isVerified(current) || isSecretSent ? undefined : secretFor(secretNameOf(current.hookUrl));
		if (secret === undefined) continue;
		// Keap has called, so our answer did not reach it. A secret that is not taken is no reason to give up.
		isSecretSent = true;
		const [late] = await Promise.allSettled([verifyHookLate(context, current, secret)]);
		if (late.status === 'fulfilled') current = late.value;
	}
	return isVerified(current) || !asked ? current : await awaitVerified(context, current, false);
}
