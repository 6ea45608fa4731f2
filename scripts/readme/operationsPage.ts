import { nodes } from '../../nodes';
import { effectOf } from '../../nodes/shared/catalogue/operation/effect';
import type { Operation, Resource } from '../../nodes/shared/catalogue/operation/types';
import { variantsOf } from '../../nodes/shared/catalogue/operation/variants';
import facts from '../../test/contract/keap-operations.json';

/** `KeapAdmin` is shown as Keap Admin. */
export const wordsOf = (name: string): string => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ');

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'en');

/** Every operation, under its node and resource: what it does, what it costs, and Keap's own page on it. */
export function operationsPage(): string {
	const shown = nodes.flatMap(({ name, resources }) => (resources === undefined ? [] : [{ name: wordsOf(name), resources }]));
	return [
		'# Operations',
		'',
		HEAD,
		'',
		...shown.flatMap(({ name, resources }) => [`## ${name}`, '', ...[...resources].sort(byName).flatMap(tableOf)]),
	].join('\n');
}

const HEAD = `What each operation does, and what it costs: calls to Keap for one item, and for a thousand. Keap allows 120 calls a minute, so a
thousand calls take a little over eight minutes.

- **A thousand items in 10 calls**: Keap answers or takes 100 records in a call, and the node puts the items together.
- **1 for each 1,000 records**: a list. *Limit* and filters make it less.
- **1 or 2**: an update that sets a list (phone numbers, custom fields, criteria …) reads the record first, 100 records in a call,
  because Keap replaces lists as a whole. Create or Update looks for the contact first, in few calls for many.
- **What follows**: tags of new contacts take a call for each tag and up to 1,000 contacts; a payment plan takes one for each order.
- With *Output > Simplified*, a contact names its tags and its owner: up to three calls a run, remembered for some minutes.
- Labels of custom fields cost a call now and then: they are remembered for some minutes. What you pick from lists in the editor costs
  calls there, and none when the workflow runs.

**AI agents**: what *AI Agents May* has to be for a tool: *Read*, *Write* (Read and Write), or *All* (Read, Write, Delete and Send). Where two
stand there, it depends on the values. [The rule](agents.md#what-needs-read-write-delete-and-send).

The last column leads to Keap's own page. This page is made from the nodes by \`npm run readme\`.`;

function tableOf({ name, operations }: Resource): string[] {
	const rows = [...operations]
		.sort(byName)
		.map(
			(row) =>
				`| ${row.name} | ${row.description.replaceAll('|', '\\|')} | ${costOf(row).join(' | ')} | ${rightOf(row)} | ${pagesOf(row)} |`,
		);
	return [
		`### ${name}`,
		'',
		'| Operation | What it does | Calls for one | Calls for 1,000 items | AI agents | Keap |',
		'| --- | --- | --- | --- | --- | --- |',
		...rows,
		'',
	];
}

/** What an AI agent needs for a row: at least, and with values that do more. */
function rightOf(row: Operation): string {
	const least = effectOf(row, { method: 'GET' });
	const right = least === 'reads' ? 'Read' : least === 'writes' ? 'Write' : 'All';
	return typeof row.effect === 'function' ? `${right} or All` : right;
}

const THOUSAND = 1_000;
const inCallsOf = (max: number): string => Math.ceil(THOUSAND / max).toLocaleString('en');

/** Calls for one item and for a thousand, as far as the row says it. */
function costOf(row: Operation): readonly [string, string] {
	const { answer, bundledCreate, bundledRead, bundledWrite, costs, finish, method, path, performInGroups } = row;
	if (costs !== undefined) return costs;
	if (path === '') return ['1 a request', '1 a request'];
	if (answer === 'records') return ['1 for each 1,000 records', '1 for each 1,000 records an item'];
	const bundle = bundledRead ?? bundledWrite ?? bundledCreate;
	if (bundle !== undefined) return ['1', inCallsOf(bundle.max)];
	if (performInGroups !== undefined) return method === 'GET' ? ['1', inCallsOf(performInGroups.size)] : ['1 or 2', '1,000 to 1,100'];
	if (finish !== undefined) return ['1 or more', '1,000, and what follows'];
	return ['1', '1,000'];
}

interface Fact {
	readonly api: string;
	readonly id: string;
	readonly tag: string;
	readonly method: string;
	readonly path: string;
}

const factOf = new Map((facts as readonly Fact[]).map((fact) => [`${fact.method} ${fact.path}`, fact]));

/** Keap's page on each operation that a row can reach; of version 1 Keap has only the page as a whole. */
function pagesOf(row: Operation): string {
	const links = variantsOf(row).flatMap(({ method, path }) => {
		const fact = factOf.get(`${method} ${path}`);
		if (fact === undefined) return [];
		if (fact.api === 'v1') return [`[${fact.id}](https://developer.infusionsoft.com/docs/rest/)`];
		return [`[${fact.id}](https://developer.infusionsoft.com/docs/restv2/#tag/${fact.tag.replaceAll(' ', '-')}/operation/${fact.id})`];
	});
	return [...new Set(links)].join(', ');
}
