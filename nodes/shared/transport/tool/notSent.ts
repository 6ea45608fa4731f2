/** A call of a tool that was given up before it was sent: whoever has called the tool waits no longer. */
export class NotSent extends Error {
	/**
	 * @param isMinute whether the minute is what it waited for
	 * @param dueIn milliseconds until a call may go, as far as is known
	 */
	static inTime(isMinute: boolean, dueIn: number): NotSent {
		const seconds = Math.max(1, Math.ceil(dueIn / 1_000));
		const why = isMinute ? "Keap's minute is used up" : "Other calls use up Keap's quota";
		return new NotSent(`Not sent. ${why}; try again in ${seconds} s`);
	}

	static enoughCalls(most: number): NotSent {
		return new NotSent(
			`Not sent. The tools of this execution have made the ${most} calls to Keap that they may make together. Answer with what is known already`,
		);
	}
}

const errors = new WeakSet<object>();

/** Marks n8n's error for a `NotSent`. */
export function markNotSent<E extends Error>(error: E): E {
	errors.add(error);
	return error;
}

/** Whether an error only says that its caller has waited long enough: another caller's wait may be longer. */
export const isNotSent = (error: unknown): boolean => typeof error === 'object' && error !== null && errors.has(error);
