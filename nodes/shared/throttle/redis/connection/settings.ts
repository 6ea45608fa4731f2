/** A server's address. */
export interface Address {
	host: string;
	port: number;
}

/** The Redis that shares a key's quota between processes. */
export interface RedisSettings {
	/** Where these settings come from: errors name what can be changed there. */
	source: 'credential' | 'n8n';
	/**
	 * `single`: one server. `cluster`: some of its nodes, or one address that stands for all of them. `sentinel`: the
	 * sentinels, which name the primary.
	 */
	kind: 'single' | 'cluster' | 'sentinel';
	/** One or more; exactly one for a single server. */
	addresses: readonly Address[];
	/** Name of the primary that the sentinels watch. */
	sentinelName?: string;
	/** Password of the sentinels themselves; empty for none. */
	sentinelPassword?: string;
	/** Empty for Redis' default user. */
	user: string;
	/** Empty for none. */
	password: string;
	/** A cluster has only 0. */
	database: number;
	tls: boolean;
	/** The name that the certificate has to be for; the host's own unless given. */
	tlsServerName?: string;
	/** Whether any certificate will do. */
	tlsAnyCertificate?: boolean;
	/** Certificate of the authority to trust (PEM), beside those that Node.js does. */
	tlsAuthority?: string;
	/** In front of every key that is written. */
	keyPrefix: string;
}

/** What people call the Redis: its address, or the first of several. */
export function nameOf({ addresses, kind, sentinelName }: Pick<RedisSettings, 'addresses' | 'kind' | 'sentinelName'>): string {
	const [{ host, port } = { host: 'localhost', port: 6_379 }] = addresses;
	const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
	if (kind === 'cluster') return `${address} (cluster)`;
	return kind === 'sentinel' ? `${address} (Sentinel, ${sentinelName ?? ''})` : address;
}
