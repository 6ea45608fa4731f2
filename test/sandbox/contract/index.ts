import { ApiError, badRequest, NoSuchPath } from '../errors';
import type { Exchange } from '../types';
import { readMultipart } from './multipart';
import type { Operation, Schema } from './operations';
import { matchPath } from './pathIndex';
import { checkNotes } from './notes';
import { checkSchema, schemaProblem } from './schema';

export { checkQuery } from './query';

/** Path parameters that are no record ids. Every other one of v1 and v2 is digits. */
const NOT_DIGITS = new Set(['callName', 'countryCode', 'country_code', 'email', 'integration', 'key', 'option_key', 'province_code']);

/**
 * The operation of a request.
 * @throws NoSuchPath for a path that Keap does not have; ApiError 405 for another method on one that it has.
 */
export function findOperation(method: string, path: string): { operation: Operation; params: Record<string, string> } {
	const match = matchPath(method, path);
	if (match.found === 'nothing') throw new NoSuchPath();
	if (match.found === 'otherMethods') throw new ApiError(405, `${path} takes ${match.methods.join(', ')}, not ${method}`);
	return match;
}

/**
 * Decodes the path parameters and refuses ids that are no ids.
 * @throws ApiError 400 that names the parameter and its value.
 */
export function checkPathParams(operation: Operation, raw: Record<string, string>): Record<string, string> {
	const digits = operation.api !== 'v2-pipelines';
	const wildcards = new Map(operation.pathParams.map(({ name, wildcard }) => [name, wildcard]));
	return Object.fromEntries(
		Object.entries(raw).map(([name, encoded]) => {
			let value: string;
			try {
				value = decodeURIComponent(encoded);
			} catch {
				throw badRequest(`${name}: "${encoded}" is not valid percent-encoding`, name);
			}
			if (digits && !NOT_DIGITS.has(name) && value !== wildcards.get(name) && !/^\d{1,18}$/.test(value))
				throw badRequest(`${name} must be an id in digits, not "${value}"`, name);
			return [name, value];
		}),
	);
}

/**
 * Reads a body's text as what the operation takes.
 * @throws ApiError 400 for a missing or wrong body, 415 for another content type.
 */
export function checkBody(operation: Operation, text: string, contentType: string | undefined): Exchange['body'] {
	const { body } = operation;
	if (!body) {
		if (text !== '') throw badRequest(`${operation.id} takes no body`, 'body');
		return undefined;
	}
	if (body.contentType === 'multipart/form-data') {
		if (!/^multipart\/form-data;/i.test(contentType ?? ''))
			throw new ApiError(415, `${operation.id} takes multipart/form-data, not ${contentType ?? 'a body without content type'}`);
		const parts = readMultipart(text, contentType ?? '', body.schema as { readonly [name: string]: Schema });
		checkSchema(body.schema, parts);
		return parts;
	}
	if (text === '') {
		if (body.required || operation.api === 'v1') throw badRequest(`${operation.id} needs a JSON body`, 'body');
		return undefined;
	}
	if (!/^application\/json(?:;|$)/i.test(contentType ?? ''))
		throw new ApiError(415, `${operation.id} takes application/json, not ${contentType ?? 'a body without content type'}`);
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		throw badRequest('The body is not valid JSON', 'body');
	}
	checkTypes(operation, value);
	checkNotes(operation, value);
	return value as Exchange['body'];
}

/** Version 1 says that something has the wrong type and does not say what. @throws ApiError 400 */
function checkTypes({ api, body }: Operation, value: unknown): void {
	const schema = body?.schema ?? {};
	if (api !== 'v1') return checkSchema(schema, value);
	if (schemaProblem(schema, value) !== undefined) throw new ApiError(400, 'Input could not be converted to a valid request', [], true);
}
