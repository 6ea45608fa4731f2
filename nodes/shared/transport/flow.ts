import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { onAbort } from '../runtime/abort';
import type { KeapContext, KeapRequest, Priority } from './message/types';

/** What the throttle needs to know of a request: its flow, its priority, and the signals that call it off. */
export interface Flow {
	flow: string;
	priority: Priority;
	/** Calls the request off while it waits. */
	signal?: AbortSignal;
	/** Breaks the request off even after it was sent: only the stop of the execution does. When a caller gives up, a sent request is finished, so that it is known whether it was carried out. */
	breakOff?: AbortSignal;
	/** Must be called when the request is over: lets go of the signals. */
	release(): void;
}

/** A run by hand over so few items is a person who waits for it, for the first calls that it makes. */
const FEW_ITEMS = 3;
const FEW_CALLS = 3;

/** Reads a request's flow from the n8n context that makes it. */
export function flowOf(context: KeapContext, request: KeapRequest): Flow {
	const priority = request.priority ?? priorityOf(context);
	const ofExecution = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	// Each execution is a flow of its own, also one by hand; all look-ups are one flow, and so are all triggers of one workflow.
	const flow = isLookUp(context)
		? ''
		: `${context.getExecutionId() ?? `workflow ${context.getWorkflow().id ?? ''}`} ${numberOf(ofExecution)}`;
	return { flow, priority, breakOff: ofExecution, ...eitherSignal(ofExecution, request.signal) };
}

const numbers = new WeakMap<AbortSignal, number>();
let signals = 0;

/** Each execution has a signal of its own, and not always an id. */
function numberOf(signal: AbortSignal | undefined): number {
	if (!signal) return 0;
	const number = numbers.get(signal) ?? ++signals;
	numbers.set(signal, number);
	return number;
}

const isLookUp = (context: KeapContext): context is ILoadOptionsFunctions => 'getCurrentNodeParameter' in context;

/** Calls that a run by hand has made as a person. */
const byHand = new WeakMap<KeapContext, number>();

function priorityOf(context: KeapContext): Priority {
	if (isLookUp(context)) return 'person';
	if (!('getInputData' in context)) return 'trigger';
	const made = byHand.get(context) ?? 0;
	if (made >= FEW_CALLS || !isByHand(context)) return 'execution';
	byHand.set(context, made + 1);
	return 'person';
}

/** Started by a person at the editor, wherever n8n runs it, and small enough to be waited for. */
function isByHand(context: KeapContext): boolean {
	if (!('getInputData' in context) || !('getMode' in context) || context.getMode() !== 'manual') return false;
	const items: unknown = context.getInputData();
	return Array.isArray(items) && items.length <= FEW_ITEMS;
}

function eitherSignal(one: AbortSignal | undefined, other: AbortSignal | undefined): { signal?: AbortSignal; release(): void } {
	if (!one || !other) return { signal: one ?? other, release: () => undefined };
	// AbortSignal.any keeps every signal it makes alive as long as its sources live: thousands in one execution.
	const controller = new AbortController();
	const releases = [one, other].map((source) => onAbort(source, () => controller.abort()));
	return { signal: controller.signal, release: () => releases.forEach((release) => release()) };
}
