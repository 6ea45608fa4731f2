import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';
import { describe, ProxyFailure } from './httpFailure';
import { type Proxy, proxySettings } from './proxySettings';

export type { Dispatcher } from 'undici';

/** Whoever is called has to prove who they are: NODE_TLS_REJECT_UNAUTHORIZED=0, which Node.js would follow, is not for the key. */
const VERIFIED = { rejectUnauthorized: true };

const AGENT_OPTIONS = {
	// No limit, because the throttle bounds the calls under way: a call that waited for a connection would miss the moment of its slot.
	connections: null,
	pipelining: 1,
	// Longer than the usual pauses between calls: a new TLS handshake would delay one call so that it arrives together with the next.
	keepAliveTimeout: 75_000,
	keepAliveMaxTimeout: 600_000,
	// Closed this long before the server means to: a request written to a socket that is just being closed is lost in doubt.
	keepAliveTimeoutThreshold: 2_000,
	// `send` has one deadline for the whole call.
	headersTimeout: 0,
	bodyTimeout: 0,
	connect: { timeout: 10_000, ...VERIFIED },
};

/** The process's connections to an origin, and the proxy they may go through. */
export interface Way {
	readonly dispatcher: Dispatcher;
	readonly proxy?: Proxy;
}

const ways = new Map<string, Way>();

/** The environment is read anew this often: reading it takes longer than a look into a map. */
const ENVIRONMENT_MS = 1_000;
const lately = { origin: '', until: -Infinity, way: undefined as Way | undefined };

/** The connections to use for an origin now. @throws BadProxy when a variable names a proxy that can't be one */
export function wayTo(origin: string): Way {
	const now = performance.now();
	if (lately.way && lately.origin === origin && now < lately.until) return lately.way;
	const way = wayBy(origin);
	Object.assign(lately, { origin, until: now + ENVIRONMENT_MS, way });
	return way;
}

function wayBy(origin: string): Way {
	const { proxy, noProxy } = proxySettings(process.env, origin);
	const name = `${proxy?.shown ?? ''} ${proxy?.url ?? ''} ${noProxy}`;
	const known = ways.get(name);
	if (known) return known;
	const fresh: Way = proxy
		? {
				proxy,
				dispatcher: new EnvHttpProxyAgent({
					...AGENT_OPTIONS,
					httpProxy: proxy.url,
					httpsProxy: proxy.url,
					noProxy,
					// Plain http is forwarded, not tunnelled: many proxies allow a tunnel to port 443 alone.
					proxyTunnel: false,
					clientFactory: dialProxy,
					requestTls: VERIFIED,
					proxyTls: VERIFIED,
				}),
			}
		: { dispatcher: new Agent(AGENT_OPTIONS) };
	ways.set(name, fresh);
	return fresh;
}

/** A proxy that does not answer the wish for a tunnel by then does not work. */
const ANSWER_MS = 10_000;

/**
 * Makes the client with which undici's ProxyAgent asks the proxy for tunnels.
 *
 * undici takes an error with the code UND_ERR_SOCKET for a kept connection that has just been closed, and dials again without
 * pause or end, also when nobody waits for the request any more (`onError` in its lib/dispatcher/client.js). A proxy that closes
 * the connection on CONNECT causes just that error, so every failure gets a code of its own here and ends the try.
 */
function dialProxy(origin: URL, options: object): Dispatcher {
	const pool = new Pool(origin, { ...options, headersTimeout: ANSWER_MS });
	const dial = pool.connect.bind(pool);
	const connect = async (asked: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> => {
		const tunnel = await dial(asked).catch(
			async (error: unknown) => await Promise.reject(new ProxyFailure(describe(error) || 'it failed')),
		);
		if (tunnel.statusCode === 200) return tunnel;
		tunnel.socket.on('error', () => undefined).destroy();
		throw new ProxyFailure(`it answered with status ${tunnel.statusCode}`);
	};
	return Object.assign(pool, { connect });
}

/** Closes all connections; the next call opens new ones. For tests and for the end of a script. */
export async function closeConnections(): Promise<void> {
	const closing = [...ways.values()];
	ways.clear();
	lately.way = undefined;
	await Promise.all(closing.map(async ({ dispatcher }) => await dispatcher.destroy()));
}
