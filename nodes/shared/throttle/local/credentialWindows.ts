import { monotonic } from '../../runtime/clock';
import type { Limits } from './keyLimits';
import { DayCounter } from './dayCounter';
import { MinuteWindow } from './minuteWindow';
import { Pacer } from './pacer';

/** A call in the windows of its credential. */
export interface CredentialEntry {
	sent(): void;
	/** @param counted whether Keap has counted the call, as far as is known */
	over(counted: boolean, status: number): void;
}

/** What is made with one credential: its limits hold for its own calls, beside those of the key. */
export class CredentialWindows {
	private readonly minute = new MinuteWindow();
	private readonly day = new DayCounter();
	private readonly pacer = new Pacer();

	/** Calls that its minute has left. */
	minuteLeft(limits: Limits): number {
		return limits.perMinute - this.minute.used(monotonic());
	}

	/** Calls that its day has left. */
	dayLeft({ perDay }: Limits): number {
		this.day.setLimit(perDay);
		return this.day.left(0);
	}

	/** Milliseconds since 1970. */
	dayResetsAt(): number {
		return this.day.resetsAt();
	}

	dayWait(): number {
		return this.day.wait();
	}

	/** Calls of this process with the credential on the present UTC day. */
	today(): { day: number; calls: number } {
		return this.day.own();
	}

	/**
	 * Monotonic milliseconds until which its limits hold a call back; in the past when they do not.
	 *
	 * @param narrower which of the limits are lower than those of the key, which are kept elsewhere
	 */
	heldUntil(limits: Limits, narrower: { second: boolean; minute: boolean }): number {
		let until = -Infinity;
		if (narrower.second) {
			this.pacer.setPerSecond(limits.perSecond);
			until = this.pacer.dueAt();
		}
		if (narrower.minute && this.minuteLeft(limits) <= 0) until = Math.max(until, this.minute.nextEnd(monotonic()));
		return until;
	}

	take(): CredentialEntry {
		this.minute.take();
		const { day } = this.day.take();
		const paced = this.pacer.granted();
		return {
			sent: () => void paced.sent(),
			over: (counted, status) => {
				if (counted) {
					this.minute.answered(monotonic());
				} else {
					this.minute.unused();
					this.day.unused(day);
				}
				if (status < 0) paced.unused();
				else paced.answered(status);
			},
		};
	}
}
