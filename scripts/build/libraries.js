'use strict';

const { readFile } = require('node:fs/promises');
const path = require('node:path');

/** Licences of libraries whose packages leave the text out. */
const LICENCES = { '@redis/client': 'scripts/build/licences/redis-client.txt' };

/**
 * The libraries in the bundles, by name: a library that another one brings along is among them.
 * @param {readonly import('esbuild').Metafile[]} metafiles what esbuild says it has drawn in
 */
async function librariesIn(metafiles) {
	const files = metafiles.flatMap(({ inputs }) => Object.keys(inputs));
	const names = new Set(files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(file)?.[1] ?? []));
	return await Promise.all(
		[...names].sort().map(async (name) => {
			const root = path.join('node_modules', name);
			const { version, license } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
			return { name, version, license, text: await readFile(LICENCES[name] ?? path.join(root, 'LICENSE'), 'utf8') };
		}),
	);
}

/** The licences of what is bundled travel with the package, as they ask for. */
function notices(libraries) {
	const rule = `\n${'-'.repeat(72)}\n\n`;
	const parts = libraries.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
	return `n8n-nodes-keap contains these libraries, under their own licences.\n${rule}${parts.join(rule)}`;
}

/**
 * What is bundled, where a scanner looks for it: a software bill of materials in CycloneDX 1.6.
 * Without a time and a serial number, so that the same sources give the same file.
 */
function billOfMaterials(libraries, { name, version, license }) {
	const component = (type, one) => ({
		type,
		'bom-ref': purl(one),
		name: one.name,
		version: one.version,
		licenses: [{ license: { id: one.license } }],
		purl: purl(one),
	});
	return {
		bomFormat: 'CycloneDX',
		specVersion: '1.6',
		version: 1,
		metadata: { component: component('library', { name, version, license }) },
		components: libraries.map((one) => component('library', one)),
		dependencies: [{ ref: purl({ name, version }), dependsOn: libraries.map(purl) }, ...libraries.map((one) => ({ ref: purl(one) }))],
	};
}

/** A package URL: https://github.com/package-url/purl-spec, type npm. */
const purl = ({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

module.exports = { librariesIn, notices, billOfMaterials };
