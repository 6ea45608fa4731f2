export interface ProxySettings {
	/** The proxy's URL; an empty text is no proxy. */
	proxy: string;
	/** Hosts that are called without it, as the variable lists them. */
	noProxy: string;
}

/**
 * Reads the proxy variables, in lower case first and then in upper case, as other tools do. A proxy without a scheme is
 * http. https does not fall back on HTTP_PROXY: who sets only that one does not expect it.
 *
 * @param env `process.env`
 * @param origin what is to be called: its protocol chooses the variable
 */
export function proxySettings(env: Readonly<Record<string, string | undefined>>, origin: string): ProxySettings {
	const read = (name: string) => (env[name] ?? env[name.toUpperCase()] ?? '').trim();
	const value = read(origin.startsWith('https:') ? 'https_proxy' : 'http_proxy') || read('all_proxy');
	if (value === '') return { proxy: '', noProxy: '' };
	return { proxy: value.includes('://') ? value : `http://${value}`, noProxy: read('no_proxy') };
}
