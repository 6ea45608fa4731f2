import { monotonic } from '../../runtime/clock';
import { MINUTE_MS } from '../local/minuteWindow';

/** A lease is renewed well before a minute is over, so that a long call does not stop counting meanwhile. */
const RENEW_MS = 20_000;

interface JournalEntry {
	/** Monotonic milliseconds of its send, or of its slot before that. */
	sentAt: number;
	/** Monotonic milliseconds at which it stops to count; none while it is under way. */
	ends?: number;
	/** When Redis last got the report that it is under way. */
	renewed: number;
}

/** The process's own record of its calls of the last minute, to restore what a Redis that lost its memory has forgotten. */
export class CallJournal {
	private readonly calls = new Map<string, JournalEntry>();

	/** Whether there is anything to remember. */
	get empty(): boolean {
		this.forgetOld();
		return this.calls.size === 0;
	}

	add(id: string): void {
		this.forgetOld();
		const now = monotonic();
		this.calls.set(id, { sentAt: now, renewed: now });
	}

	sent(id: string, sentAt: number): void {
		const call = this.calls.get(id);
		if (call) call.sentAt = sentAt;
	}

	answered(id: string): void {
		const call = this.calls.get(id);
		if (call) call.ends = monotonic() + MINUTE_MS;
	}

	forget(id: string): void {
		this.calls.delete(id);
	}

	/** All calls that count, each with the milliseconds for which it still does and those since its send. */
	all(): Array<readonly [string, number, number]> {
		this.forgetOld();
		const now = monotonic();
		return [...this.calls].map(([id, { ends, sentAt }]) => [id, ends === undefined ? MINUTE_MS : ends - now, now - sentAt]);
	}

	/** Whether a call is under way whose lease is due to be renewed. */
	get due(): boolean {
		const now = monotonic();
		for (const { ends, renewed } of this.calls.values()) if (ends === undefined && now - renewed >= RENEW_MS) return true;
		return false;
	}

	/** Calls under way whose lease is due to be renewed; counts them as renewed. */
	open(): string[] {
		const now = monotonic();
		const due: string[] = [];
		for (const [id, call] of this.calls) {
			if (call.ends !== undefined || now - call.renewed < RENEW_MS) continue;
			call.renewed = now;
			due.push(id);
		}
		return due;
	}

	private forgetOld(): void {
		const now = monotonic();
		for (const [id, { ends }] of this.calls) {
			if (ends !== undefined && ends <= now) this.calls.delete(id);
			// In the order of their sending, and so nearly in that of their end.
			else if (ends !== undefined) break;
		}
	}
}
