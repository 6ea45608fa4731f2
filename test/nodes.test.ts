import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodes } from '../nodes';
import { testKeapCredential } from '../nodes/shared/transport';

const ROOT = join(__dirname, '..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { n8n: { nodes: string[]; credentials: string[] } };

describe('the list of nodes', () => {
	it('is what package.json shows n8n', () => {
		expect(manifest.n8n.nodes).toEqual(nodes.map(({ name }) => `dist/nodes/${name}/${name}.node.js`));
	});

	it('has every node that has a folder', () => {
		const folders = readdirSync(join(ROOT, 'nodes'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
		expect(folders.map(({ name }) => name).filter((name) => name !== 'shared')).toEqual(nodes.map(({ name }) => name));
	});

	it.each(nodes)('$name is a class of that name, and so is its codex', ({ name, type: Type }) => {
		expect(Type.name).toBe(name);
		expect(new Type().description.displayName.replaceAll(' ', '')).toBe(name);
		const codex = JSON.parse(readFileSync(join(ROOT, 'nodes', name, `${name}.node.json`), 'utf8')) as { node: string };
		expect(codex.node).toBe(`n8n-nodes-keap.${new Type().description.name}`);
	});

	// n8n takes the function of whichever node it meets first, and its linter wants it of all of them.
	it.each(nodes)('$name tests the credential with the one function that there is', ({ type: Type }) => {
		const { description, methods } = new Type();
		expect(description.credentials).toEqual([{ name: 'keapApi', required: true, testedBy: 'keapApiTest' }]);
		expect(methods?.credentialTest).toEqual({ keapApiTest: testKeapCredential });
	});
});
