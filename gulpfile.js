'use strict';

const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { execFile } = require('node:child_process');
const { promisify } = require('node:util');
const { src, dest, series, parallel } = require('gulp');
const esbuild = require('esbuild');
const bundled = require('./scripts/build/bundled');
const { billOfMaterials, librariesIn, notices } = require('./scripts/build/libraries');
const { metadata } = require('./scripts/build/metadata');

const run = promisify(execFile);

/** The compiled files that import a library. */
const BUNDLED = Object.values(bundled).map((file) => path.join('dist', file.replace(/\.ts$/, '.js')));

/** Where plain `npm pack` puts its file: .npmrc names it, and without it there is no pack. */
const PACKED = 'packed-after-npm-run-build';

async function clean() {
	for (const folder of ['dist', PACKED]) await rm(folder, { recursive: true, force: true });
}

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

let metafiles = [];

async function bundle() {
	const results = await Promise.all(
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
				// The build of Bottleneck without clustering, which is not used: 45 KB and two `eval` less.
				alias: { bottleneck: 'bottleneck/light.js' },
				legalComments: 'none',
				metafile: true,
				logLevel: 'error',
				plugins: [keepOwnFilesApart],
			}),
		),
	);
	metafiles = results.map(({ metafile }) => metafile);
}

/** What the bundles contain, for people and for scanners. */
async function contents() {
	const libraries = await librariesIn(metafiles);
	const bill = billOfMaterials(libraries, require('./package.json'));
	await writeFile('dist/THIRD_PARTY_NOTICES.txt', notices(libraries));
	await writeFile('dist/sbom.cdx.json', `${JSON.stringify(bill, null, '\t')}\n`);
}

const icons = () => src('icons/*.svg', { encoding: false }).pipe(dest('dist/icons'));
const codex = () => src('nodes/**/*.node.json').pipe(dest('dist/nodes'));

const packable = () => mkdir(PACKED, { recursive: true });

exports.clean = clean;
exports.build = series(clean, compile, parallel(bundle, icons, codex), contents, metadata, packable);
exports.default = exports.build;
