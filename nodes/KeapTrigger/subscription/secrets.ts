/** Secrets of handshakes by event and token, for as long as Keap accepts them. */
const secrets = new Map<string, { secret: string; until: number }>();

const GOOD_FOR_MS = 10 * 60_000;
const MOST = 500;

/**
 * Keeps the secret of a handshake. Our answer may not reach Keap (a proxy that drops headers, a connection that broke):
 * then the node sends the secret itself.
 */
export function rememberSecret(name: string, secret: string): void {
	secrets.delete(name);
	secrets.set(name, { secret, until: Date.now() + GOOD_FOR_MS });
	for (const oldest of secrets.keys()) {
		if (secrets.size <= MOST) break;
		secrets.delete(oldest);
	}
}

/** The last secret that Keap sent to an address in this process, if it is recent. */
export function secretFor(name: string): string | undefined {
	const known = secrets.get(name);
	return known && known.until > Date.now() ? known.secret : undefined;
}

/** Under which name the secret of an address is kept. */
export const secretName = (eventKey: string, token: string): string => `${eventKey} ${token}`;

/** The same, from a hook's address. */
export function secretNameOf(hookUrl: string): string {
	const { searchParams } = new URL(hookUrl);
	return secretName(searchParams.get('event') ?? '', searchParams.get('token') ?? '');
}
