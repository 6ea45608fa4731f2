/** What went wrong on the way, as far as it can be told. */
export type FailureKind = 'dns' | 'refused' | 'connectTimeout' | 'tls' | 'proxy' | 'reset' | 'timeout' | 'cut' | 'aborted' | 'other';

export interface FailureFacts {
	kind: FailureKind;
	/** Whether any byte of the request may have reached Keap. */
	sent: boolean;
	/** The status, when the answer broke off after its head. */
	status?: number;
	headers?: Record<string, string>;
	/** Code and message of the cause, for people. */
	cause: string;
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
		return new HttpFailure({ cause: describe(error), ...known, kind });
	}

	/** The failure itself, or one that says that anything may have happened. */
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
	ECONNRESET: 'reset',
	EPIPE: 'reset',
	UND_ERR_SOCKET: 'reset',
	UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'cut',
};
const TLS_CODE = /CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|EPROTO/;

function kindOf(error: unknown, { sent, status }: Pick<FailureFacts, 'sent' | 'status'>): FailureKind {
	if (status !== undefined) return 'cut';
	const code = codeOf(error);
	// Only the proxy can say anything before the request is sent.
	if (!sent && /proxy|tunnel/i.test(describe(error))) return 'proxy';
	const kind = KINDS[code];
	if (kind === 'connectTimeout' && sent) return 'reset';
	return kind ?? (TLS_CODE.test(code) ? 'tls' : 'other');
}

function codeOf(error: unknown): string {
	if (typeof error !== 'object' || error === null) return '';
	if ('code' in error && typeof error.code === 'string') return error.code;
	if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
	return 'cause' in error ? codeOf(error.cause) : '';
}

function describe(error: unknown): string {
	if (!(error instanceof Error)) return '';
	const code = codeOf(error);
	const message = error.message === '' ? error.name : error.message;
	return message.includes(code) ? message : `${message} (${code})`;
}
