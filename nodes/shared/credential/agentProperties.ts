import type { INodeProperties } from 'n8n-workflow';

const WHEN_ON = { show: { advancedSettings: [true] } };

/** What AI agents may do with the credential. */
export const agentProperties: INodeProperties[] = [
	{
		displayName: 'AI Agents: Most Calls per Execution',
		name: 'agentsMostCalls',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'The most calls to Keap that the tools of one execution may make together. 0 means no limit of their own.',
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'AI Agents: Longest Wait (Seconds)',
		name: 'agentsLongestWait',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 30,
		description:
			'How long a tool waits for the quota before it answers that nothing was sent. An agent or MCP client that waits in vain asks again, and a write would be made twice.',
		displayOptions: WHEN_ON,
	},
];
