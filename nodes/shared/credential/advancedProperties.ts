import type { INodeProperties } from 'n8n-workflow';

import { agentProperties } from './agentProperties';

const WHEN_ON = { show: { advancedSettings: [true] } };
const WHEN_FIXED = { show: { advancedSettings: [true], limits: ['fixed'] } };

/** The switch that hides the rarer fields of the credential, and those fields. n8n keeps nothing of a field that is hidden. */
export const advancedProperties: INodeProperties[] = [
	{
		displayName: 'Advanced Settings',
		name: 'advancedSettings',
		type: 'boolean',
		default: false,
		hint: 'Off means the defaults, whatever was entered here before',
		description:
			"Whether to set the base URL, the limits, what happens at the end of the day's quota, the use by the HTTP Request node, and what AI agents may do. Off means the defaults: api.infusionsoft.com, limits from Keap, fail at the end of the quota, Keap only, agents read and write. n8n forgets what stands behind the switch when it is off.",
	},
	{
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: 'https://api.infusionsoft.com',
		description: "The address of Keap's API, without a path. Change it only to reach Keap through a gateway of your own, or a sandbox.",
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'Limits',
		name: 'limits',
		type: 'options',
		options: [
			{
				name: 'From Keap',
				value: 'fromKeap',
				description:
					"Start at 5 calls a second, 120 a minute and 15,000 a day, and follow the limits that Keap's answers name, up and down",
			},
			{
				name: 'Fixed',
				value: 'fixed',
				description: 'Never go beyond the three numbers below; a lower limit that Keap names still counts',
			},
		],
		default: 'fromKeap',
		description:
			'How many calls may be made with this credential. Keap counts the minute and the day for the whole account, all its keys together, and the second for each key.',
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'Requests per Second',
		name: 'requestsPerSecond',
		type: 'number',
		default: 5,
		description: 'The most calls in a second that all workflows together may make with this credential. Keap allows a key at least 5.',
		displayOptions: WHEN_FIXED,
	},
	{
		displayName: 'Requests per Minute',
		name: 'requestsPerMinute',
		type: 'number',
		default: 120,
		description:
			'The most calls in a minute that all workflows together may make with this credential. Keap allows an account at least 120.',
		displayOptions: WHEN_FIXED,
	},
	{
		displayName: 'Requests per Day',
		name: 'requestsPerDay',
		type: 'number',
		default: 15000,
		description:
			'The most calls in a day (from 00:00 UTC) that all workflows together may make with this credential. Keap allows an account at least 15,000.',
		displayOptions: WHEN_FIXED,
	},
	{
		displayName: 'When the Daily Quota Is Used Up',
		name: 'dailyQuotaAction',
		type: 'options',
		options: [
			{ name: 'Fail', value: 'fail', description: 'Stop at once, with an error that says when the quota resets' },
			{ name: 'Wait', value: 'wait', description: 'Wait until the quota resets at 00:00 UTC, then go on' },
		],
		default: 'fail',
		description: 'What nodes do when Keap takes no more calls today',
		displayOptions: WHEN_ON,
	},
	{
		displayName: 'HTTP Request Node',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		options: [
			// n8n's word for "no list of ours": authenticate below narrows it to Keap's hosts, whatever n8n's version.
			{ name: 'Keap Only', value: 'all', description: 'The HTTP Request node may use this credential to call Keap, and no other host' },
			{ name: 'None', value: 'none', description: 'The HTTP Request node may not use this credential' },
		],
		default: 'all',
		description: "Where n8n's HTTP Request node may send this key",
		displayOptions: WHEN_ON,
	},
	...agentProperties,
];
