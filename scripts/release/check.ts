import { compareGolden, type Golden } from '../../test/catalogue/golden';

/** What a release is made of. */
export interface Release {
	/** Such as `v0.2.0`. */
	readonly tag: string;
	readonly version: string;
	readonly lockVersion: string;
	readonly changelog: string;
	/** The golden lists by node, of the release before and now: what workflows have stored. */
	readonly before: ReadonlyMap<string, Golden>;
	readonly now: ReadonlyMap<string, Golden>;
}

/** What stands in the way of a release, a line each. */
export function obstacles({ tag, version, lockVersion, changelog, before, now }: Release): string[] {
	const wrong: string[] = [];
	if (tag !== `v${version}`) wrong.push(`The tag is ${tag}, and package.json has version ${version}.`);
	if (lockVersion !== version) wrong.push(`package-lock.json has version ${lockVersion}: run npm version again.`);
	if (!dated(version).test(changelog)) wrong.push(`CHANGELOG.md has no heading "## ${version} (YYYY-MM-DD)".`);
	for (const [node, frozen] of before) {
		const current = now.get(node);
		if (current === undefined) wrong.push(`${node} was a node of the release before, and is gone.`);
		else wrong.push(...compareGolden(current, frozen).broken.map((line) => `${node}: ${line}`));
	}
	return wrong;
}

const dated = (version: string): RegExp => new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d{2}-\\d{2}\\)$`, 'm');

/** The release before: the highest version among the tags that is not this one. `undefined` for the first. */
export function releaseBefore(tags: readonly string[], tag: string): string | undefined {
	const parts = (one: string): number[] => one.slice(1).split('.').map(Number);
	const order = (a: string, b: string): number =>
		parts(a)
			.map((part, index) => part - parts(b)[index]!)
			.find((by) => by !== 0) ?? 0;
	return tags
		.filter((one) => /^v\d+\.\d+\.\d+$/.test(one) && order(one, tag) < 0)
		.sort(order)
		.at(-1);
}
