import type { INodeProperties } from 'n8n-workflow';
import type { CatalogueNode } from './nodes';
import { choicesOf, flatten } from './parameters';

/**
 * What users' workflows may hold of a node, and what they rely on without holding it: n8n leaves a value that equals its
 * default out of a workflow and fills it in when the workflow runs. So a changed default, even that of Resource or
 * Operation, changes what saved workflows do.
 */
export interface Golden {
	/** The default of `resource`, and of `operation` by resource. */
	readonly defaults: Readonly<Record<string, string>>;
	/** Resource > operation > parameter path > its form. */
	readonly parameters: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Form>>>>>>;
}

/** The type; the values that can be chosen, in brackets; the default as JSON: `options [API,FORM] = "API"`. */
export type Form = string;

function formOf(property: INodeProperties): Form {
	const values =
		property.type === 'resourceLocator'
			? (property.modes ?? []).map(({ name }) => name)
			: choicesOf(property).map(({ value }) => String(value));
	return `${property.type}${values.length > 0 ? ` [${[...values].sort().join()}]` : ''} = ${JSON.stringify(property.default)}`;
}

export function goldenOf({ node, resources }: Pick<CatalogueNode, 'node' | 'resources'>): Golden {
	const selectors = node.description.properties.filter(({ name }) => name === 'resource' || name === 'operation');
	return {
		defaults: Object.fromEntries(
			selectors.map((selector) => [
				[selector.name, ...(selector.displayOptions?.show?.resource ?? [])].join(' of '),
				String(selector.default),
			]),
		),
		parameters: Object.fromEntries(
			resources.map(({ value, operations }) => [
				value,
				Object.fromEntries(
					operations.map(({ value: operation, fields }) => [
						operation,
						Object.fromEntries(flatten(fields.map(({ property }) => property)).map(({ path, property }) => [path, formOf(property)])),
					]),
				),
			]),
		),
	};
}

/** Every stored thing with its form, by where it stands. */
function linesOf({ defaults, parameters }: Golden): Map<string, Form> {
	const operations = Object.entries(parameters).flatMap(([resource, all]) =>
		Object.entries(all).map(([operation, paths]) => ({ place: `${resource}: ${operation}`, paths })),
	);
	return new Map([
		...Object.entries(defaults).map(([selector, value]): [string, Form] => [`default ${selector}`, value]),
		...operations.flatMap(({ place, paths }) => [
			[place, 'an operation'] as const,
			...Object.entries(paths).map(([path, form]) => [`${place}: ${path}`, form] as const),
		]),
	]);
}

const VALUES = /^(options|multiOptions|resourceLocator) \[([^\]]*)\]/;
const valuesIn = (form: Form): string[] => VALUES.exec(form)?.[2]?.split(',') ?? [];

/** Whether a parameter still takes all that the frozen one took: nothing changed but values added. */
const stillTakes = (now: Form, frozen: Form): boolean =>
	now.replace(VALUES, '$1') === frozen.replace(VALUES, '$1') && valuesIn(frozen).every((value) => valuesIn(now).includes(value));

/** Compares a node with its frozen list. `broken`: saved workflows no longer do what they did; `added`: new, and not frozen yet. */
export function compareGolden(now: Golden, frozen: Golden): { broken: string[]; added: string[] } {
	const [today, before] = [linesOf(now), linesOf(frozen)];
	const changed = [...before].filter(([place, form]) => today.get(place) !== form);
	const isBroken = ([place, form]: readonly [string, Form]): boolean => !stillTakes(today.get(place) ?? '', form);
	return {
		broken: changed.filter(isBroken).map(([place, form]) => `${place}: was ${form}, is ${today.get(place) ?? 'gone'}`),
		added: [
			...changed.filter((line) => !isBroken(line)).map(([place]) => place),
			...[...today.keys()].filter((place) => !before.has(place)),
		],
	};
}
