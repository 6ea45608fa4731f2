import type { Answer } from './types';

const UTC_TIME = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?)Z$/;

function rewritten(value: unknown): unknown {
	if (typeof value === 'string') return value.replace(UTC_TIME, '$1+0000');
	if (Array.isArray(value)) return value.map(rewritten);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, rewritten(inner)]));
}

/** An answer of version 1 with its times as that version writes them: the offset without a colon, `+0000`. */
export function v1Times(answer: Answer): Answer {
	const { ready } = answer;
	return {
		...answer,
		...(answer.body !== undefined && { body: rewritten(answer.body) }),
		...(ready && { ready: async () => v1Times((await ready()) as Answer) }),
	};
}
