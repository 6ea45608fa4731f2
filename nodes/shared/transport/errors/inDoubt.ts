/**
 * Whether it does harm to repeat a request that Keap may have carried out: a POST or PATCH would be carried out twice,
 * a repeated PUT or DELETE changes nothing more.
 */
export type Doubt = 'harmful' | 'harmless';

const doubts = new WeakMap<object, Doubt>();

/** Marks the error of a write whose fate is unknown, or that was carried out although its answer can't be read. */
export function markInDoubt(error: Error, doubt: Doubt): void {
	doubts.set(error, doubt);
}

/** Whether Keap may have carried out the write that an error is about; `undefined` where it certainly has not. */
export function doubtOf(error: unknown): Doubt | undefined {
	return typeof error === 'object' && error !== null ? doubts.get(error) : undefined;
}
