import type { IAuthenticate, ICredentialTestRequest, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { authenticateKeapRequest, TEST_PATH } from '../nodes/shared/credential/authenticate';
import { sharingProperties } from '../nodes/shared/credential/sharingProperties';

const WHEN_FIXED = { show: { limits: ['fixed'] } };

export class KeapApi implements ICredentialType {
	name = 'keapApi';

	displayName = 'Keap API';

	icon: Icon = { light: 'file:../icons/keap.svg', dark: 'file:../icons/keap.dark.svg' };

	documentationUrl = 'https://github.com/n8n-nodes-keap/n8n-nodes-keap#getting-a-key';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'Made in Keap under profile icon > Settings > API, and shown there once. A Personal Access Token may do what its user may do. A Service Account Key (made by an admin) may do everything. A Legacy API Key may do everything too, but Keap has announced its end.',
		},
		{
			displayName:
				"In Keap, open your profile icon > Settings > API and add a Service Account Key (admins; full access) or a Personal Access Token (any user; that user's permissions). Keap shows a key only once. A deleted key may go on working for some minutes.",
			name: 'keyNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.infusionsoft.com',
			description: "The address of Keap's API, without a path. Change it only to reach Keap through a gateway of your own, or a sandbox.",
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
		},
		...sharingProperties,
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
		},
	];

	/** A function, not a rule: it also refuses other hosts. Our own nodes do not pass here; they send through the throttled helper. */
	authenticate: IAuthenticate = authenticateKeapRequest;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{ $credentials.baseUrl }}',
			url: TEST_PATH,
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'Keap does not accept this key. Copy it again from Keap (profile icon > Settings > API); a new key may take some minutes to work.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Keap knows this key but does not let it in. A Personal Access Token has the permissions of its user; an admin can make a Service Account Key.',
				},
			},
		],
	};
}
