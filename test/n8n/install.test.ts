import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { npm } from '../../scripts/n8n/processes';
import { PROJECT_ROOT } from '../support/engine-libraries';

/** What the README says under "Install", with the packed file in place of the name until the package is published. */
describe('the packed file', () => {
	let folder: string;
	let tarball: string;
	beforeAll(async () => {
		folder = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-install-'));
		// As in a fresh clone, where nothing is built.
		await rm(join(PROJECT_ROOT, 'dist'), { recursive: true, force: true });
		await npm(['run', '--silent', 'package', '--', '--pack-destination', folder], { cwd: PROJECT_ROOT });
		[tarball] = (await readdir(folder)) as [string];
	});
	afterAll(async () => await rm(folder, { recursive: true, force: true }));

	const installedIn = async (name: string, args: string[]): Promise<string[]> => {
		const cwd = join(folder, name);
		await mkdir(cwd, { recursive: true });
		await npm(['install', join(folder, tarball), ...args], { cwd });
		return (await readdir(join(cwd, 'node_modules'))).filter((entry) => !entry.startsWith('.'));
	};

	it('has what n8n loads in it', async () => {
		expect(await installedIn('loaded', [])).toEqual(['n8n-nodes-keap']);
		const installed = join(folder, 'loaded', 'node_modules', 'n8n-nodes-keap');
		const { n8n } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
		};
		for (const file of [...n8n.nodes, ...n8n.credentials, 'dist/known/nodes.json']) expect(existsSync(join(installed, file))).toBe(true);
	});

	it('is not made where nothing is built', async () => {
		const empty = join(folder, 'empty');
		await mkdir(empty);
		await cp(join(PROJECT_ROOT, 'package.json'), join(empty, 'package.json'));
		const packing = promisify(execFile)(process.execPath, [join(PROJECT_ROOT, 'scripts/build/pack.js')], { cwd: empty });
		await expect(packing).rejects.toThrow('lacks index.js, dist/known/nodes.json');
	});

	it('brings nothing but itself with a plain npm install', async () => {
		expect(await installedIn('plain', [])).toEqual(['n8n-nodes-keap']);
	});

	it("brings nothing but itself with n8n's own flags", async () => {
		// community-packages.service of n8n 2.40
		const flags = [
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
		];
		expect(await installedIn('n8n', flags)).toEqual(['n8n-nodes-keap']);
	});
});
