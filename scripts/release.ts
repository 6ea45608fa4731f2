import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Golden } from '../test/catalogue/golden';
import { obstacles, releaseBefore } from './release/check';

const root = join(__dirname, '..');
const GOLDEN = 'test/catalogue/golden';
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const git = async (...args: string[]): Promise<string> =>
	(await promisify(execFile)('git', args, { cwd: root, maxBuffer: Infinity })).stdout.trim();

/** `npm run release:check -- v0.2.0`: may this tag be published? */
async function main(tag: string | undefined): Promise<void> {
	if (tag === undefined) throw new Error('Name the tag: npm run release:check -- v0.2.0');
	const { version } = JSON.parse(read('package.json')) as { version: string };
	const { version: lockVersion } = JSON.parse(read('package-lock.json')) as { version: string };
	const previous = releaseBefore((await git('tag', '--list', 'v*')).split('\n'), tag);
	const now = new Map(readdirSync(join(root, GOLDEN)).map((file) => [file, JSON.parse(read(`${GOLDEN}/${file}`)) as Golden]));
	const before = previous === undefined ? new Map<string, Golden>() : await goldenAt(previous);
	const wrong = obstacles({ tag, version, lockVersion, changelog: read('CHANGELOG.md'), before, now });
	if (wrong.length > 0) throw new Error(wrong.join('\n'));
	process.stdout.write(`${tag} may be published${previous === undefined ? ', the first release' : `, after ${previous}`}.\n`);
}

async function goldenAt(tag: string): Promise<Map<string, Golden>> {
	const files = (await git('ls-tree', '--name-only', tag, `${GOLDEN}/`)).split('\n').filter((file) => file !== '');
	const contents = await Promise.all(files.map(async (file) => JSON.parse(await git('show', `${tag}:${file}`)) as Golden));
	return new Map(files.map((file, index) => [file.slice(GOLDEN.length + 1), contents[index]!]));
}

main(process.argv[2]).catch(({ message }: Error) => {
	process.stderr.write(`${message}\n`);
	process.exitCode = 1;
});
