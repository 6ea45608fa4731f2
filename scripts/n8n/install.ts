import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './cache';
import { loadsDriver, provideDriver } from './driver';
import { installNode, nodeBinary } from './node';
import { installOnce, installPackages } from './packages';
import { print } from './processes';
import { n8nVersion, type N8nVersion } from './versions';

/** A full n8n that is ready to start. */
export interface Installation {
	version: N8nVersion;
	folder: string;
	/** The Node binary to run it with. */
	node: string;
	/** n8n's start script, for that Node. */
	script: string;
}

type Report = (line: string) => void;

/** Written last: without it a folder is unfinished, and the next install goes on where this one stopped. */
const MARKER = 'ready.json';

/**
 * Installs a full n8n, with a Node that it runs on, into the user's cache folder; once: later calls return at once.
 * A finished folder that has no marker is adopted. Two installs of one version at a time wait for each other.
 * @throws Error that says which step failed and what to do
 */
export async function installN8n(version: string, report: Report = print): Promise<Installation> {
	const wanted = installation(n8nVersion(version));
	const isReady = async () => await isReadyToRun(wanted);
	await installOnce({ folder: wanted.folder, name: `n8n ${version}`, isReady, install: async () => await install(wanted, report) }, report);
	return wanted;
}

function installation(version: N8nVersion): Installation {
	const folder = cacheFolder(`n8n-${version.version}`);
	const runsHere = version.nodeMajors.includes(parseInt(process.versions.node, 10));
	const node = runsHere ? process.execPath : nodeBinary(version.nodePackage);
	return { version, folder, node, script: join(folder, 'node_modules/n8n/bin/n8n') };
}

/** The Node that a folder was made ready for counts: its database driver may not load in another. */
async function isReadyToRun({ folder, node, version }: Installation): Promise<boolean> {
	const marker = await readFile(join(folder, MARKER), 'utf8').catch(() => '{}');
	return existsSync(node) && (JSON.parse(marker) as { nodeMajor?: number }).nodeMajor === majorOf(node, version);
}

const majorOf = (node: string, { nodePackage }: N8nVersion) =>
	parseInt(node === process.execPath ? process.versions.node : nodePackage, 10);

async function install(wanted: Installation, report: Report): Promise<void> {
	const { folder, node, version } = wanted;
	const from = Date.now();
	if (node !== process.execPath) await installNode(version.nodePackage, report);
	if (!(await isComplete(wanted))) {
		const { minutes, gigabytes } = version.cost;
		report(`Installing n8n ${version.version} into ${folder}: about ${minutes} minutes and ${gigabytes} GB, once.`);
		report('  n8n and what it depends on …');
		// Of all the install scripts only sqlite3's is needed; others compile for minutes or want compilers.
		await installPackages(folder, { name: 'n8n-full', dependencies: { n8n: version.version }, overrides: version.overrides });
		await provideDriver(folder, node, report);
	}
	await writeFile(
		join(folder, MARKER),
		JSON.stringify({ version: version.version, nodeMajor: majorOf(node, version), readyAt: new Date() }),
	);
	report(`n8n ${version.version} is ready (${Math.round((Date.now() - from) / 1000)} s).`);
}

async function isComplete(wanted: Installation): Promise<boolean> {
	const manifest = await readFile(join(wanted.folder, 'node_modules/n8n/package.json'), 'utf8').catch(() => '{}');
	const { version } = JSON.parse(manifest) as { version?: string };
	return version === wanted.version.version && (await loadsDriver(wanted.folder, wanted.node));
}
