import type { IAuthenticate, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { advancedProperties } from '../nodes/shared/credential/advancedProperties';
import { sharingProperties } from '../nodes/shared/credential/sharingProperties';

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
		...sharingProperties,
		...advancedProperties,
	];

	/**
	 * A function, not a rule: it also refuses other hosts. Our own nodes do not pass here; they send through the throttled
	 * helper. The test of the credential is a function too, which every node names in `testedBy`: it takes a slot, and reaches
	 * the Redis that shares the quota.
	 */
	/** Loaded at the first call: n8n loads this class at every start, also where nobody uses Keap. */
	authenticate: IAuthenticate = async (credentials, request) => {
		const { authenticateKeapRequest } = await import('../nodes/shared/credential/authenticate');
		return await authenticateKeapRequest(credentials, request);
	};
}
