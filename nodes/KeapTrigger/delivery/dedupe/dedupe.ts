import { createHash } from 'node:crypto';
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { processWide } from '../../../shared/runtime/processWide';
import { dedupeOf } from '../../form/settings';
import { hookStateOf } from '../../subscription/hookState';
import { DedupeMemory, type StoredFingerprints } from './memory';
import { fingerprintOf } from './fingerprint';

/** Nodes whose memory a process keeps; the one that had no delivery for longest falls back on what n8n has stored. */
const MOST_NODES = 100;

/**
 * The memory of this node in this process. n8n reads a node's static data when a delivery comes and writes it when it is done, so
 * of two deliveries at once the later would write over what the earlier has stored: what is remembered here joins them.
 *
 * @param token the one in the hook's address: a node has another for each account
 */
function memoryOf(context: IWebhookFunctions, token: string): DedupeMemory {
	const memories = processWide('hook dedupe', () => new Map<string, DedupeMemory>());
	const { id = '' } = context.getWorkflow();
	const name = createHash('sha256').update(`${id}/${context.getNode().id}/${token}`).digest('base64url');
	const memory = memories.get(name) ?? new DedupeMemory();
	memories.delete(name);
	memories.set(name, memory);
	for (const oldest of memories.keys()) {
		if (memories.size <= MOST_NODES) break;
		memories.delete(oldest);
	}
	return memory;
}

/**
 * Leaves out what was passed on within the window, and remembers the rest: at once in this process, and in n8n's static data.
 * If n8n then answers with an error (it could not start the execution), Keap will send it again, and it is new once more.
 *
 * @returns the items that are new, in their order
 */
export function withoutDuplicates(context: IWebhookFunctions, items: readonly IDataObject[], token: string): IDataObject[] {
	const { what, windowMs } = dedupeOf(context);
	const data = hookStateOf(context) as { seen?: StoredFingerprints };
	if (what === 'nothing') {
		delete data.seen;
		return [...items];
	}
	const now = Date.now();
	const memory = memoryOf(context, token);
	memory.merge(data.seen ?? {});
	memory.expire(now, windowMs);
	const added: string[] = [];
	const fresh = items.filter((item) => {
		const print = fingerprintOf(item, what);
		if (print === undefined) return true;
		if (!memory.add(print)) return false;
		added.push(print);
		return true;
	});
	if (added.length === 0) return fresh;
	data.seen = memory.stored(added, now);
	const response = context.getResponseObject();
	response.once('close', () => {
		if (response.statusCode < 400) memory.confirm(added, now);
		else memory.forget(added);
	});
	return fresh;
}
