import type { Answer, ThrottleBody } from './types';

/** One entry of a v2 error's `details`. */
export interface ErrorDetail {
	domain: string;
	resource: string;
}

/** A request that Keap itself (not its gateway) refuses. The server turns it into the envelope of the API's version. */
export class ApiError extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly details: ErrorDetail[] = [],
		/** The answer has the message and nothing else, as Keap's often has. */
		readonly bare = false,
	) {
		super(message);
	}
}

/** Keap has no such address: its web server answers, not its API. */
export class NoSuchPath extends Error {}

/** 400: what is wrong, named. `resource` is the field, parameter or id that is at fault. */
export const badRequest = (message: string, resource?: string) =>
	new ApiError(400, message, resource === undefined ? [] : [{ domain: 'request', resource }]);

/** 404: `what` of this id does not exist. Keap says no more than that, not even the id. */
export function notFound(what: string, id: string): ApiError {
	const one = what.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
	return new ApiError(404, `Unable to find this ${one.charAt(0).toUpperCase()}${one.slice(1)}`, [{ domain: what, resource: id }], true);
}

const STATUS_NAMES: Record<number, string> = {
	400: 'INVALID_ARGUMENT',
	401: 'UNAUTHENTICATED',
	403: 'PERMISSION_DENIED',
	404: 'NOT_FOUND',
	405: 'METHOD_NOT_ALLOWED',
	409: 'ALREADY_EXISTS',
	413: 'PAYLOAD_TOO_LARGE',
	415: 'UNSUPPORTED_MEDIA_TYPE',
	500: 'INTERNAL',
	501: 'UNIMPLEMENTED',
};

const v2Envelope = ({ status, message, details, bare }: ApiError) =>
	bare ? { message } : { code: status, message, status: STATUS_NAMES[status] ?? 'UNKNOWN', details };

/** Version 1 shows its Java stack where the request itself was at fault, as Keap does now and then. */
function v1Envelope({ status, message, bare }: ApiError): Record<string, unknown> {
	if (bare || (status !== 400 && status !== 500)) return { message };
	const stackTrace = [
		{
			className: 'com.infusionsoft.rest.v1.Validation',
			fileName: 'Validation.java',
			lineNumber: 88,
			methodName: 'check',
			nativeMethod: false,
		},
		{
			className: 'org.springframework.web.servlet.FrameworkServlet',
			fileName: 'FrameworkServlet.java',
			lineNumber: 897,
			methodName: 'service',
			nativeMethod: false,
		},
	];
	return {
		message,
		cause: { message: `java.lang.IllegalArgumentException: ${message}`, stackTrace },
		stackTrace,
		suppressed: [],
		localizedMessage: message,
	};
}

/** The answer for an error, in the envelope of the API's version. */
export const errorAnswer = (error: ApiError, version: 'v1' | 'v2'): Answer => ({
	status: error.status,
	body: version === 'v1' ? v1Envelope(error) : v2Envelope(error),
});

/** What the gateway answers to a wrong or missing key. */
export const KEY_REFUSED = { fault: { faultstring: 'Invalid access token', detail: { errorcode: 'oauth.v2.InvalidAccessToken' } } };

/** What the gateway answers past a limit, in each of the forms that were seen. */
export const THROTTLE_BODIES: Record<ThrottleBody, unknown> = {
	keap: { code: '429', message: 'Quota Exceeded', status: 'Request Throttled', details: null },
	apigeeQuota: {
		fault: { faultstring: 'Rate limit quota violation. Quota limit exceeded.', detail: { errorcode: 'policies.ratelimit.QuotaViolation' } },
	},
	apigeeSpike: {
		fault: {
			faultstring:
				'Spike arrest violation. Allowed rate : MessageRate{messagesPerPeriod=5, periodInMicroseconds=5000000, maxBurstMessageCount=1.0}',
			detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' },
		},
	},
};
