import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { isKeapHost } from './baseUrl';
import { parseKeapCredentials } from './credentials';
import { takeSlot } from './callsOfN8n';
import { unsafeOption } from './safeConnection';

/** Keap's header for all three kinds of key. */
export const KEY_HEADER = 'X-Keap-API-Key';

/**
 * Puts the key on a request that n8n itself sends, as its HTTP Request node does.
 * Waits for a slot of the key's throttle first, as every call has to.
 * The key goes to Keap's hosts and to the credential's own base URL over a verified connection, and nowhere else: not by a
 * redirect, a proxy that the node names, or a connection that is not verified.
 *
 * @throws Error when the request would go elsewhere, a field of the credential is wrong, or the day's quota is used up
 */
export async function authenticateKeapRequest(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const parsed = parseKeapCredentials(credentials);
	const { apiKey, origin } = parsed;
	const base = new URL(origin);
	const targets = targetsOf(options);
	const [target] = targets;
	if (target === undefined || !targets.every((one) => one !== undefined && isKeapHost(one, base))) {
		const elsewhere = targets.find((one) => one !== undefined && !isKeapHost(one, base));
		throw new Error(
			`The Keap credential may only be used for calls to ${base.host}, api.infusionsoft.com and api.keap.com, not to ${elsewhere?.host ?? 'this address'}. Use another credential for other services.`,
		);
	}
	const unsafe = unsafeOption({ ...options }, target);
	if (unsafe !== undefined) throw new Error(unsafe);
	await takeSlot(parsed);
	const others = Object.entries(options.headers ?? {}).filter(([name]) => name.trim().toLowerCase() !== KEY_HEADER.toLowerCase());
	return {
		...options,
		headers: { ...Object.fromEntries(others), [KEY_HEADER]: apiKey },
		...NO_REDIRECT,
		// Said in so many words, NODE_TLS_REJECT_UNAUTHORIZED=0 does not switch it off.
		agentOptions: { ...options.agentOptions, rejectUnauthorized: true },
		// Hosts that a redirect may lead to with the key (n8n 2; earlier versions do not know the option).
		...{ allowedDomains: [...new Set([base.hostname, 'api.infusionsoft.com', 'api.keap.com'])].join(', ') },
	};
}

/** In the words of both of n8n's forms of options. */
const NO_REDIRECT = { disableFollowRedirect: true, followRedirect: false, followAllRedirects: false, maxRedirects: 0 };

/** The address comes as `uri` or `url`, and may be relative to a `baseURL`. Given both, each has to be right. */
function targetsOf(options: IHttpRequestOptions): Array<URL | undefined> {
	const { uri } = options as { uri?: unknown };
	const addresses = [uri, options.url].filter((address) => typeof address === 'string');
	return addresses.map((address) => (URL.canParse(address, options.baseURL) ? new URL(address, options.baseURL) : undefined));
}
