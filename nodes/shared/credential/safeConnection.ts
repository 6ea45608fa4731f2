/** Options of an HTTP client that would send a request, and the key in it, to another place than its address. */
const DIVERSIONS = [
	'adapter',
	'agent',
	'agentClass',
	'agents',
	'beforeRedirect',
	'dispatcher',
	'forever',
	'httpAgent',
	'httpsAgent',
	'localAddress',
	'lookup',
	'pool',
	'socketPath',
	'transport',
	'tunnel',
] as const;

/** What may be given for TLS: the client's own certificate. Anything else decides who is believed to be Keap. */
const OWN_CERTIFICATE: ReadonlySet<string> = new Set(['cert', 'key', 'passphrase', 'pfx', 'keepAlive']);

const isSet = (value: unknown): boolean => value !== undefined && value !== null && value !== false && value !== '' && value !== 'false';

/**
 * Looks through the options of a request that n8n is about to send with the key, in both of n8n's forms of them.
 *
 * @returns what would take the key elsewhere than to the address's own host over a verified connection, as a sentence that says
 * what to do instead; undefined if nothing would
 */
export function unsafeOption(options: Readonly<Record<string, unknown>>, target: URL): string | undefined {
	if (isSet(options.proxy)) {
		return 'The Keap credential is not sent through a proxy that a node names: the proxy could read the key. Remove the Proxy option, or have the machine that runs n8n use one (HTTPS_PROXY).';
	}
	if (
		isSet(options.skipSslCertificateValidation) ||
		isOff(options.rejectUnauthorized) ||
		isOff(options.strictSSL) ||
		isSet(options.insecure)
	) {
		return 'The Keap credential is sent over verified connections only. Switch Ignore SSL Issues off; if a proxy or firewall inspects the traffic, make its certificate known to n8n with NODE_EXTRA_CA_CERTS.';
	}
	const tls = typeof options.agentOptions === 'object' && options.agentOptions !== null ? options.agentOptions : {};
	const foreign = Object.entries(tls).find(([name, value]) => !OWN_CERTIFICATE.has(name) && value !== undefined && !isCheck(name, value));
	if (foreign !== undefined) {
		return `The Keap credential is sent over verified connections only, and "${foreign[0]}" of the SSL certificate would change who is believed to be Keap. Take it out; make a certificate authority of your own known to n8n with NODE_EXTRA_CA_CERTS.`;
	}
	const diversion = DIVERSIONS.find((name) => isSet(options[name]));
	if (diversion !== undefined)
		return `The Keap credential may not be used with the option "${diversion}": it could take the key elsewhere.`;
	const host = Object.entries(options.headers ?? {}).find(([name]) => name.trim().toLowerCase() === 'host');
	if (host !== undefined && String(host[1]).trim().toLowerCase() !== target.host) {
		return 'The Keap credential may not be used with a Host header of your own: it could take the key elsewhere. Remove the header.';
	}
	return undefined;
}

/** What `authenticate` itself has put into options that come to it a second time. */
const isCheck = (name: string, value: unknown): boolean => name === 'rejectUnauthorized' && value === true;

const isOff = (value: unknown): boolean => value === false || value === 'false' || value === 0;
