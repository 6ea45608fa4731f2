'use strict';

const { rm, readFile, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { src, dest, series, parallel } = require('gulp');
const esbuild = require('esbuild');
const bundled = require('./scripts/bundled');

const run = promisify(execFile);

/** The compiled files that import a library. */
const BUNDLED = Object.values(bundled).map((file) => path.join('dist', file.replace(/\.ts$/, '.js')));

/** Licences of libraries whose packages leave the text out. */
const LICENCES = { '@redis/client': 'scripts/licences/redis-client.txt' };

const clean = () => rm('dist', { recursive: true, force: true });

async function compile() {
	try {
		await run(process.execPath, [require.resolve('typescript/bin/tsc'), '-p', 'tsconfig.json']);
	} catch (error) {
		throw new Error(`TypeScript found errors:\n${error.stdout}`);
	}
}

/** Our own files stay files of their own: only the library is drawn into the file that imports it. */
const keepOwnFilesApart = {
	name: 'keep-own-files-apart',
	setup(build) {
		const own = path.resolve('dist') + path.sep;
		build.onResolve({ filter: /^\.\.?\// }, ({ importer, path: target }) =>
			importer.startsWith(own) ? { path: target, external: true } : undefined,
		);
	},
};

const bundle = () =>
	Promise.all(
		BUNDLED.map((file) =>
			esbuild.build({
				entryPoints: [file],
				outfile: file,
				allowOverwrite: true,
				bundle: true,
				// Names stay as they are: errors and stack traces tell them. Keeping those of shortened ones would cost every call.
				minifyWhitespace: true,
				minifySyntax: true,
				platform: 'node',
				format: 'cjs',
				target: 'node20.19',
				// The Redis library looks for OpenTelemetry and does without it.
				external: ['n8n-workflow', '@opentelemetry/api'],
				legalComments: 'none',
				logLevel: 'error',
				plugins: [keepOwnFilesApart],
			}),
		),
	);

/** The licences of what is bundled travel with the package, as they ask for. */
async function notices() {
	const parts = await Promise.all(
		Object.keys(bundled).map(async (name) => {
			const root = path.join('node_modules', name);
			const { version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
			const licence = await readFile(LICENCES[name] ?? path.join(root, 'LICENSE'), 'utf8');
			return `${name} ${version}\n\n${licence}`;
		}),
	);
	const rule = `\n${'-'.repeat(72)}\n\n`;
	await writeFile(
		'dist/THIRD_PARTY_NOTICES.txt',
		`n8n-nodes-keap contains these libraries, under their own licences.\n${rule}${parts.join(rule)}`,
	);
}

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

exports.clean = clean;
exports.build = series(clean, compile, parallel(bundle, notices, icons, codex));
exports.default = exports.build;
