import type { FailureKind } from '../http/httpFailure';

/** What happened, and what to do next. */
export interface Advice {
	message: string;
	description: string;
}

const WHERE_KEYS_ARE = 'Keap: profile icon > Settings > API';

/** By status; `said` is Keap's own message or an empty text, `asked` the method and path. */
const BY_STATUS: Record<number, (said: string, asked: string) => Advice> = {
	400: (said) => ({
		message: `Keap did not accept the request${after(said)}`,
		description: 'Correct the field that the message names and run the node again.',
	}),
	401: () => ({
		message: 'Keap did not accept the API key',
		description: `The key is wrong, was deleted, or was made so recently that Keap does not know it yet (this can take a few minutes). Make a key in ${WHERE_KEYS_ARE}, and put it into the Keap credential.`,
	}),
	403: (said) => ({
		message: `The API key may not do this in Keap${after(said)}`,
		description: `A Personal Access Token may do what its user may do. Give that user the permission in Keap, or use a Service Account Key (${WHERE_KEYS_ARE}, admins only).`,
	}),
	405: (said, asked) => ({
		message: `Keap does not know ${asked}${after(said)}`,
		description: 'Choose another method or check the path in the Keap API reference.',
	}),
	409: (said) => ({
		message: `Keap refused because of a conflict with what it has stored${after(said)}`,
		description:
			'Most often the record already exists or was changed meanwhile. Look it up in Keap and run the node again with other values.',
	}),
	413: () => ({
		message: 'The request is too big for Keap',
		description: 'Send fewer or smaller records at a time.',
	}),
	422: (said) => ({
		message: `Keap understood the request but can't carry it out${after(said)}`,
		description: 'Correct the values that the message names and run the node again.',
	}),
};

/** What to say about a status that Keap answered with. */
export function adviceForStatus(status: number, said: string, asked: string): Advice {
	if (status === 404) {
		return {
			message: `Keap found nothing at ${asked}${after(said)}`,
			description: 'Check the path and the IDs in it: a record may have been deleted or merged, or belong to another Keap account.',
		};
	}
	const known = BY_STATUS[status];
	if (known) return known(said, asked);
	if (status < 400) {
		return {
			message: `The address answered with a redirect (${status}), which is never followed with an API key`,
			description:
				'Check the Base URL of the Keap credential: it has to be the address of the API itself, such as https://api.infusionsoft.com.',
		};
	}
	if (status < 500) {
		return {
			message: `Keap refused the request with status ${status}${after(said)}`,
			description: `Keap was asked for ${asked}. Check the values of this item.`,
		};
	}
	return {
		message: `Keap had a problem of its own (status ${status})${after(said)}`,
		description: 'Try again later. If it stays, look at https://status.keap.com.',
	};
}

/** By what went wrong on the way. */
const BY_FAILURE: Record<FailureKind, Advice> = {
	dns: {
		message: 'The host of the Keap API could not be found',
		description: 'Check the Base URL of the Keap credential and whether the machine that runs n8n can reach the internet.',
	},
	refused: {
		message: 'The host of the Keap API did not take the connection',
		description: 'Check the Base URL of the Keap credential, and firewalls on the way. If both are right, try again later.',
	},
	connectTimeout: {
		message: 'The host of the Keap API did not answer the attempt to connect',
		description: 'Check the connection of the machine that runs n8n, and whether it needs a proxy (HTTPS_PROXY).',
	},
	tls: {
		message: 'A secure connection (TLS) to the host of the Keap API could not be made',
		description:
			'Check the Base URL of the Keap credential. If a proxy or firewall inspects the traffic, make its certificate known to n8n with NODE_EXTRA_CA_CERTS.',
	},
	proxy: {
		message: 'The proxy on the way to Keap did not let the request through',
		description:
			'Check HTTPS_PROXY, HTTP_PROXY and NO_PROXY of the machine that runs n8n, with user and password if the proxy asks for them.',
	},
	badProxy: {
		message: 'The proxy that n8n is set up to use is none',
		description:
			'Nothing was sent. Correct HTTPS_PROXY, HTTP_PROXY or ALL_PROXY of the machine that runs n8n: they look like http://proxy.example.com:8080.',
	},
	tooBig: {
		message: "Keap's answer is too big to be read",
		description: 'Ask for less at a time: fewer fields, a smaller Limit, or a filter.',
	},
	reset: {
		message: 'The connection to Keap broke off before an answer came',
		description: 'Try again later.',
	},
	timeout: {
		message: 'Keap did not answer in time',
		description: 'Try again later, or ask for less at a time.',
	},
	cut: {
		message: "Keap's answer broke off or could not be read",
		description: 'Try again later.',
	},
	aborted: { message: 'Execution canceled', description: 'The execution was stopped.' },
	other: { message: 'The request to Keap failed', description: 'Try again later.' },
};

export function adviceForFailure(kind: FailureKind): Advice {
	return BY_FAILURE[kind];
}

function after(said: string): string {
	return said === '' ? '' : `: ${said}`;
}
