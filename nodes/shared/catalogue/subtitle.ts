import type { Resource } from './operation/types';

/** What most values stand for: `moveStage` is Move Stage. */
const inWords = (value: string): string => value.replace(/([A-Z])/g, ' $1').replace(/^./, (first) => first.toUpperCase());

/** The same as an expression of n8n. */
const wordsOf = (parameter: string): string =>
	`$parameter["${parameter}"].replace(/([A-Z])/g, " $1").replace(/^./, (first) => first.toUpperCase())`;

/** What `getAll` is called everywhere. */
const GET_ALL = 'Get Many';

/**
 * What stands under a node on the canvas: "Get Many: Contact", with the names of the two lists instead of the values that n8n
 * stores. Only names that their values do not give away are in it: n8n holds the text for each node.
 * @returns an expression over `$parameter`
 */
export function subtitleOf(resources: readonly Resource[]): string {
	const operations = resources.flatMap(({ value: resource, operations: rows }) =>
		rows.map(({ value, name }) => ({ key: `${resource}.${value}`, usual: value === 'getAll' ? GET_ALL : inWords(value), name })),
	);
	const unusual = operations.filter(({ usual, name }) => usual !== name).map(({ key, name }) => [key, name] as const);
	const called = resources.filter(({ value, name }) => inWords(value) !== name).map(({ value, name }) => [value, name] as const);
	const operation = [
		`${asObject(unusual)}[$parameter["resource"] + "." + $parameter["operation"]]`,
		`($parameter["operation"] === "getAll" ? "${GET_ALL}" : ${wordsOf('operation')})`,
	];
	return `={{ (${operation.join(' ?? ')}) + ": " + (${asObject(called)}[$parameter["resource"]] ?? ${wordsOf('resource')}) }}`;
}

/** Spaces keep `}}`, which would end the expression, apart. */
const asObject = (pairs: ReadonlyArray<readonly [string, string]>): string => `(${JSON.stringify(Object.fromEntries(pairs))} )`;
