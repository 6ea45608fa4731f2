import { setMaxListeners } from 'node:events';

import { type IExecuteFunctions, type INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import { doubtOf, httpCodeOf, isCancelled } from '../transport';
import { answerForTool, errorItem } from './agent/answer';
import { answeringTool } from './agent/asTool';
import { fittedToTool } from './agent/listAnswer';
import { holdToRules } from './agent/permission';
import type { Failed } from './batching/bundle';
import { runBundledCreates } from './batching/bundledCreates';
import { runBundledReads } from './batching/bundledReads';
import { runBundledWrites } from './batching/bundledWrites';
import { resolveCustomFields } from './customFields/customFields';
import { resolveCustomFieldFilters } from './customFields/filters/resolveFilters';
import { effectOf } from './operation/effect';
import { ofFault } from './fault';
import { throwFirst } from './operation/firstError';
import { changes, type Fail, type Failure, isFinished, isWrite, toItems, type Outcome } from './operation/outcome';
import { SENT, triesOf, type Tries, WHOLE, WRITE } from './operation/tries';
import { runInPool } from './pool';
import { resolveSelections } from './output/resolveSelections';
import { resolveReferences } from './resolveReferences';
import { resolveRegions } from './places/resolveRegions';
import { resolveAmounts } from './money/resolveAmounts';
import { asOperationError, readCall } from './calls/readCall';
import { RunReport } from './runReport';
import { hintAtSharing } from './sharingHint';
import { carryOut, simplified } from './calls/request';
import type { Answer, Call, Operation, Perform, Resource, Work } from './operation/types';

/** Enough in flight to fill 5 calls a second while Keap takes 10 seconds to answer each. */
const WIDTH = 50;

/** The state of one run of a node. */
interface Run {
	readonly context: IExecuteFunctions;
	readonly tries: Tries;
	/** The node goes on past failed items. */
	readonly goOn: boolean;
	/** How many items the run has, and how many of them have changed something in Keap so far. */
	readonly total: number;
	written: number;
	readonly report: RunReport;
}

/**
 * Runs a node's rows over its input: the one loop of the package. Reads and checks every item before the first call,
 * lets items share calls where the row says so, keeps item order and pairing, and never lets a failed item take others with it.
 * Where n8n tries a run of the node again, only what was neither carried out nor left in doubt is sent.
 * @throws NodeApiError | NodeOperationError of the first failed item, unless the node continues on fail
 */
export async function runCatalogue(context: IExecuteFunctions, resources: readonly Resource[]): Promise<INodeExecutionData[][]> {
	return await answeringTool(context, async () => await runItems(context, resources));
}

async function runItems(context: IExecuteFunctions, resources: readonly Resource[]): Promise<INodeExecutionData[][]> {
	const report = new RunReport(context, context.getInputData().length);
	report.begin();
	try {
		return await runAll(context, resources, report);
	} finally {
		report.end();
	}
}

async function runAll(context: IExecuteFunctions, resources: readonly Resource[], report: RunReport): Promise<INodeExecutionData[][]> {
	const items = context.getInputData();
	const run: Run = { context, tries: triesOf(context), goOn: context.continueOnFail(), total: items.length, written: 0, report };
	const outputs = items.map((): INodeExecutionData[] => []);
	const calls = new Map<Operation, Call[]>();
	for (const item of items.keys()) {
		try {
			const operation = operationOf(context, resources, item);
			const settled = run.tries.recall(item, WHOLE);
			if (settled !== undefined) {
				if ('error' in settled) throw settled.error;
				outputs[item] = toItems(item, settled.answer as Answer);
				if (changes(operation)) run.written += 1;
				continue;
			}
			const call = await fittedToTool(context, readCall(context, operation, item));
			await holdToRules(context, call, nameOf(resources, operation));
			const group = calls.get(call.operation);
			if (group === undefined) calls.set(call.operation, [call]);
			else group.push(call);
		} catch (error) {
			if (!run.goOn) throw asOperationError(error, context.getNode(), item);
			outputs[item] = [errorItem(context, item, error as Error)];
		}
	}
	for (const [operation, group] of calls) {
		for (const outcome of await runOperation(run, operation, group)) {
			const { item } = outcome.call;
			outputs[item] = isFinished(outcome)
				? toItems(item, answerForTool(context, outcome, resources))
				: [errorItem(context, item, outcome.error)];
		}
	}
	if (items.length > 0) await hintAtSharing(context);
	await report.hint();
	return [outputs.flat()];
}

function operationOf(context: IExecuteFunctions, resources: readonly Resource[], item: number): Operation {
	const resource = context.getNodeParameter('resource', item);
	const value = context.getNodeParameter('operation', item);
	const operation = resources.find((one) => one.value === resource)?.operations.find((one) => one.value === value);
	if (operation !== undefined) return operation;
	throw new NodeOperationError(context.getNode(), `There is no operation "${String(value)}" for the resource "${String(resource)}"`, {
		itemIndex: item,
		description: 'Choose the resource and the operation from their lists.',
	});
}

/** What the user sees of a row: `Email > Send`. */
function nameOf(resources: readonly Resource[], operation: Operation): string {
	const resource = resources.find(({ operations }) => operations.includes(operation));
	return resource === undefined ? operation.name : `${resource.name} > ${operation.name}`;
}

async function runOperation(run: Run, operation: Operation, calls: readonly Call[]): Promise<Outcome[]> {
	const { context, tries, goOn } = run;
	const stop = new AbortController();
	const cancelled = context.getExecutionCancelSignal();
	const work: Work = { context, tries, signal: cancelled === undefined ? stop.signal : AbortSignal.any([cancelled, stop.signal]) };
	// Every waiting call listens: more than the ten of which Node takes a leak for granted.
	setMaxListeners(0, work.signal);
	const failed = (): void => {
		if (!goOn) stop.abort();
	};
	const fail: Fail = (call, error) => {
		failed();
		return { call, error: asOperationError(ofFault(error, call, context.getNode()), context.getNode(), call.item) };
	};
	// Also of those that are written already: what follows a write may have amounts too.
	const [selected, unknown] = await resolveSelections(work, operation, calls, fail);
	const [placed, misplaced] = unknown.length > 0 && !goOn ? [[], []] : await resolveRegions(work, selected, fail);
	const [priced, unpriced] = misplaced.length > 0 && !goOn ? [[], []] : await resolveAmounts(work, placed, fail);
	const [named, unnamed] = unpriced.length > 0 && !goOn ? [[], []] : await resolveReferences(work, operation, priced, fail);
	const [written, open] = await alreadyWritten(work, named, fail);
	const [filled, unfit] = unnamed.length > 0 && !goOn ? [[], []] : await resolveCustomFields(work, operation, open, fail);
	const [ready, unfiltered] = unfit.length > 0 && !goOn ? [[], []] : await resolveCustomFieldFilters(work, operation, filled, fail);
	const refused = [...unknown, ...misplaced, ...unpriced, ...unnamed, ...unfit, ...unfiltered];
	const outcomes = refused.length > 0 && !goOn ? [] : await runReady(run, work, operation, ready, fail, failed);
	const all = [...refused, ...(await followUp(work, operation, [...written, ...outcomes]))];
	keepForNextTry(tries, all);
	run.written += all.filter((outcome) => isFinished(outcome) && isWrite(outcome.call)).length;
	throwCancelled(all, cancelled);
	if (!goOn) throwFirst(all, { total: run.total, written: run.written, waited: run.report.waited() });
	return all;
}

/** The calls whose write an earlier try carried out, with its answer, and those that are still to be sent. */
async function alreadyWritten(work: Work, calls: readonly Call[], fail: Fail): Promise<[Outcome[], Call[]]> {
	const written: Outcome[] = [];
	const open: Call[] = [];
	for (const call of calls) {
		const settled = work.tries.recall(call.item, WRITE);
		if (settled === undefined || 'error' in settled) {
			open.push(call);
			continue;
		}
		try {
			written.push({ call, answer: await simplified(work, call, settled.answer as Answer) });
		} catch (error) {
			written.push(fail(call, error));
		}
	}
	return [written, open];
}

/**
 * n8n tries a run again only where something failed: then the others are answered from memory, and what may have been carried out,
 * or was an attempt to take money, keeps its error.
 */
function keepForNextTry(tries: Tries, outcomes: readonly Outcome[]): void {
	if (outcomes.every(isFinished)) return;
	for (const outcome of outcomes) {
		const { item } = outcome.call;
		if (isFinished(outcome)) tries.keep(item, WHOLE, { answer: outcome.answer });
		else if (isOnlyAttempt(outcome)) tries.keep(item, WHOLE, { error: outcome.error });
	}
}

/** What is left to a user of the key, or passes by itself: only then is a refused charge tried again. */
const PASSING = new Set([401, 403, 404, 429]);

/** Whether another try of a failed item could do something twice. A card that was refused is no better the second time, and a bank counts. */
function isOnlyAttempt({ call, error }: Failure): boolean {
	if (!isWrite(call)) return false;
	if (doubtOf(error) === 'harmful') return true;
	const code = httpCodeOf(error);
	return code !== undefined && !PASSING.has(code) && effectOf(call.operation, call.values) === 'charges';
}

/** Calls without any further check to fail, in the way their row shares them out. */
async function runReady(
	run: Run,
	work: Work,
	operation: Operation,
	calls: readonly Call[],
	fail: Fail,
	failed: Failed,
): Promise<Outcome[]> {
	const { bundledCreate, bundledWrite, performTogether } = operation;
	if (performTogether !== undefined) {
		const results = await performTogether(work, calls, failed);
		return calls.map((call): Outcome => {
			const result = results.get(call.item);
			if (result === undefined) return fail(call, new Error('There is no result for this item'));
			return result instanceof Error ? fail(call, result) : { call, answer: result };
		});
	}
	if (bundledCreate !== undefined) return await runBundledCreates(work, bundledCreate, calls, failed);
	if (bundledWrite !== undefined) {
		const alone = (call: Call): boolean => bundledWrite.alone?.(call) === true;
		const shared = await runBundledWrites(
			work,
			bundledWrite,
			calls.filter((call) => !alone(call)),
			failed,
		);
		const others = await runEach(run, work, calls.filter(alone), operation.perform, fail);
		return [...shared, ...others];
	}
	if (operation.bundledRead !== undefined && calls.length > 1) return await runBundledReads(work, operation.bundledRead, calls, failed);
	const { performInGroups: groups } = operation;
	if (groups === undefined) return await runEach(run, work, calls, operation.perform, fail);
	const outcomes: Outcome[] = [];
	for (let start = 0; start < calls.length && !work.signal.aborted; start += groups.size) {
		const group = calls.slice(start, start + groups.size);
		try {
			outcomes.push(
				...(await runEach(run, work, group, await groups.begin(work, group, calls), fail, calls.length - start - group.length)),
			);
		} catch (error) {
			outcomes.push(...group.map((call) => fail(call, error)));
		}
	}
	return outcomes;
}

/** @param later how many items follow after these */
async function runEach(
	{ report }: Run,
	work: Work,
	calls: readonly Call[],
	perform: Perform | undefined,
	fail: Fail,
	later = 0,
): Promise<Outcome[]> {
	let left = calls.length + later;
	const counted: Work = { ...work, backlog: () => left };
	const serialKey = (call: Call): string | undefined => (call.operation.serialKey ?? defaultSerialKey)(call);
	const outcomes = await runInPool(
		calls,
		{ width: WIDTH, serialKey, stopped: () => work.signal.aborted },
		async (call): Promise<Outcome> => {
			left -= 1;
			try {
				return { call, answer: await carryOut(counted, call, perform) };
			} catch (error) {
				if (wasDeleted(work, call, error)) return { call, answer: { deleted: true } };
				return fail(call, error);
			} finally {
				report.finished(1);
			}
		},
	);
	return outcomes.filter((outcome): outcome is Outcome => outcome !== undefined);
}

/** Whether a record is gone because an earlier try, whose fate was unknown, has deleted it. */
function wasDeleted({ tries }: Work, { item, operation }: Call, error: unknown): boolean {
	if (operation.answer !== 'deleted') return false;
	if (doubtOf(error) !== undefined) tries.keep(item, SENT, { answer: true });
	return httpCodeOf(error) === 404 && tries.recall(item, SENT) !== undefined;
}

/** Writes to the same record go in item order; reads need no order. */
function defaultSerialKey({ operation, pathParams }: Call): string | undefined {
	return !changes(operation) || Object.keys(pathParams).length === 0 ? undefined : JSON.stringify(pathParams);
}

/** The row's follow-up, also when an item failed and the node is about to stop: what was created must not stay half done. */
async function followUp(work: Work, operation: Operation, outcomes: Outcome[]): Promise<Outcome[]> {
	const done = outcomes.filter(isFinished);
	if (operation.finish === undefined || done.length === 0) return outcomes;
	const failures = await operation.finish(
		{ ...work, signal: work.context.getExecutionCancelSignal() ?? new AbortController().signal },
		done,
	);
	return outcomes.map((outcome) => {
		const error = failures.get(outcome.call.item);
		return error === undefined || !isFinished(outcome) ? outcome : { call: outcome.call, error };
	});
}

/** A stopped execution is no failed item, also where the node goes on past those. */
function throwCancelled(outcomes: readonly Outcome[], cancelled: AbortSignal | undefined): void {
	if (cancelled?.aborted !== true) return;
	for (const outcome of outcomes) if (!isFinished(outcome) && isCancelled(outcome.error)) throw outcome.error;
}
