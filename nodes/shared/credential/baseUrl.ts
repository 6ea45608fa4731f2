export const DEFAULT_BASE_URL = 'https://api.infusionsoft.com';

/** Keap's own hosts: the key only ever travels to them over TLS. */
const KEAP_HOSTS = new Set(['api.infusionsoft.com', 'api.keap.com']);

/** What people paste along with the host: the beginning of a path, which every request brings itself. */
const API_PATH = /^\/crm(\/rest(\/v\d+)?)?$/;

/**
 * Reads the credential's base URL.
 *
 * @param text for example `https://api.infusionsoft.com`; slashes at the end and a pasted `/crm/rest/v2` are cut off
 * @returns a URL with an origin and nothing else
 * @throws Error that says what is wrong with the text and what a right one looks like
 */
export function parseBaseUrl(text: string): URL {
	let url: URL;
	try {
		url = new URL(text.trim());
	} catch {
		throw wrong('is not a URL');
	}
	if (url.protocol !== 'https:' && url.protocol !== 'http:') throw wrong('does not begin with https://');
	// Never quote a URL with a password in it.
	if (url.username !== '' || url.password !== '') throw wrong('contains a user name or password');
	if (text.includes('?') || text.includes('#')) throw wrong('has a query or fragment (? or #)');
	const path = url.pathname.replace(/\/+$/, '');
	if (path !== '' && !API_PATH.test(path)) throw wrong(`has a path (${path.slice(0, 60)})`);
	if (KEAP_HOSTS.has(url.hostname) && !isKeapsOwn(url)) {
		throw wrong("would send the key to Keap's host without TLS or on an unusual port");
	}
	if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
		throw wrong(
			'begins with http://, which would send the key unencrypted to whoever answers (only a stand-in on this machine may do without TLS)',
		);
	}
	return new URL(url.origin);
}

/** What is called here leaves the machine in no case. */
const isThisMachine = (host: string): boolean => host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);

function wrong(what: string): Error {
	return new Error(`The Base URL of the Keap credential ${what}. Give the address of the API alone, such as https://api.infusionsoft.com`);
}

/**
 * Whether a URL is one that may be sent the key: one of Keap's hosts over https, or exactly the base URL's origin.
 *
 * @param url the URL about to be called
 * @param baseUrl the credential's base URL
 */
export function isKeapHost(url: URL, baseUrl: URL): boolean {
	return url.origin === baseUrl.origin || isKeapsOwn(url);
}

function isKeapsOwn(url: URL): boolean {
	return url.protocol === 'https:' && url.port === '' && KEAP_HOSTS.has(url.hostname);
}
