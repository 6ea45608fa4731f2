/** The Redis that shares a key's quota between processes. */
export interface RedisSettings {
	host: string;
	port: number;
	/** Empty for Redis' default user. */
	user: string;
	/** Empty for none. */
	password: string;
	database: number;
	tls: boolean;
	/** In front of every key that is written. */
	keyPrefix: string;
}
