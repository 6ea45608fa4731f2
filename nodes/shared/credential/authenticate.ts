import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { isKeapHost } from './baseUrl';
import { parseKeapCredentials } from './credentials';
import { takeSlot } from './callsOfN8n';

/** Keap's header for all three kinds of key. */
export const KEY_HEADER = 'X-Keap-API-Key';

/** What the credential's test asks Keap for: cheap, and every key may. */
export const TEST_PATH = '/crm/rest/v1/setting/application/enabled';

/**
 * Puts the key on a request that n8n itself sends: the credential test, and the HTTP Request node.
 * Waits for a slot of the key's throttle first, as every call has to.
 * The key goes to Keap's hosts over https and to the credential's own base URL, and nowhere else, also not by a redirect.
 *
 * @throws Error when the request goes elsewhere, a field of the credential is wrong, or the day's quota is used up
 */
export async function authenticateKeapRequest(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): Promise<IHttpRequestOptions> {
	const parsed = parseKeapCredentials(credentials);
	const { apiKey, origin } = parsed;
	const target = targetOf(options);
	const base = new URL(origin);
	if (target === undefined || !isKeapHost(target, base)) {
		throw new Error(
			`The Keap credential may only be used for calls to ${base.host}, api.infusionsoft.com and api.keap.com, not to ${target?.host ?? 'this address'}. Use another credential for other services.`,
		);
	}
	await takeSlot(parsed, options.url === TEST_PATH && options.baseURL !== undefined);
	return {
		...options,
		headers: { ...options.headers, [KEY_HEADER]: apiKey },
		// Hosts that a redirect may lead to with the key (n8n 2; earlier versions do not know the option).
		...{ allowedDomains: [...new Set([base.hostname, 'api.infusionsoft.com', 'api.keap.com'])].join(', ') },
		disableFollowRedirect: true,
	};
}

/** The HTTP Request node gives the address as `uri` or `url`, a credential test as `baseURL` and `url`. */
function targetOf(options: IHttpRequestOptions): URL | undefined {
	const { uri } = options as { uri?: unknown };
	const address = typeof uri === 'string' ? uri : options.url;
	try {
		return new URL(address, options.baseURL);
	} catch {
		return undefined;
	}
}
