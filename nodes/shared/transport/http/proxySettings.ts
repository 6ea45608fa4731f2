export interface Proxy {
	/** With user and password, if it has them: never for a message. */
	readonly url: string;
	/** The variable and the address, for messages: `HTTPS_PROXY (http://proxy.example:8080)`. */
	readonly shown: string;
}

export interface ProxySettings {
	proxy?: Proxy;
	/** Hosts that are called without it, as the variable lists them. */
	noProxy: string;
}

/** A variable names something that is not the address of an HTTP proxy. */
export class BadProxy extends Error {}

/**
 * Reads the proxy variables, in lower case first and then in upper case, as other tools do. A proxy without a scheme is
 * http. https does not fall back on HTTP_PROXY, which names the proxy for http alone.
 *
 * @param env `process.env`
 * @param origin what is to be called: its protocol chooses the variable
 * @throws BadProxy when the variable holds no address of an HTTP proxy
 */
export function proxySettings(env: Readonly<Record<string, string | undefined>>, origin: string): ProxySettings {
	const names = [origin.startsWith('https:') ? 'https_proxy' : 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);
	const name = names.find((one) => read(env, one) !== '');
	if (name === undefined) return { noProxy: '' };
	return { proxy: proxyOf(name, read(env, name)), noProxy: read(env, 'no_proxy') || read(env, 'NO_PROXY') };
}

const read = (env: Readonly<Record<string, string | undefined>>, name: string): string => (env[name] ?? '').trim();

function proxyOf(name: string, value: string): Proxy {
	const text = value.includes('://') ? value : `http://${value}`;
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (url === undefined || url.hostname === '' || !canDecode(url)) throw new BadProxy(`${name} is not the address of a proxy`);
	if (url.protocol !== 'http:' && url.protocol !== 'https:') {
		throw new BadProxy(`${name} names a proxy of the kind ${url.protocol.slice(0, -1)}, and only http and https proxies can be used`);
	}
	return { url: text, shown: `${name} (${url.origin})` };
}

/** User and password are decoded before they are sent; a lone % in them is no code of a character. */
function canDecode({ username, password }: URL): boolean {
	try {
		return decodeURIComponent(username) !== undefined && decodeURIComponent(password) !== undefined;
	} catch {
		return false;
	}
}
