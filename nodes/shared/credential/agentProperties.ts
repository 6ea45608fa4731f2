import type { INodeProperties } from 'n8n-workflow';

const WHEN_ON = { show: { advancedSettings: [true] } };

/** What AI agents may do with the credential. */
export const agentProperties: INodeProperties[] = [
	{
		displayName: 'AI Agents May',
		name: 'agentsMay',
		type: 'options',
		options: [
			{ name: 'Read', value: 'read', description: 'Look records up and list them, and change nothing' },
			{ name: 'Read and Write', value: 'write', description: 'Create and change records of people and business as well, and tag contacts' },
			{
				name: 'Read, Write, Delete and Send',
				value: 'all',
				description:
					'Everything: delete and merge records, send emails and start automations, set up hooks, links and users, take money, change prices and the set-up of the account, and custom API calls of every method',
			},
		],
		default: 'write',
		description: 'What nodes with this credential do when they are tools of an AI agent or of an MCP client',
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'AI Agents: Most Records per Call',
		name: 'agentsMostRecords',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 25,
		description: 'The most records that one call of a tool may mail, tag, put into an automation or delete',
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'AI Agents: Most Records per Answer',
		name: 'agentsMostInAnswer',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 100,
		description:
			'The most records that a list gives to an agent, which is told that there are more. A larger number in Limit of the node, typed in there, counts instead.',
		displayOptions: WHEN_ON,
	},
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
