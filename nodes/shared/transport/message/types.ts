import type { IDataObject } from 'n8n-workflow';

import type { Priority } from '../../throttle/quota/limits';
import type { KeapMethod } from '../http/http';
import type { Expected } from './expected';
import type { Repeated } from './repeated';

export type { KeapContext } from '../../runtime/context';
export type { DailyQuotaAction, KeapLimits, Priority, QuotaView } from '../../throttle/quota/limits';
export type { Expected } from './expected';
export type { KeapMethod } from '../http/http';

/** Arrays are joined with commas, those in `Repeated` sent one by one; `undefined` and empty arrays are left out; an empty text is sent as such. */
export type KeapQuery = Record<string, string | number | boolean | ReadonlyArray<string | number> | Repeated | undefined>;

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
	/** Sent as JSON, a `JsonText` as it stands; `undefined` sends no body. */
	body?: unknown;
	/** Further headers; never the key's. */
	headers?: Readonly<Record<string, string>>;
	/** Sent as `multipart/form-data` instead of a body. */
	form?: KeapForm;
	/** What the answer must look like to count as a success. By default: any JSON that is not an error, or no body. */
	expects?: Expected;
	/** Whether it changes nothing in Keap although it is no GET, such as running a report: it is repeated as a GET is. */
	reads?: boolean;
	/** Whether Keap answers with 202, because it carries the write out later. */
	accepted?: boolean;
	/** Whether a 500 is an answer in itself, because the caller looks for what Keap fails at: it is not asked for a second time. */
	probes?: boolean;
	/** Index of the input item this call is for; named in errors. */
	item?: number;
	/** Deadline in milliseconds for one try, from sending to the last byte of the answer; 60,000 by default. */
	timeoutMs?: number;
	/** By default: `person` in look-ups for the editor, `execution` in executions, `trigger` in hooks, polls and webhooks. */
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
	/** The parsed JSON, of the kind that was expected; `null` when the answer had no body. Integers that a number can't hold are text. */
	body: T;
}

/** Options of `keapPages` and `keapGetAll`. */
export interface PageOptions {
	/** Name of the list in the answer; found by itself when the answer has exactly one array. */
	records?: string;
	/** Whether a record is one that the filter asked for. Any other one shows that Keap did not keep to the filter: an error. */
	isAsked?: (record: IDataObject) => boolean;
	/** Records wanted in all; all of them by default. */
	limit?: number;
	/** Records asked for per call, 1,000 by default; never more than is still wanted. */
	pageSize?: number;
	/** v2 pages by token, v1 by offset; taken from the path by default. */
	version?: 'v1' | 'v2';
}
