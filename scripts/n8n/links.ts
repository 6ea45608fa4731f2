import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { npm } from './processes';

const PROJECT = resolve(__dirname, '../..');
const NAME = 'n8n-nodes-keap';

/** Where n8n looks for community packages. */
const packagesFolder = (home: string) => join(home, '.n8n', 'nodes');

/** Puts a link to the project into an n8n home: after a build, a restart of n8n shows the change. */
export async function linkPackage(home: string): Promise<void> {
	await assertBuilt();
	const target = join(packagesFolder(home), 'node_modules', NAME);
	await mkdir(join(target, '..'), { recursive: true });
	await rm(target, { recursive: true, force: true });
	await symlink(PROJECT, target, process.platform === 'win32' ? 'junction' : 'dir');
}

/** Packs the project as for publishing and installs that file into an n8n home, as n8n does with a published package. */
export async function installTarball(home: string): Promise<void> {
	await assertBuilt();
	const folder = packagesFolder(home);
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }));
	const tarball = await pack(folder);
	// n8n-workflow is a peer that n8n itself provides.
	await npm(['install', tarball, '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund', '--offline'], { cwd: folder });
}

/** @returns path of the packed file, which is made in `folder` */
async function pack(folder: string): Promise<string> {
	const output = await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: PROJECT });
	const [{ filename }] = JSON.parse(output) as [{ filename: string }];
	return join(folder, filename);
}

async function assertBuilt(): Promise<void> {
	const { n8n } = JSON.parse(await readFile(join(PROJECT, 'package.json'), 'utf8')) as { n8n: { nodes: string[] } };
	const missing = n8n.nodes.filter((file) => !existsSync(join(PROJECT, file)));
	if (missing.length > 0) throw new Error(`The package has not been built: ${missing.join(', ')} missing. Run \`npm run build\` first.`);
}
