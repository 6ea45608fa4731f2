import { isRecord } from '../../runtime/isRecord';
/** Fields of the errors that Keap, its gateway and programs in front of them are known to send. A record of Keap has others as well. */
const WORDS_OF_ERRORS: ReadonlySet<string> = new Set([
	'cause',
	'code',
	'correlation_id',
	'correlationId',
	'detail',
	'details',
	'developerMessage',
	'error',
	'error_code',
	'error_description',
	'errorCode',
	'errors',
	'exception',
	'fault',
	'faultcode',
	'faultstring',
	'id',
	'instance',
	'localizedMessage',
	'message',
	'path',
	'reason',
	'request_id',
	'requestId',
	'stackTrace',
	'status',
	'status_code',
	'statusCode',
	'success',
	'suppressed',
	'timestamp',
	'title',
	'trace',
	'traceId',
	'type',
]);

/** Fields that say what is wrong. */
const COMPLAINTS = ['message', 'error', 'errors', 'error_description', 'detail', 'exception', 'faultstring', 'reason'] as const;

const CODES = ['code', 'status', 'status_code', 'statusCode', 'error_code', 'errorCode'] as const;

/**
 * Whether a body is an error, whatever its status says: gateways and maintenance pages answer 200 with an error object. One
 * that has any field beside those of errors is something else, unless it is the gateway's `fault`.
 */
export function isErrorBody(body: unknown): boolean {
	if (!isRecord(body)) return false;
	if (isFilled(body.fault)) return true;
	const names = Object.keys(body);
	if (names.length === 0 || !names.every((name) => WORDS_OF_ERRORS.has(name))) return false;
	const isNumberOfError = CODES.some((name) => isCodeOfError(body[name]));
	if (isNumberOfError || body.success === false) return true;
	// A record may be given with its ID, its title and its status alone; with a complaint and no code, the ID speaks for a record.
	return COMPLAINTS.some((name) => isFilled(body[name])) && !('id' in body) && body.success !== true;
}

/**
 * Whether an object has a list and says beside it that something went wrong: such a list may not be whole.
 *
 * @param list the name of the list, which is no error even where it is called `errors`
 */
export function hasErrorBeside(body: unknown, list: string | undefined): boolean {
	if (!isRecord(body)) return false;
	const isError = BESIDE_A_LIST.some((name) => name !== list && isFilled(body[name])) || body.success === false;
	return isError || CODES.some((name) => isCodeOfError(body[name])) || PARTIAL.some((name) => body[name] === true);
}

const isCodeOfError = (value: unknown): boolean => (typeof value === 'string' || typeof value === 'number') && Number(value) >= 400;

/** Words with which an answer says of itself that it is not whole. */
const PARTIAL = ['partial', 'incomplete', 'truncated', 'timed_out', 'timedOut'] as const;

/**
 * Words that no list of Keap's has beside it for another reason. `message`, or a `status` or `code` below 400, may stand there in an
 * answer that is whole.
 */
const BESIDE_A_LIST = ['error', 'errors', 'error_description', 'exception', 'faultstring'] as const;

function isFilled(value: unknown): boolean {
	if (Array.isArray(value)) return value.length > 0;
	return isRecord(value) || value === true || (typeof value === 'string' && value !== '') || (typeof value === 'number' && value !== 0);
}
