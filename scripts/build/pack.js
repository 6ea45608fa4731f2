'use strict';

const { execFile } = require('node:child_process');
const { promisify } = require('node:util');

const run = promisify(execFile);

/**
 * `npm run package` builds and packs into the current folder: plain `npm pack` would not build, since .npmrc lets no scripts run.
 * @throws Error when the packed file lacks something that n8n loads
 */
async function pack() {
	const root = process.cwd();
	const { n8n } = require(`${root}/package.json`);
	const npm = process.env.npm_execpath;
	const args = ['pack', '--json', '--ignore-scripts', '--pack-destination=.', ...process.argv.slice(2)];
	const { stdout } = await (npm === undefined ? run('npm', args) : run(process.execPath, [npm, ...args]));
	const [{ filename, files, size }] = JSON.parse(stdout);
	const packed = new Set(files.map(({ path }) => path));
	const needed = ['index.js', 'dist/known/nodes.json', 'dist/types/nodes.json', ...n8n.nodes, ...n8n.credentials];
	const missing = needed.filter((file) => !packed.has(file));
	if (missing.length > 0) throw new Error(`${filename} lacks ${missing.join(', ')}: build first (npm run build).`);
	process.stdout.write(`${filename}: ${files.length} files, ${Math.round(size / 1000)} KB\n`);
}

pack().catch(({ message }) => {
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
});
