'use strict';

const { execFile } = require('node:child_process');
const { readFile, rm } = require('node:fs/promises');
const { isDeepStrictEqual, promisify } = require('node:util');
const path = require('node:path');

const run = promisify(execFile);
const json = async (...names) => JSON.parse(await readFile(path.join(...names), 'utf8'));

/**
 * Writes dist/known and dist/types with n8n-core's own tool. Where they are there, n8n reads them at its start instead of loading
 * every node, and loads a node when a workflow first needs it.
 * @throws Error when they are not what package.json declares and the classes say
 */
async function metadata() {
	const { stderr } = await run(process.execPath, [require.resolve('n8n-core/bin/generate-metadata')]);
	if (stderr !== '') throw new Error(`n8n-core could not read the nodes: ${stderr}`);
	// Lists of methods, which n8n uses for its own packages only.
	await rm('dist/methods', { recursive: true });
	const wrong = await differences(process.cwd());
	if (wrong.length > 0) throw new Error(`dist/known and dist/types would mislead n8n:\n${wrong.join('\n')}`);
}

/** What is otherwise in dist/known and dist/types of a package than in its package.json and its classes, a line each. */
async function differences(root) {
	const { n8n, version } = await json(root, 'package.json');
	return [
		...(await differencesOf(root, 'nodes', n8n.nodes, ({ description }) => ({ ...description, communityNodePackageVersion: version }))),
		...(await differencesOf(root, 'credentials', n8n.credentials, (credential) => credential)),
	];
}

async function differencesOf(root, kind, declared, typeOf) {
	const known = await json(root, 'dist/known', `${kind}.json`);
	const types = await json(root, 'dist/types', `${kind}.json`);
	const sources = Object.values(known).map(({ sourcePath }) => sourcePath);
	const wrong = declared.filter((file) => !sources.includes(file)).map((file) => `${file} of package.json is not known`);
	wrong.push(...sources.filter((file) => !declared.includes(file)).map((file) => `${file} is known and not in package.json`));
	for (const [name, { className, sourcePath }] of Object.entries(known)) {
		const type = JSON.parse(JSON.stringify(typeOf(new (require(path.join(root, sourcePath))[className])())));
		const stored = types.find((one) => one.name === name);
		const changed = Object.keys(type).filter((key) => !isDeepStrictEqual(asStored(key, type[key], stored), stored?.[key]));
		if (changed.length > 0) wrong.push(`${sourcePath}: ${changed.join(', ')}`);
	}
	return wrong;
}

/** n8n-core puts its own poll times before the properties of a polling node, and turns an icon into an address. */
function asStored(key, value, stored) {
	if (key === 'icon') return stored?.icon;
	if (key === 'properties' && stored?.polling === true)
		return [...stored.properties.slice(0, stored.properties.length - value.length), ...value];
	return value;
}

module.exports = { metadata, differences };
