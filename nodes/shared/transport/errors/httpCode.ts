/**
 * The HTTP status behind an error of this package, as a number.
 *
 * @returns for example 404; `undefined` when no answer with a status is behind the error
 */
export function httpCodeOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null || !('httpCode' in error)) return undefined;
	const code = Number(error.httpCode);
	return Number.isInteger(code) && code >= 100 && code < 600 ? code : undefined;
}
