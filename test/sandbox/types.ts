import type { Operation } from './contract/operations';
import type { HookTimes } from './hooks/courier';
import type { SandboxState } from './store/state';

/** A record as Keap sends it: JSON, `id` always there. */
export type KeapRecord = { id: string } & Record<string, unknown>;

/** `full` may do everything; `limited` gets 403 on every write and on users. */
export type KeyKind = 'full' | 'limited';

/**
 * `slowSpike` is the policy that a real 429 named: five in five seconds with a burst of one, which is a call a second.
 */
export type SecondMode = 'rolling' | 'spikeArrest' | 'slowSpike' | 'tokenBucket' | 'none';
export type MinuteMode = 'rolling' | 'fixedClock' | 'fixedFirst' | 'none';

/** Calls that may be spent: the second by a key, minute and day by its account; `Infinity` switches a window off and leaves its headers empty. */
export interface Limits {
	perSecond: number;
	perMinute: number;
	perDay: number;
}

export interface SandboxOptions {
	/** 0 (the default) takes any free port. */
	port?: number;
	/** Key to kind. Default: `sandbox-key` is full, `limited-key` is limited. */
	keys?: Record<string, KeyKind>;
	/** Key to account, where keys are of several. Minute and day are counted per account. Default: one account, `sandbox`. */
	accounts?: Record<string, string>;
	/** Default 5/120/15000. */
	limits?: Partial<Limits>;
	/** How the second is counted. Default `rolling`: no second anywhere on the clock may hold more. */
	secondMode?: SecondMode;
	/** How the minute is counted. Default `rolling`. */
	minuteMode?: MinuteMode;
	/** Milliseconds by which a call may be early. Default 0, for `spikeArrest` 5. */
	toleranceMs?: number;
	/** Whether answers carry the quota headers. Default true. */
	headers?: boolean;
	/** Milliseconds between carrying a call out and answering it. */
	latencyMs?: number | (() => number);
	/** Epoch milliseconds. Default: a clock that never goes back. */
	now?: () => number;
	/** Whether the account starts with records. Default true. */
	seed?: boolean;
	/** When deliveries of REST hooks are tried. Default: 20 ms after the change, then as Keap does. */
	hookTimes?: Partial<HookTimes>;
	/** Called for every call once its fate is known; `minuteLeft` is what its key may still spend in this minute. */
	onCall?: (call: RecordedCall, minuteLeft: number) => void;
}

/** A call as it arrived. It is listed on arrival; `status` is 0 until it is answered, and stays 0 without an answer. */
export interface RecordedCall {
	at: number;
	method: string;
	path: string;
	query: Record<string, string>;
	rawQuery: string;
	headers: Record<string, string>;
	body: unknown;
	status: number;
	operationId?: string;
}

export type Fault =
	/** Any status; not carried out. */
	| { kind: 'status'; status: number; body?: string; contentType?: string; headers?: Record<string, string> }
	/** The connection breaks before anything is counted or carried out. */
	| { kind: 'resetBefore' }
	/** The request is carried out, then the connection breaks without an answer. */
	| { kind: 'resetAfter' }
	/** Carried out; the connection closes in the middle of the body. */
	| { kind: 'truncate' }
	/** Carried out; 200 with JSON text that is cut off, the connection is fine. */
	| { kind: 'badJson' }
	/** An HTML page instead of JSON (default status 503); not carried out. */
	| { kind: 'html'; status?: number }
	/** No body (default status 200); not carried out. */
	| { kind: 'empty'; status?: number }
	/** Carried out on arrival, answered after `ms`. */
	| { kind: 'slow'; ms: number }
	/** Carried out on arrival, answered when `keep` resolves: see `Sandbox.hold`. */
	| { kind: 'held'; keep: () => Promise<void> }
	/** Refused by the gateway; not carried out, spends nothing. */
	| { kind: '429'; withHeaders?: boolean; body?: ThrottleBody }
	/** Every list answer carries the same `next_page_token` for ever. */
	| { kind: 'repeatPageToken' }
	/** List answers hold at most `size` records, whatever was asked for. */
	| { kind: 'smallPages'; size: number }
	/** A record that Keap fails to write out: every list answer that would hold it is a 500. */
	| { kind: 'badRow'; id: string }
	/** Records that lists do not show yet, though each can be read by itself. */
	| { kind: 'lateRows'; ids: readonly string[] };

export type ThrottleBody = 'keap' | 'apigeeQuota' | 'apigeeSpike';

export interface FaultMatch {
	method?: string;
	/** A whole path, or an expression that the path matches. Without the query. */
	path?: RegExp | string;
	/** How many matching calls it hits. Default 1; `Infinity` until cleared. */
	times?: number;
	/** How many matching calls pass first. Default 0. */
	after?: number;
}

/** Calls that are carried out on arrival and not answered yet. */
export interface Held {
	/** Resolves when so many calls have been held. */
	reached(count: number): Promise<void>;
	/** Answers them all; later calls are held no more. */
	release(): void;
}

export interface SandboxStats {
	calls: number;
	refused: { key: number; second: number; minute: number; day: number };
	maxInFlight: number;
	connections: number;
}

export interface Sandbox {
	/** `http://127.0.0.1:<port>` without a slash at the end. */
	url: string;
	port: number;
	calls: RecordedCall[];
	stats(): SandboxStats;
	/** Arms a fault; the function that comes back disarms it. */
	fault(match: FaultMatch, fault: Fault): () => void;
	clearFaults(): void;
	/** Keeps the answers of all matching calls back until they are released. */
	hold(match?: Omit<FaultMatch, 'times'>): Held;
	/** Resolves as soon as this is true of the calls so far: asked again at every arrival and every answer. */
	until(isDone: (calls: readonly RecordedCall[]) => boolean): Promise<void>;
	state: SandboxState;
	/** Back to the start: calls, counts, faults and records. */
	reset(): void;
	/** Another program spends `calls` with the first key (or with `key`) now: from its account's minute and day. */
	spendElsewhere(calls: number, key?: string): void;
	close(): Promise<void>;
}

/** Validated query: one text a name; what the contract calls a list is comma-joined. */
export type Query = Readonly<Record<string, string>>;

/** One validated request on its way to a handler. */
export interface Exchange {
	operation: Operation;
	params: Readonly<Record<string, string>>;
	query: Query;
	/** Matches the operation's schema; undefined without a body. */
	body: Readonly<Record<string, unknown>> | readonly unknown[] | undefined;
	state: SandboxState;
	/** ISO 8601 time of the call. */
	now: string;
	/** `http://host` as the client named it, for links in v1 lists. */
	origin: string;
	/** The largest page that may be answered, set by the fault `smallPages`. */
	pageCap: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
}

export interface Answer {
	status: number;
	/** JSON; undefined sends no body. */
	body?: unknown;
	/** Bytes, in place of a body. */
	data?: Buffer;
	/** A web page, in place of a body. */
	html?: string;
	headers?: Record<string, string>;
	/** What has to happen before the answer goes out, and what it then adds. */
	ready?: () => Promise<Partial<Answer>>;
}

export type Handler = (exchange: Exchange) => Answer;
