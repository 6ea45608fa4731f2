import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from '../../scripts/n8n/processes';
import { PROJECT_ROOT } from '../support/engine-libraries';

interface Packed {
	size: number;
	files: Array<{ path: string; size: number }>;
}

describe('the published package', () => {
	let packed: Packed;
	beforeAll(async () => {
		const output = await npm(['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: PROJECT_ROOT });
		[packed] = JSON.parse(output) as [Packed];
	});

	it('contains only what n8n needs and what its licences ask for', () => {
		const needed = /^(dist\/.+\.(js|json|svg|txt)|index\.js|package\.json|README\.md|LICENSE(\.md)?|CHANGELOG\.md)$/;
		expect(packed.files.map(({ path }) => path).filter((path) => !needed.test(path))).toEqual([]);
		expect(packed.files.map(({ path }) => path).filter((path) => /(^|\/)test\b|\.test\.|sandbox|\.map$|\.tsbuildinfo$/.test(path))).toEqual(
			[],
		);
		expect(packed.size).toBeLessThan(1_000_000);
	});

	it('contains every node and credential that it declares, their icons, the notices and a README', () => {
		const { n8n, dependencies } = JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json'), 'utf8')) as {
			n8n: { nodes: string[]; credentials: string[] };
			dependencies?: Record<string, string>;
		};
		const paths = packed.files.map(({ path }) => path);
		expect(paths).toEqual(
			expect.arrayContaining([
				...n8n.nodes,
				...n8n.credentials,
				'dist/icons/keap.svg',
				'dist/icons/keap.dark.svg',
				'dist/THIRD_PARTY_NOTICES.txt',
				'README.md',
				'LICENSE.md',
			]),
		);
		expect(dependencies ?? {}).toEqual({});
	});
});
