import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../scripts/n8n/processes';
import { once } from 'node:events';

/** A private authority and a certificate that it has given to a server. */
export interface Certificates {
	/** Certificate of the authority, PEM, and the file that it is in. */
	authority: string;
	authorityFile: string;
	/** Arguments of a redis-server that speaks TLS with the certificate. */
	args: string[];
	remove(): void;
}

/**
 * @param names what the server's certificate is for, such as `DNS:redis.internal` or `IP:127.0.0.1`
 */
export async function makeCertificates(names: string): Promise<Certificates> {
	const folder = mkdtempSync(join(tmpdir(), 'keap-tls-'));
	const file = (name: string) => join(folder, name);
	const openssl = async (...args: string[]) => {
		const child = start('openssl', args, { cwd: folder, env: process.env });
		const errors: string[] = [];
		child.stderr?.on('data', (data) => errors.push(String(data)));
		const [code] = (await once(child, 'exit')) as [number | null];
		if (code !== 0) throw new Error(`openssl ended with ${code}: ${errors.join('')}`);
	};
	const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
	await openssl('req', '-x509', ...key, '-days', '2', '-subj', '/CN=A private authority', '-keyout', 'ca.key', '-out', 'ca.crt');
	await openssl('req', ...key, '-subj', '/CN=redis', '-keyout', 'redis.key', '-out', 'redis.csr');
	writeFileSync(file('names'), `subjectAltName=${names}\n`);
	const signed = ['-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names'];
	await openssl('x509', '-req', '-in', 'redis.csr', ...signed, '-out', 'redis.crt');
	const files = ['--tls-cert-file', file('redis.crt'), '--tls-key-file', file('redis.key'), '--tls-ca-cert-file', file('ca.crt')];
	return {
		authority: readFileSync(file('ca.crt'), 'utf8'),
		authorityFile: file('ca.crt'),
		args: [...files, '--tls-auth-clients', 'no'],
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
