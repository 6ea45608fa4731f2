import { changes } from './outcome';
import type { Effect, Operation } from './types';

/** What a row says of itself, and of one call where that depends on its values; the method and the answer say it for all others. */
export function effectOf(operation: Operation, values: Readonly<Record<string, unknown>> = {}): Effect {
	const { effect, method, answer } = operation;
	if (typeof effect === 'function') return effect(values);
	if (effect !== undefined) return effect;
	if (!changes(operation)) return 'reads';
	return method === 'DELETE' || answer === 'deleted' ? 'deletes' : 'writes';
}
