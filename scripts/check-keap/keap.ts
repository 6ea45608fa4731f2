import { httpCodeOf, keapRequest, type KeapForm, type KeapMethod, type KeapQuery } from '../../nodes/shared/transport';
import { executeContext } from '../../test/support/context';

/** Keap's answer, refusals too. Headers and body are empty where Keap refused. */
export interface Reply {
	status: number;
	/** Names in lower case. */
	headers: Readonly<Record<string, string>>;
	body: unknown;
	/** What the package's error says, where Keap refused. */
	message: string;
}

export interface Asked {
	query?: KeapQuery;
	body?: unknown;
	form?: KeapForm;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Keap gave no answer at all: nothing is proven. */
export class NoAnswer extends Error {}

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object's fields; none for anything else. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});
/** The records of a list answer. */
export const listIn = (reply: Reply, name: string): Fields[] => {
	const list = fieldsOf(reply.body)[name];
	return Array.isArray(list) ? list.map(fieldsOf) : [];
};

/** An account, asked through the package's own throttled request and in no other way. What was read once is not asked again. */
export class Keap {
	calls = 0;
	private readonly read = new Map<string, Promise<Reply>>();
	private readonly context: Parameters<typeof keapRequest>[0];

	/** @param credential as n8n would give it: `apiKey`, and `baseUrl` where it is not Keap's own */
	constructor(private readonly credential: Readonly<Record<string, unknown>>) {
		this.context = executeContext({ credentials: { ...credential } });
	}

	/** The same account host with another key. */
	withKey(apiKey: string): Keap {
		return new Keap({ ...this.credential, apiKey });
	}

	/** Reads, once for each path and query. */
	async get(path: string, query: KeapQuery = {}): Promise<Reply> {
		const name = `${path}?${JSON.stringify(query)}`;
		const reply = this.read.get(name) ?? this.ask('GET', path, { query });
		this.read.set(name, reply);
		return await reply;
	}

	/** @throws NoAnswer */
	async ask(method: KeapMethod, path: string, asked: Asked = {}): Promise<Reply> {
		this.calls++;
		const failure = (error: unknown) => ({ error, status: Number(httpCodeOf(error)) });
		const answer = await keapRequest(this.context, { method, path, ...asked }).catch(failure);
		if (!('error' in answer)) return { status: answer.status, headers: answer.headers, body: answer.body, message: '' };
		const { error, status } = answer;
		if (!(status >= 400)) throw new NoAnswer('Keap gave no answer', { cause: error });
		return { status, headers: {}, body: undefined, message: error instanceof Error ? error.message : '' };
	}
}
