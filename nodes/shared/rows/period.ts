import { BadInput } from '../catalogue/operation/badInput';
import type { Call } from '../catalogue/operation/types';

/**
 * Makes a row's `check` for a time that must not lie before another one of the same call.
 * @param start the body field with the earlier time, and its display name
 * @param end the same for the later one
 */
export const endsAfter =
	(start: readonly [key: string, displayName: string], end: readonly [key: string, displayName: string]) =>
	({ body }: Pick<Call, 'body'>): void => {
		const [from, to] = [body[start[0]], body[end[0]]];
		if (typeof from === 'string' && typeof to === 'string' && Date.parse(to) < Date.parse(from))
			throw new BadInput(`is before ${start[1]}: ${to}`, `Give a time after ${start[1]}, which is ${from}.`, end[1]);
	};
