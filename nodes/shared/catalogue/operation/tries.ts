import { deepCopy, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import { isCalledDirectly } from '../../runtime/tool';
import { WithFile } from './withFile';

/** The result of an item, or of one part of its work: Keap's answer, or an error after which it must not be sent again. */
export type Settled = { readonly answer: unknown } | { readonly error: Error };

/** An item as a whole: what the node puts out for it. */
export const WHOLE = 'whole';

/** The item's own write. It may be settled while what follows it, such as tags, is not. */
export const WRITE = 'write';

/** The item's own write was sent, its fate is unknown, and sending it again does no harm (PUT, DELETE). */
export const SENT = 'sent';

/**
 * What the tries of one run of a node share. n8n's Retry On Fail runs the whole node again, over the same items: what was carried
 * out in an earlier try is answered from here, and what may have been carried out is not sent again.
 */
export interface Tries {
	/** The result of a part of an item's work in an earlier try, as a copy; `undefined` where it still has to be done. */
	recall(item: number, part: string): Settled | undefined;
	keep(item: number, part: string, settled: Settled): void;
	/** The results of this part of the work of all items in earlier tries, in item order. */
	recallAll(part: string): Settled[];
}

/** For a node that n8n tries once. */
export const NO_OTHER_TRY: Tries = { recall: () => undefined, keep: () => undefined, recallAll: () => [] };

/** By n8n's object for an item, then by node, run and part: it lasts as long as n8n holds the item. */
const memory = new WeakMap<object, Map<string, Settled>>();

/**
 * The memory of the run of a node that `context` stands for.
 *
 * n8n makes new item objects for every run of a node, so also for each pass of a loop and for each branch that leads to it, and
 * gives the same ones to each try of a run (`WorkflowExecute.addPairedItemLineage` in n8n-core 2, inline in n8n-core 1). As a tool
 * of an agent it is the other way round: each try gets a new item and a new run index, around the one object of the agent's
 * arguments (`makeHandleToolInvocation`). An item's `json` must be the key there and nowhere else: branches share it.
 */
export function triesOf(context: IExecuteFunctions): Tries {
	const node = context.getNode();
	if (node.retryOnFail !== true) return NO_OTHER_TRY;
	const asTool = isCalledDirectly(context);
	const run = asTool ? node.id : `${node.id} ${String(context.getWorkflowDataProxy(0).$runIndex)}`;
	const items = context.getInputData();
	const keyOf = (item: number): object | undefined => (asTool ? items[item]?.json : items[item]);
	const recall = (item: number, part: string): Settled | undefined => {
		const key = keyOf(item);
		const settled = key === undefined ? undefined : memory.get(key)?.get(`${run} ${part}`);
		return settled === undefined ? undefined : copied(settled);
	};
	return {
		recall,
		recallAll: (part) => [...items.keys()].flatMap((item) => recall(item, part) ?? []),
		keep: (item, part, settled) => {
			const key = keyOf(item);
			if (key === undefined) return;
			const parts = memory.get(key) ?? new Map<string, Settled>();
			memory.set(key, parts);
			parts.set(`${run} ${part}`, copied(settled));
		},
	};
}

/** Whoever gets an answer may change it, n8n and the next node included. */
function copied(settled: Settled): Settled {
	if ('error' in settled) return settled;
	const { answer } = settled;
	if (answer instanceof WithFile) return { answer: new WithFile(deepCopy(answer.json), { ...answer.binary }) };
	return { answer: deepCopy(answer as IDataObject) };
}
