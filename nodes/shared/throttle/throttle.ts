import type { QuotaView } from './quota/limits';
import type { Refusal, Slot } from './quota/windows';
import type { KeyThrottle, Ticket } from './keyThrottle';

export { CallCancelled, type Ticket } from './keyThrottle';

/** All calls with one key, seen from one credential: its limits hold for the calls that are made through it. */
export class Throttle {
	constructor(
		private readonly key: KeyThrottle,
		private readonly credential: string,
	) {}

	/** The position of a new request in its flow. */
	nextOrder(): number {
		return this.key.nextOrder();
	}

	/**
	 * Waits until the call may go, then sends it.
	 *
	 * @param send must end the slot with `answered` or `unused`; after `unused` it may throw SlotMissed, and is called again with another slot
	 * @throws CallCancelled when the ticket's signal aborts while it waits; nothing is sent then
	 * @throws DailyQuotaUsedUp when the day is used up and the credential says to fail
	 */
	async schedule<T>(ticket: Ticket, send: (slot: Slot) => Promise<T>): Promise<T> {
		return await this.key.schedule({ ...ticket, credential: this.credential }, send);
	}

	/**
	 * Keap has answered 429: the whole key pauses.
	 *
	 * @param sentAt when the refused call was sent, in monotonic milliseconds
	 * @param atLeast milliseconds that Keap asks to be left alone
	 */
	refused(why: Refusal, sentAt: number, atLeast?: number): void {
		this.key.refused(why, sentAt, atLeast);
	}

	/** Keap has let a call through. */
	passed(sentAt: number): void {
		this.key.passed(sentAt);
	}

	/** What is left. Where Redis counts for several processes, it is asked first. */
	async freshView(): Promise<QuotaView> {
		return await this.key.freshView(this.credential);
	}

	/** In how many milliseconds a call that asks now may go, as far as this process knows: those that wait already go before it. */
	dueIn(): number {
		return this.key.dueIn(this.credential);
	}

	/** What is left, as far as this process knows. */
	view(): QuotaView {
		return this.key.view(this.credential);
	}
}
