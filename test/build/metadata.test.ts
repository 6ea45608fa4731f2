import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { nodes } from '../../nodes';
import { loadLibraries, PROJECT_ROOT } from '../support/engine-libraries';

const { differences } = jest.requireActual<{ differences(root: string): Promise<string[]> }>('../../scripts/build/metadata.js');

const bundled = jest.requireActual<Record<string, string>>('../../scripts/build/bundled.js');

/** The built files that the libraries are drawn into. */
const libraries = Object.values(bundled).map((file) => `dist/${file.replace(/\.ts$/, '.js')}`);

interface Manifest {
	version: string;
	n8n: { nodes: string[]; credentials: string[] };
}

const json = async <T>(...path: string[]): Promise<T> => JSON.parse(await readFile(join(...path), 'utf8')) as T;

describe('what n8n reads at its start instead of loading every node', () => {
	it('is what package.json and the classes say', async () => {
		expect(await differences(PROJECT_ROOT)).toEqual([]);
	});

	it("is enough for n8n's loader, which then loads a node when it is first needed", async () => {
		const { core } = loadLibraries(PROJECT_ROOT);
		const loader = new core.LazyPackageDirectoryLoader(PROJECT_ROOT);
		await loader.loadAll();
		expect(loader.isLazyLoaded).toBe(true);
		expect(loader.nodeTypes).toEqual({});
		expect(loader.credentialTypes).toEqual({});
		const names = Object.keys(loader.known.nodes);
		expect(Object.values(loader.known.nodes).map(({ className }) => className)).toEqual(nodes.map(({ name }) => name));
		for (const name of names) expect(loader.getNode(name).type).toBeDefined();
		expect(loader.getCredential('keapApi').type.name).toBe('keapApi');
	});

	it('has a credential class that pulls in no library: n8n loads it at every start', async () => {
		const files = ['require("./dist/credentials/KeapApi.credentials.js")', 'JSON.stringify(Object.keys(require.cache))'];
		const { stdout } = await promisify(execFile)(process.execPath, ['-p', files.join(';')], { cwd: PROJECT_ROOT });
		const loaded = (JSON.parse(stdout) as string[]).map((file) => relative(PROJECT_ROOT, file));
		expect(loaded).toContain('dist/credentials/KeapApi.credentials.js');
		expect(loaded.filter((file) => libraries.includes(file) || file.startsWith('node_modules'))).toEqual([]);
	});

	it('carries the version that n8n shows', async () => {
		const { version } = await json<Manifest>(PROJECT_ROOT, 'package.json');
		const types = await json<Array<{ communityNodePackageVersion?: string }>>(PROJECT_ROOT, 'dist/types/nodes.json');
		expect(types.map(({ communityNodePackageVersion }) => communityNodePackageVersion)).toEqual(nodes.map(() => version));
	});

	describe('makes the build fail when it', () => {
		let copy: string;
		beforeEach(async () => {
			copy = await mkdtemp(join(tmpdir(), 'n8n-nodes-keap-metadata-'));
			await cp(join(PROJECT_ROOT, 'package.json'), join(copy, 'package.json'));
			for (const folder of ['known', 'types'])
				await cp(join(PROJECT_ROOT, 'dist', folder), join(copy, 'dist', folder), { recursive: true });
			for (const folder of ['nodes', 'credentials']) await symlink(join(PROJECT_ROOT, 'dist', folder), join(copy, 'dist', folder));
		});
		afterEach(async () => await rm(copy, { recursive: true, force: true }));

		const change = async <T>(file: string, edit: (content: T) => void): Promise<void> => {
			const content = await json<T>(copy, file);
			edit(content);
			await writeFile(join(copy, file), JSON.stringify(content));
		};

		it('lacks a node that package.json declares', async () => {
			await change<Record<string, unknown>>('dist/known/nodes.json', (known) => delete known.keap);
			expect(await differences(copy)).toEqual(['dist/nodes/Keap/Keap.node.js of package.json is not known']);
		});

		it('has a node that package.json does not declare', async () => {
			await change<Manifest>('package.json', ({ n8n }) => n8n.credentials.pop());
			expect(await differences(copy)).toEqual(['dist/credentials/KeapApi.credentials.js is known and not in package.json']);
		});

		it('describes a parameter otherwise than the class', async () => {
			await change<Array<{ name: string; properties: Array<{ displayName: string }> }>>('dist/types/nodes.json', (types) => {
				types.find(({ name }) => name === 'keap')!.properties.at(-1)!.displayName = 'Old Name';
			});
			expect(await differences(copy)).toEqual(['dist/nodes/Keap/Keap.node.js: properties']);
		});

		it('was made before the version was set', async () => {
			await change<Manifest>('package.json', (manifest) => void (manifest.version = '9.9.9'));
			expect(await differences(copy)).toHaveLength(nodes.length);
		});
	});
});
