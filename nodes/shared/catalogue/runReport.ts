import type { IExecuteFunctions } from 'n8n-workflow';

import { onAbort } from '../runtime/abort';
import { type RunLog, knownQuotaOf, startRunLog } from '../transport';
import { escaped } from './sharingHint';

/** A shorter wait is nothing to speak of. */
const LONG_WAIT_MS = 5_000;
/** n8n shows messages in the browser's console: this often at most. */
const PROGRESS_MS = 5_000;
/** The rest of the day's quota is named when it is less than one of so many parts. */
const LAST_PART = 10;
/** Where a stopped execution keeps what was carried out: n8n saves it at once, and drops what the node says later. */
const STOPPED_KEY = 'keap';

/** What a run of a node says of itself beside its items: progress, a hint, an addition to its error, and what is left when it is stopped. */
export class RunReport {
	private readonly log: RunLog;
	private done = 0;
	private timer?: NodeJS.Timeout;
	private ignoreStop: () => void = () => undefined;

	/** @param total items of the run */
	constructor(
		private readonly context: IExecuteFunctions,
		private readonly total: number,
	) {
		this.log = startRunLog(context);
	}

	/** From now on progress is shown, and a stop leaves its trace. */
	begin(): void {
		this.ignoreStop = onAbort(this.context.getExecutionCancelSignal(), () => this.leaveTrace());
		if (this.context.getMode() !== 'manual' || typeof this.context.sendMessageToUI !== 'function') return;
		this.timer = setInterval(() => this.context.sendMessageToUI(this.progress()), PROGRESS_MS);
		this.timer.unref();
	}

	end(): void {
		clearInterval(this.timer);
		this.ignoreStop();
	}

	/** So many more items are over. */
	finished(items: number): void {
		this.done += items;
	}

	/** The hint under a node that has waited for long or repeated calls, or whose day is nearly used up. */
	async hint(): Promise<void> {
		const { calls, repeated } = this.log.soFar;
		if (typeof this.context.addExecutionHints !== 'function' || calls === 0) return;
		const said = [this.waited(), repeated > 0 ? `${count(repeated, 'call was', 'calls were')} repeated after a refusal or a fault.` : ''];
		said.push(await this.dayLeft());
		const text = said.filter((part) => part !== '').join(' ');
		if (text === '') return;
		this.context.addExecutionHints({
			type: 'info',
			location: 'outputPane',
			message: escaped(`${count(calls, 'call', 'calls')} to Keap. ${text}`),
		});
	}

	/** What the error of the run says in addition; empty when there is nothing to say. */
	waited(): string {
		const { waitedMs } = this.log.soFar;
		return waitedMs < LONG_WAIT_MS ? '' : `Waited ${duration(waitedMs)} for Keap's quota.`;
	}

	private async dayLeft(): Promise<string> {
		const [known] = await Promise.allSettled([knownQuotaOf(this.context, 0)]);
		if (known.status === 'rejected') return '';
		const { available, limit } = known.value.day;
		return available * LAST_PART > limit ? '' : `${number(available)} of today's ${number(limit)} calls are left.`;
	}

	private progress(): string {
		const { calls, pending, waitedMs } = this.log.soFar;
		return `Keap: ${this.done} of ${count(this.total, 'item', 'items')} done, ${count(calls, 'call', 'calls')}, ${pending} under way or waiting, waited ${duration(waitedMs)} for the quota so far`;
	}

	private leaveTrace(): void {
		const { carriedOut, open } = this.log.soFar;
		if (carriedOut + open === 0) return;
		try {
			this.context
				.getWorkflowDataProxy(0)
				.$execution.customData.set(
					STOPPED_KEY,
					`Stopped: ${count(carriedOut, 'change', 'changes')} carried out, ${open} in doubt, of ${count(this.total, 'item', 'items')}`,
				);
		} catch {
			// n8n keeps such data only for executions that it saves.
		}
	}
}

const number = (value: number): string => value.toLocaleString('en-US');
const count = (value: number, one: string, more: string): string => `${number(value)} ${value === 1 ? one : more}`;

/** `12 s`, `3 min 20 s` or `1 h 5 min`. */
function duration(ms: number): string {
	const seconds = Math.round(ms / 1_000);
	if (seconds < 60) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
