import { type Call, type Reply, type StandIn, standIn } from './standIn';

/** What a scripted model calls next: the tool, and what it gives to it. */
export interface Turn {
	readonly tool: string;
	/** @param answers what the tools have answered so far */
	readonly args: (answers: readonly string[]) => Record<string, unknown>;
}

/** What a model has read in one conversation. */
export interface Conversation {
	/** The tools as they were given to it, as JSON. */
	tools: string;
	answers: string[];
}

export interface Model extends Omit<StandIn, 'calls'> {
	/** What was read for an ask. */
	conversation(ask: string): Conversation | undefined;
	/** Sets what the model does when it is asked so. */
	script(ask: string, turns: readonly Turn[]): void;
}

interface Message {
	readonly role: string;
	readonly content: unknown;
}

const textOf = (content: unknown): string =>
	typeof content === 'string' ? content : Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';

interface Tool {
	readonly function: { readonly name: string; readonly parameters?: { readonly properties?: Readonly<Record<string, unknown>> } };
}

/** As the tool's schema wants it: behind an approval its values are inside `toolParameters`. */
function filledIn(tools: readonly Tool[], { tool, args }: Turn, answers: readonly string[]): Record<string, unknown> {
	const known = tools.find(({ function: { name } }) => name === tool);
	const properties = known?.function.parameters?.properties ?? {};
	return 'toolParameters' in properties ? { toolParameters: args(answers) } : args(answers);
}

/** A model by OpenAI's API that does what it is told: it calls a script's tools one after the other, and ends with the last answer. */
export async function scriptedModel(): Promise<Model> {
	const scripts = new Map<string, readonly Turn[]>();
	const conversations = new Map<string, Conversation>();
	const reply = ({ path, body }: Call): Reply => {
		if (!path.endsWith('/chat/completions')) return { json: { object: 'list', data: [{ id: 'scripted', object: 'model' }] } };
		const messages = body.messages as Message[];
		const ask = textOf(messages.find(({ role }) => role === 'user')?.content);
		const turns = scripts.get(ask);
		if (turns === undefined) throw new Error(`There is no script for "${ask}"`);
		const answers = messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));
		conversations.set(ask, { tools: JSON.stringify(body.tools ?? []), answers });
		const turn = turns[answers.length];
		const call = turn && {
			id: `call_${answers.length}`,
			type: 'function',
			function: { name: turn.tool, arguments: JSON.stringify(filledIn(body.tools as Tool[], turn, answers)) },
		};
		const message = call ? { role: 'assistant', content: null, tool_calls: [call] } : { role: 'assistant', content: answers.at(-1) ?? '' };
		const finish_reason = call ? 'tool_calls' : 'stop';
		const chat = { id: 'chat', created: 0, model: 'scripted', usage: USAGE };
		if (body.stream !== true) return { json: { ...chat, object: 'chat.completion', choices: [{ index: 0, message, finish_reason }] } };
		// AI Agents of version 1 read it word by word.
		const delta = call ? { ...message, tool_calls: [{ ...call, index: 0 }] } : message;
		return { events: [{ ...chat, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] }] };
	};
	const server = await standIn(reply);
	return {
		port: server.port,
		close: async () => await server.close(),
		conversation: (ask) => conversations.get(ask),
		script: (ask, turns) => void scripts.set(ask, turns),
	};
}

const USAGE = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
