/** How far a node goes as a tool of an AI agent: each word includes those before it. */
export type AgentsMay = 'read' | 'write' | 'all';

/** What the owner of a credential allows to AI agents. It holds for nodes that run as tools, and for no others. */
export interface AgentRules {
	may: AgentsMay;
	/** The most records that one call may mail, tag or delete. */
	mostChanged: number;
	/** The most records in one answer. */
	mostInAnswer: number;
	/** The most calls to Keap in one execution; `Infinity` where there is no limit. */
	mostCalls: number;
	/** The longest time that one call of a tool waits for the quota, in milliseconds. */
	longestWait: number;
}

const NUMBERS = {
	mostChanged: { field: 'agentsMostRecords', label: 'Most Records per Call', standard: 25, least: 1 },
	mostInAnswer: { field: 'agentsMostInAnswer', label: 'Most Records per Answer', standard: 100, least: 1 },
	mostCalls: { field: 'agentsMostCalls', label: 'Most Calls per Execution', standard: 0, least: 0 },
	longestWait: { field: 'agentsLongestWait', label: 'Longest Wait', standard: 30, least: 0 },
} as const;

/**
 * Reads the credential's fields for AI agents; those left out take their defaults.
 * @throws Error that names the field and says what it takes
 */
export function readAgentRules(raw: Readonly<Record<string, unknown>>): AgentRules {
	return {
		may: mayOf(raw.agentsMay),
		mostChanged: Math.floor(numberOf(raw, 'mostChanged')),
		mostInAnswer: Math.floor(numberOf(raw, 'mostInAnswer')),
		mostCalls: Math.floor(numberOf(raw, 'mostCalls')) || Infinity,
		longestWait: numberOf(raw, 'longestWait') * 1_000,
	};
}

function mayOf(value: unknown): AgentsMay {
	if (value === undefined || value === null || value === '') return 'write';
	if (value === 'read' || value === 'write' || value === 'all') return value;
	throw new Error('AI Agents May of the Keap credential has to be "read", "write" or "all": choose one of the three');
}

function numberOf(raw: Readonly<Record<string, unknown>>, name: keyof typeof NUMBERS): number {
	const { field, label, standard, least } = NUMBERS[name];
	const value = raw[field];
	if (value === undefined || value === null || value === '') return standard;
	const number = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '') ? Number(value) : Number.NaN;
	if (Number.isFinite(number) && number >= least) return number;
	throw new Error(`${label} of the Keap credential has to be a number of ${least} or more`);
}
