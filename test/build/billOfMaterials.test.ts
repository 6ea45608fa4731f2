import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../support/engine-libraries';

const bundled = jest.requireActual<Record<string, string>>('../../scripts/build/bundled.js');
const read = (path: string): string => readFileSync(join(PROJECT_ROOT, path), 'utf8');

interface Bill {
	bomFormat: string;
	metadata: { component: { name: string; version: string } };
	components: Array<{ name: string; version: string; purl: string; licenses: unknown[] }>;
	dependencies: Array<{ ref: string; dependsOn?: string[] }>;
}

/** A scanner compares these names and versions with advisories: they must be what is in the files. */
describe('the bill of materials', () => {
	const bill = JSON.parse(read('dist/sbom.cdx.json')) as Bill;
	const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { version: string; license: string }> };

	it('names every library that is bundled, with the version and the licence of the lock file', () => {
		expect(bill.components.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(bundled)));
		for (const { name, version, purl, licenses } of bill.components) {
			const locked = packages[`node_modules/${name}`]!;
			expect({ version, licenses }).toEqual({ version: locked.version, licenses: [{ license: { id: locked.license } }] });
			expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
		}
	});

	it('names the package itself, and what it contains', () => {
		const { name, version } = JSON.parse(read('package.json')) as { name: string; version: string };
		expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name, version } } });
		expect(bill.dependencies[0]).toEqual({ ref: `pkg:npm/${name}@${version}`, dependsOn: bill.components.map(({ purl }) => purl) });
	});

	it('and the notices speak of the same libraries', () => {
		const notices = read('dist/THIRD_PARTY_NOTICES.txt');
		for (const { name, version } of bill.components) expect(notices).toContain(`\n${name} ${version}\n`);
	});

	it('has no clustering of Bottleneck, which would bring eval', () => {
		expect(read(`dist/${bundled.bottleneck!.replace('.ts', '.js')}`)).not.toMatch(/\beval\(/);
	});
});
