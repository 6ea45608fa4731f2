import { setTimeout as wait } from 'node:timers/promises';

interface Answer {
	readonly result?: { readonly tools?: unknown[]; readonly content?: ReadonlyArray<{ readonly text?: string }> };
	readonly error?: { readonly message: string };
}

/** A client of an MCP server by streamable HTTP: what it takes to list tools and call them. */
export class McpClient {
	private session: string | undefined;
	private id = 0;

	private constructor(private readonly url: string) {}

	/** Waits for the server: n8n opens it a moment after the workflow is active. */
	static async open(url: string): Promise<McpClient> {
		for (let tries = 0; (await fetch(url, { method: 'DELETE' })).status === 404; tries += 1) {
			if (tries > 100) throw new Error(`There is no MCP server at ${url}`);
			await wait(100);
		}
		const client = new McpClient(url);
		const clientInfo = { name: 'bench', version: '1' };
		await client.ask('initialize', { protocolVersion: '2025-03-26', capabilities: {}, clientInfo });
		await client.post({ jsonrpc: '2.0', method: 'notifications/initialized' });
		return client;
	}

	async tools(): Promise<unknown[]> {
		return (await this.ask('tools/list', {})).result?.tools ?? [];
	}

	/** What a client reads of a call, be it an answer or an error. */
	async call(name: string, args: Record<string, unknown>): Promise<string> {
		const { result, error } = await this.ask('tools/call', { name, arguments: args });
		return error?.message ?? result?.content?.map(({ text }) => text ?? '').join('\n') ?? '';
	}

	private async ask(method: string, params: object): Promise<Answer> {
		const text = await this.post({ jsonrpc: '2.0', id: (this.id += 1), method, params });
		const data = text.startsWith('{')
			? text
			: text
					.split('\n')
					.find((line) => line.startsWith('data: '))
					?.slice(6);
		if (data === undefined) throw new Error(`The MCP server answered to ${method}: ${text.slice(0, 300)}`);
		return JSON.parse(data) as Answer;
	}

	private async post(message: object): Promise<string> {
		const response = await fetch(this.url, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(this.session !== undefined && { 'mcp-session-id': this.session }),
			},
			body: JSON.stringify(message),
		});
		this.session = response.headers.get('mcp-session-id') ?? this.session;
		const text = await response.text();
		if (!response.ok) throw new Error(`The MCP server answered ${response.status}: ${text.slice(0, 300)}`);
		return text;
	}
}
