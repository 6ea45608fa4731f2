import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../scripts/n8n/processes';
import { PROJECT_ROOT } from '../support/engine-libraries';

/** .npmrc lets no scripts run, so that plain `npm pack` cannot build. */
describe('npm pack', () => {
	let clone: string;
	beforeEach(async () => {
		clone = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-pack-'));
		for (const file of ['package.json', '.npmrc', 'index.js']) await cp(join(PROJECT_ROOT, file), join(clone, file));
	});
	afterEach(async () => await rm(clone, { recursive: true, force: true }));

	const destination = async (): Promise<string> =>
		/^pack-destination=(.+)$/m.exec(await readFile(join(PROJECT_ROOT, '.npmrc'), 'utf8'))?.[1] ?? '';

	it('fails where nothing is built, and says what to do', async () => {
		await expect(npm(['pack'], { cwd: clone })).rejects.toThrow(/packed-after-npm-run-build/);
		expect((await readdir(clone)).filter((file) => file.endsWith('.tgz'))).toEqual([]);
	});

	it('says so too when these tests were started by a silent npm, as in CI', async () => {
		const before = process.env.npm_config_loglevel;
		process.env.npm_config_loglevel = 'silent';
		try {
			await expect(npm(['pack'], { cwd: clone })).rejects.toThrow(/packed-after-npm-run-build/);
		} finally {
			if (before === undefined) delete process.env.npm_config_loglevel;
			else process.env.npm_config_loglevel = before;
		}
	});

	it('packs what a build has made', async () => {
		const built = join(PROJECT_ROOT, await destination());
		expect(await readdir(built)).toEqual(expect.any(Array));
		await mkdir(join(clone, await destination()));
		await cp(join(PROJECT_ROOT, 'dist'), join(clone, 'dist'), { recursive: true });
		await npm(['pack'], { cwd: clone });
		const [file] = await readdir(join(clone, await destination()));
		const { stdout } = await promisify(execFile)('tar', ['-tzf', join(clone, await destination(), file ?? '')]);
		const { n8n } = JSON.parse(await readFile(join(clone, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
		expect(n8n.nodes.filter((node) => !stdout.includes(`package/${node}\n`))).toEqual([]);
	});
});
