/**
 * Whether it does harm to repeat a request that Keap may have carried out: a POST or PATCH would be carried out twice,
 * a repeated PUT or DELETE changes nothing more.
 */
export type Doubt = 'harmful' | 'harmless';

/** Names of errors that JavaScript itself throws. */
const FAULTS: ReadonlySet<unknown> = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError']);

const doubts = new WeakMap<object, Doubt>();

/** Marks the error of a write whose fate is unknown, or that was carried out although its answer can't be read. */
export function markInDoubt(error: Error, doubt: Doubt): void {
	doubts.set(error, doubt);
}

/**
 * Whether Keap may have carried out the write that an error is about; `undefined` where it certainly has not. A fault of the program
 * itself says nothing of it: it may have come up over Keap's answer.
 */
export function doubtOf(error: unknown): Doubt | undefined {
	if (typeof error !== 'object' || error === null) return undefined;
	return doubts.get(error) ?? ('name' in error && FAULTS.has(error.name) ? 'harmful' : undefined);
}
