import { BadProxy, type Proxy } from './proxySettings';

/** What went wrong on the way, as far as it is known. */
export type FailureKind =
	'dns' | 'refused' | 'connectTimeout' | 'tls' | 'proxy' | 'badProxy' | 'reset' | 'timeout' | 'cut' | 'tooBig' | 'aborted' | 'other';

/** The proxy let no request through to Keap: nothing was sent. */
export class ProxyFailure extends Error {
	readonly code = 'PROXY';
}

/** It was too late for the request when its connection was there: nothing was sent. */
export class TooLate extends Error {}

export interface FailureFacts {
	kind: FailureKind;
	/** Whether any byte of the request may have reached Keap. */
	sent: boolean;
	/** The status, when the answer broke off after its head. */
	status?: number;
	headers?: Record<string, string>;
	/** Code and message of the cause, for people. */
	cause: string;
	/** Host and port of the other end, where the connection could not be made. */
	peer?: { host?: string; port?: number };
}

/** No whole answer came to a request. */
export class HttpFailure extends Error {
	private constructor(readonly facts: FailureFacts) {
		super(facts.cause);
	}

	/**
	 * @param error what the HTTP client threw
	 * @param known what is known beside; a `kind` given here wins over what the error says
	 */
	static from(error: unknown, known: Partial<FailureFacts> & { sent: boolean }): HttpFailure {
		const kind = known.kind ?? kindOf(error, known);
		return new HttpFailure({ cause: describe(error), ...known, kind, peer: peerOf(error) });
	}

	/** The same, of the proxy by name, where it was the proxy that could not be reached or let nothing through. */
	ofProxy(proxy: Proxy | undefined): HttpFailure {
		const { kind, cause, peer } = this.facts;
		if (proxy === undefined || kind === 'aborted') return this;
		const isOfProxy = kind === 'proxy' || isProxy(peer, proxy) || (kind === 'connectTimeout' && cause.includes(new URL(proxy.url).host));
		if (!isOfProxy) return this;
		return new HttpFailure({ ...this.facts, kind: 'proxy', cause: cause === '' ? proxy.shown : `${proxy.shown}: ${cause}` });
	}

	/** The failure itself; an unknown error becomes a failure after which the request may have been carried out. */
	static of(error: unknown): HttpFailure {
		return error instanceof HttpFailure ? error : HttpFailure.from(error, { sent: true });
	}
}

/** Codes of Node, OpenSSL and undici, and what each means. */
const KINDS: Record<string, FailureKind> = {
	ENOTFOUND: 'dns',
	EAI_AGAIN: 'dns',
	ECONNREFUSED: 'refused',
	EHOSTUNREACH: 'refused',
	ENETUNREACH: 'refused',
	EADDRNOTAVAIL: 'refused',
	ETIMEDOUT: 'connectTimeout',
	UND_ERR_CONNECT_TIMEOUT: 'connectTimeout',
	UND_ERR_PRX_TLS: 'proxy',
	PROXY: 'proxy',
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	UND_ERR_SOCKET: 'reset',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'cut',
};
const TLS_CODE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO/;

function kindOf(error: unknown, { sent, status }: Pick<FailureFacts, 'sent' | 'status'>): FailureKind {
	if (status !== undefined) return 'cut';
	if (error instanceof BadProxy) return 'badProxy';
	const code = codeOf(error);
	// Only the proxy can say anything before the request is sent.
	if (!sent && /proxy|tunnel/i.test(describe(error))) return 'proxy';
	const kind = KINDS[code];
	if (kind === 'connectTimeout' && sent) return 'reset';
	return kind ?? (TLS_CODE.test(code) ? 'tls' : 'other');
}

export function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	if ('code' in error && typeof error.code === 'string') return error.code;
	if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
	return 'cause' in error ? codeOf(error.cause) : '';
}

/** Node names the host in an error of the resolver, and the port in one of a connection. */
function peerOf(error: unknown): FailureFacts['peer'] {
	if (typeof error !== 'object' || error === null) return undefined;
	if ('errors' in error && Array.isArray(error.errors)) return peerOf(error.errors[0]);
	const host = 'hostname' in error && typeof error.hostname === 'string' ? error.hostname : undefined;
	const port = 'port' in error && typeof error.port === 'number' ? error.port : undefined;
	return host === undefined && port === undefined ? undefined : { host, port };
}

function isProxy(peer: FailureFacts['peer'], { url }: Proxy): boolean {
	const { hostname, port, protocol } = new URL(url);
	if (peer?.host !== undefined) return peer.host === hostname;
	return peer?.port !== undefined && peer.port === Number(port || (protocol === 'https:' ? 443 : 80));
}

/** Message and code of an error, the message of its first cause where it has none itself. Errors of other realms are errors, too. */
export function describe(error: unknown): string {
	if (typeof error !== 'object' || error === null || !('message' in error) || typeof error.message !== 'string') return '';
	const code = codeOf(error);
	if ('errors' in error && Array.isArray(error.errors) && error.message === '') return describe(error.errors[0]);
	const name = 'name' in error && typeof error.name === 'string' ? error.name : '';
	const message = error.message === '' ? name : error.message;
	return error instanceof ProxyFailure || error instanceof BadProxy || message.includes(code) ? message : `${message} (${code})`;
}
