import { type IExecuteFunctions, NodeOperationError } from 'n8n-workflow';

import { toolCallerOf } from '../../runtime/tool';
import { JsonText, keapCredentials, type KeapCredentials } from '../../transport';
import { effectOf } from '../operation/effect';
import { isReference } from '../operation/reference';
import type { Call, Effect } from '../operation/types';

type Rules = KeapCredentials['agents'];

const ALLOWED: Readonly<Record<Rules['may'], ReadonlySet<Effect>>> = {
	read: new Set(['reads']),
	write: new Set(['reads', 'writes']),
	all: new Set(['reads', 'writes', 'deletes', 'sends', 'opens', 'charges', 'configures', 'anything']),
};

const ALLOWED_WORDS: Readonly<Record<Rules['may'], string>> = { read: 'read', write: 'read and write', all: 'do everything' };

const EFFECT_WORDS: Readonly<Record<Effect, string>> = {
	reads: 'reads',
	writes: 'changes records',
	deletes: 'removes something for good',
	sends: 'sends email or starts an automation',
	opens: 'opens a way out of Keap or into it: what leaves it, whom it may mail, or who gets in',
	charges: 'takes money, or changes what Keap takes or pays by itself',
	configures: 'changes how the account works for everybody',
	anything: 'may change anything',
};

/**
 * Holds a tool's call to what the owner of the credential allows to AI agents, before anything is sent.
 * @param name what the user sees of the row: `Email > Send`
 * @throws NodeOperationError worded for the agent; nothing for a node that is no tool
 */
export async function holdToRules(context: IExecuteFunctions, call: Call, name: string): Promise<void> {
	if (toolCallerOf(context) === undefined) return;
	const { agents } = await keapCredentials(context, call.item);
	const effect = effectOf(call.operation, call.values);
	const refused = notAllowed(agents, effect, name) ?? tooMany(agents, effect, call);
	if (refused !== undefined) throw new NodeOperationError(context.getNode(), refused, { itemIndex: call.item });
}

function notAllowed({ may }: Rules, effect: Effect, name: string): string | undefined {
	if (ALLOWED[may].has(effect)) return undefined;
	return `Not done, and nothing was sent: ${name} ${EFFECT_WORDS[effect]}, and the owner of this tool lets AI agents ${ALLOWED_WORDS[may]} only. Do not look for another way: say that this is not allowed to you, and that a person has to do it`;
}

function tooMany({ mostChanged }: Rules, effect: Effect, call: Call): string | undefined {
	if (effect === 'reads') return undefined;
	const count = recordsIn(call);
	if (count <= mostChanged) return undefined;
	return `Not done, and nothing was sent: this would change ${count} records, and the owner of this tool allows ${mostChanged} in one call. Choose fewer, and ask the person you work for before you go on with the others`;
}

/** How many records a call names for its change: the longest list of IDs in it. */
export function recordsIn({ operation, body, query, values }: Pick<Call, 'operation' | 'body' | 'query' | 'values'>): number {
	// What a custom API call means by its lists is not known.
	if (effectOf(operation, values) === 'anything') return Math.max(1, longestList(values));
	const lists = [body, query, values].flatMap((part) => Object.values(part)).filter((value) => Array.isArray(value)) as unknown[][];
	return Math.max(1, ...lists.filter((list) => list.every(isId)).map(({ length }) => length));
}

/** Numbers, and email addresses or names in the place of one. */
const isId = (one: unknown): boolean => typeof one === 'number' || isReference(one) || (typeof one === 'string' && /^\d+$|@/.test(one));

/** Keap takes no lists that lie deeper. */
const DEEPEST = 20;
/** A list in a text, also behind the name of a filter or at the end of a path: `ids==1,2,3`. */
const LIST_IN_TEXT = /(?:^|[/=])([^,/=]+(?:,[^,/=]+)+)$/;

/** The length of the longest list of IDs at any depth; of a list that is the whole body, whatever is in it. */
function longestList(value: unknown, depth = 0): number {
	if (typeof value === 'string') {
		const ids = LIST_IN_TEXT.exec(value)?.[1]?.split(',') ?? [];
		return ids.every((id) => isId(id.trim())) ? ids.length : 0;
	}
	if (typeof value !== 'object' || value === null || depth > DEEPEST) return 0;
	if (value instanceof JsonText) return longestList(JSON.parse(value.text), depth);
	const parts = Object.values(value).map((part: unknown) => longestList(part, depth + 1));
	const own = Array.isArray(value) && (depth === 1 || value.every(isId)) ? value.length : 0;
	return parts.reduce((most, part) => Math.max(most, part), own);
}
