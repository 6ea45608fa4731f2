import { execFile } from 'node:child_process';
import { chown, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from '../../scripts/n8n/server';

const execute = promisify(execFile);
const INSTALLED = '/usr/lib/postgresql';

/** A Postgres of a test's own, on a free port of the loopback. */
export interface PostgresServer {
	/** Settings of an n8n that keeps its data there. */
	env: Record<string, string>;
	close(): Promise<void>;
}

/**
 * n8n's queue mode wants Postgres: with SQLite, several processes lock each other out.
 *
 * @throws Error when no Postgres is installed where Debian puts it
 */
export async function startPostgres(): Promise<PostgresServer> {
	const [version] = (await readdir(INSTALLED).catch(() => [])).sort().reverse();
	if (!version) throw new Error(`No Postgres found in ${INSTALLED}: install the package postgresql.`);
	const port = await freePort();
	const home = await mkdtemp(join(tmpdir(), 'keap-postgres-'));
	const account = await postgresAccount();
	if (account) await chown(home, account.uid, account.gid);
	const run = async (program: string, ...args: string[]) =>
		await execute(join(INSTALLED, version, 'bin', program), args, { cwd: home, ...account });
	const data = join(home, 'data');
	await run('initdb', '-D', data, '-A', 'trust', '-U', 'n8n', '-E', 'UTF8', '--no-sync');
	const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c fsync=off`;
	await run('pg_ctl', '-D', data, '-w', '-s', '-l', join(home, 'log'), '-o', options, 'start');
	await run('createdb', '-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n');
	return {
		env: {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		},
		close: async () => {
			await run('pg_ctl', '-D', data, '-m', 'immediate', '-s', 'stop');
			await rm(home, { recursive: true, force: true });
		},
	};
}

/** Postgres refuses to run as root: then it runs as the user that its package has made. */
async function postgresAccount(): Promise<{ uid: number; gid: number } | undefined> {
	if (process.getuid?.() !== 0) return undefined;
	const [, , uid, gid] =
		(await readFile('/etc/passwd', 'utf8'))
			.split('\n')
			.find((line) => line.startsWith('postgres:'))
			?.split(':') ?? [];
	return { uid: Number(uid), gid: Number(gid) };
}
