import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	IPollFunctions,
	ITriggerFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

/** Every n8n context that may ask Keap for something. */
export type KeapContext =
	IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | IPollFunctions | ITriggerFunctions | IWebhookFunctions;

export type KeapMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Arrays are joined with commas; `undefined` and empty arrays are left out; an empty text is sent as such. */
export type KeapQuery = Record<string, string | number | boolean | ReadonlyArray<string | number> | undefined>;

/** Who waits for the answer: a person at the editor goes before a trigger, a trigger before an execution. */
export type Priority = 'person' | 'trigger' | 'execution';

/** What to do with calls when the day's quota is used up: fail at once, or wait for 00:00 UTC. */
export type DailyQuotaAction = 'fail' | 'wait';

/** The quota of one key, as configured on the credential. */
export interface KeapLimits {
	/** Calls per second; may be fractional (0.5: one call in two seconds). */
	perSecond: number;
	/** Calls per minute, a whole number. */
	perMinute: number;
	/** Calls per UTC day, a whole number. */
	perDay: number;
	dailyQuotaAction: DailyQuotaAction;
	/** Whether a higher limit that Keap's headers name replaces a configured one; lower ones always do. */
	learn?: boolean;
}

/** A file to send as a part of a form. */
export interface KeapUpload {
	fileName: string;
	contentType: string;
	/** Bytes. */
	size: number;
	/** Gives its bytes, whole or as a stream; asked again for each try. */
	open: () => Promise<Buffer | AsyncIterable<Uint8Array>>;
}

/** A form: texts and files by the names of their parts. */
export interface KeapForm {
	fields: Readonly<Record<string, string>>;
	files: Readonly<Record<string, KeapUpload>>;
}

export interface KeapRequest {
	method: KeapMethod;
	/** Path or path template: `/crm/rest/v2/contacts/{contact_id}`. */
	path: string;
	/** A value for each `{name}` in the path; encoded as one segment. */
	pathParams?: Record<string, string | number>;
	query?: KeapQuery;
	/** Sent as JSON; `undefined` sends no body. */
	body?: unknown;
	/** Further headers; never the key's. */
	headers?: Readonly<Record<string, string>>;
	/** Sent as `multipart/form-data` instead of a body. */
	form?: KeapForm;
	/** The answer may be text or a piece of HTML instead of JSON; the body is then that text. */
	text?: boolean;
	/** The answer is a file; the body is then a Buffer. */
	binary?: boolean;
	/** An answer without a body, other than 204, is as bad as one that is cut off: a record or a list is to come. */
	needsBody?: boolean;
	/** Index of the input item this call is for; named in errors. */
	item?: number;
	/** Deadline in milliseconds for one try, from sending to the last byte of the answer; 60,000 unless told. */
	timeoutMs?: number;
	/** Unless told: `person` in look-ups for the editor, `execution` in executions, `trigger` in hooks, polls and webhooks. */
	priority?: Priority;
	/** Calls the request off while it waits: it is then never sent. What is on the wire ends; only the execution's own stop breaks that off. */
	signal?: AbortSignal;
	/** How many more calls the caller means to make after this one, if it knows: see the reserve in `throttle/reserve.ts`. */
	backlog?: number;
}

export interface KeapResponse<T = unknown> {
	status: number;
	/** Names in lower case; repeated headers joined with `, `. */
	headers: Record<string, string>;
	/** The parsed JSON; `null` when the answer had no body. */
	body: T;
}

/** Options of `keapPages` and `keapGetAll`. */
export interface PageOptions {
	/** Name of the list in the answer; found by itself when the answer has exactly one array. */
	records?: string;
	/** Records wanted in all; everything unless told. */
	limit?: number;
	/** Records asked for per call, 1,000 unless told; never more than is still wanted. */
	pageSize?: number;
	/** v2 pages by token, v1 by offset; taken from the path unless told. */
	version?: 'v1' | 'v2';
}

/** What is left of a key's quota, as Keap's last headers and the process's own count see it. */
export interface QuotaView {
	second: { limit: number };
	minute: { limit: number; used: number; available: number };
	day: { limit: number; used: number; available: number; /** ISO time */ resetsAt: string };
	/** Calls that wait for their turn. */
	waiting: number;
	/** Calls sent and not answered yet. */
	inFlight: number;
	/** ISO time until which the whole key pauses, or null. */
	pausedUntil: string | null;
	/** Whether Keap's headers or only the process's own count are behind these numbers. */
	source: 'headers' | 'ownCount';
	/** ISO time of the last answer that told the quota, or null. */
	asOf: string | null;
}
