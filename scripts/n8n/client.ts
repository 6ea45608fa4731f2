/** n8n's REST API, signed in with a cookie as the editor is. */
export class N8nClient {
	private cookie = '';

	constructor(private readonly url: string) {}

	/**
	 * @param path begins with `/rest/` (answers are unwrapped from n8n's `{ data }`) or is any other path of n8n
	 * @throws N8nApiError when the status is not 2xx
	 */
	async call<T>(method: string, path: string, body?: unknown): Promise<T> {
		const response = await fetch(this.url + path, {
			method,
			redirect: 'manual',
			headers: {
				...(body !== undefined && { 'content-type': 'application/json' }),
				...(this.cookie !== '' && { cookie: this.cookie }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const signedIn = response.headers.getSetCookie().find((cookie) => cookie.startsWith('n8n-auth='));
		if (signedIn) this.cookie = signedIn.split(';')[0]!;
		const text = await response.text();
		if (!response.ok) throw new N8nApiError(method, path, response.status, text);
		if (!(response.headers.get('content-type') ?? '').includes('json')) return text as T;
		const json = JSON.parse(text) as T & { data?: T };
		return path.startsWith('/rest/') && json.data !== undefined ? json.data : json;
	}

	async get<T>(path: string): Promise<T> {
		return await this.call<T>('GET', path);
	}

	async post<T>(path: string, body: unknown = {}): Promise<T> {
		return await this.call<T>('POST', path, body);
	}

	async patch<T>(path: string, body: unknown): Promise<T> {
		return await this.call<T>('PATCH', path, body);
	}
}

export class N8nApiError extends Error {
	constructor(
		method: string,
		path: string,
		readonly status: number,
		readonly body: string,
	) {
		super(`n8n answered ${status} to ${method} ${path}: ${body.slice(0, 500)}`);
	}
}
