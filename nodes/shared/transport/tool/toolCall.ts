import type { AgentRules } from '../../credential/agentRules';
import { monotonic } from '../../runtime/clock';
import type { KeapContext } from '../../runtime/context';
import { processWide } from '../../runtime/processWide';
import { toolCallerOf } from '../../runtime/tool';
import { DailyQuotaUsedUp, type Slot } from '../../throttle/quota/windows';
import { CallCancelled, type Throttle, type Ticket } from '../../throttle/throttle';
import { NotSent } from './notSent';

/**
 * One call of a tool: it may need several calls to Keap, which wait together no longer than whoever has called the tool does. A
 * client that gave up would ask again, and what then leaves the queue would be written twice.
 */
export class ToolCall {
	/** Writes that Keap has carried out for it. */
	readonly carriedOut: string[] = [];
	private waited = 0;
	private waiting = 0;
	private since = 0;

	constructor(
		private readonly rules: AgentRules,
		private readonly execution: ExecutionCalls,
	) {}

	/**
	 * Waits for a slot as long as the tool call still may, then sends.
	 *
	 * @throws NotSent when no slot came in time, or when the execution's tools have made all their calls
	 * @throws DailyQuotaUsedUp also where the credential says to wait for the next day
	 */
	async schedule<T>(throttle: Throttle, ticket: Ticket, send: (slot: Slot) => Promise<T>): Promise<T> {
		if (this.execution.calls >= this.rules.mostCalls) throw NotSent.enoughCalls(this.rules.mostCalls);
		const { day } = throttle.view();
		if (day.available <= 0) throw new DailyQuotaUsedUp(Date.parse(day.resetsAt));
		const leave = new AbortController();
		const timer = setTimeout(() => leave.abort(), Math.max(0, this.rules.longestWait - this.waitedSoFar()));
		const signal = ticket.signal === undefined ? leave.signal : AbortSignal.any([ticket.signal, leave.signal]);
		let isSent = false;
		this.execution.calls++;
		this.begin();
		const end = () => {
			clearTimeout(timer);
			this.end();
		};
		try {
			return await throttle.schedule({ ...ticket, signal }, async (slot) => {
				isSent = true;
				end();
				return await send(slot);
			});
		} catch (error) {
			if (!isSent) {
				this.execution.calls--;
				end();
			}
			if (isSent || !(error instanceof CallCancelled) || ticket.signal?.aborted === true) throw error as Error;
			throw notInTime(throttle);
		}
	}

	private waitedSoFar(): number {
		return this.waited + (this.waiting > 0 ? monotonic() - this.since : 0);
	}

	private begin(): void {
		if (this.waiting++ === 0) this.since = monotonic();
	}

	private end(): void {
		if (--this.waiting === 0) this.waited += monotonic() - this.since;
	}
}

function notInTime(throttle: Throttle): Error {
	const { day, minute } = throttle.view();
	if (day.available <= 0) return new DailyQuotaUsedUp(Date.parse(day.resetsAt));
	return NotSent.inTime(minute.available <= 0, throttle.dueIn());
}

/** The tools of one execution. */
interface ExecutionCalls {
	/** Calls that they have sent or wait to send. */
	calls: number;
}

const MOST_EXECUTIONS = 1_000;
const executions = (): Map<string, ExecutionCalls> => processWide('toolExecutions', () => new Map<string, ExecutionCalls>());
const unnamed = new WeakMap<AbortSignal, ExecutionCalls>();

/** An execution that is not saved has no ID; its signal is its own. */
function executionOf(context: KeapContext, keyName: string): ExecutionCalls {
	const id = context.getExecutionId?.();
	const signal = 'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (!id) {
		const known = (signal && unnamed.get(signal)) ?? { calls: 0 };
		if (signal) unnamed.set(signal, known);
		return known;
	}
	const all = executions();
	const name = `${id} ${keyName}`;
	const known = all.get(name) ?? { calls: 0 };
	all.delete(name);
	all.set(name, known);
	for (const oldest of all.keys()) {
		if (all.size <= MOST_EXECUTIONS) break;
		all.delete(oldest);
	}
	return known;
}

const calls = new WeakMap<KeapContext, ToolCall>();

/** The tool call that a context stands for; `undefined` for a node that is no tool. */
export function toolCallOf(context: KeapContext, { agents, keyName }: { agents: AgentRules; keyName: string }): ToolCall | undefined {
	if (toolCallerOf(context) === undefined) return undefined;
	const known = calls.get(context) ?? new ToolCall(agents, executionOf(context, keyName));
	calls.set(context, known);
	return known;
}

/** What Keap has carried out for the tool call of a context, for whoever asks after a failure. */
export const carriedOutFor = (context: KeapContext): readonly string[] => calls.get(context)?.carriedOut ?? [];
