import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Operation, Resource } from './operation/types';
import { FIELDS, OUTPUT } from './output/parameters';

const byName = (a: { name: string }, b: { name: string }): number => a.name.localeCompare(b.name, 'en');

/** The parameters of a node, made from its rows: Resource, Operation, then each field where its operations show it. */
export function toProperties(resources: readonly Resource[]): INodeProperties[] {
	return [resourceProperty(resources), ...resources.map(operationProperty), ...fieldProperties(resources)];
}

function resourceProperty(resources: readonly Resource[]): INodeProperties {
	const byDefault = resources[0]?.value ?? '';
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [...resources]
			.sort((a, b) => Number(a.last === true) - Number(b.last === true) || byName(a, b))
			.map(({ name, value }) => ({ name, value })),
		default: byDefault,
	};
}

function operationProperty({ value, operations }: Resource): INodeProperties {
	const options = operations
		.map(({ name, value: operation, action, description }): INodePropertyOptions => ({ name, value: operation, action, description }))
		.sort(byName);
	// The first row, not the first by name: n8n leaves a default out of saved workflows, so a new operation must not become it.
	const byDefault = operations[0]?.value ?? '';
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options,
		default: byDefault,
	};
}

/** What stands before everything else: what chooses the variant, on which the lists below depend; then the record that the operation is about. */
type Lead = 'variant' | 'record' | undefined;

/** A parameter, and the operations of each resource that show it. */
interface Shown {
	readonly property: INodeProperties;
	readonly leads: Lead;
	readonly operations: Map<string, readonly string[]>;
}

/**
 * One parameter serves many operations wherever its definition is the same: a smaller description for the browser,
 * and what the user typed stays when they change the operation.
 */
function fieldProperties(resources: readonly Resource[]): INodeProperties[] {
	const shared = new Map<string, Shown[]>();
	for (const resource of resources) {
		for (const [definition, { property, leads, operations }] of withinResource(resource.operations)) {
			const same = shared.get(definition) ?? [];
			shared.set(definition, same);
			const known = same.find((other) => canServe(other, resource, operations, resources));
			if (known === undefined) same.push({ property, leads, operations: new Map([[resource.value, operations]]) });
			else known.operations.set(resource.value, operations);
		}
	}
	const shown = [...shared.values()].flat().sort((a, b) => place(a) - place(b));
	return inOrderOfRows(shown, sequencesOf(resources, shared)).map(toProperty);
}

/** The parameters of each operation, in the order of its row. */
const sequencesOf = (resources: readonly Resource[], shared: ReadonlyMap<string, readonly Shown[]>): Shown[][] =>
	resources.flatMap(({ value: resource, operations }) =>
		operations.map(({ value: operation, fields }) =>
			fields.flatMap(
				({ property }) => shared.get(JSON.stringify(property))?.find(({ operations: of }) => of.get(resource)?.includes(operation)) ?? [],
			),
		),
	);

/** What stands at the same place follows the rows: shared by several, each after what precedes it in any of them, as far as these agree. */
function inOrderOfRows(shown: readonly Shown[], sequences: ReadonlyArray<readonly Shown[]>): Shown[] {
	const before = new Map<Shown, Set<Shown>>(shown.map((one) => [one, new Set()]));
	for (const sequence of sequences)
		sequence.forEach((one, index) =>
			sequence.slice(0, index).forEach((other) => {
				if (place(other) === place(one)) before.get(one)?.add(other);
			}),
		);
	const left = new Set(shown);
	const ordered: Shown[] = [];
	while (left.size > 0) {
		const [first] = left;
		const isFree = (one: Shown): boolean => [...(before.get(one) ?? [])].every((other) => other === one || !left.has(other));
		const next = [...left].find((one) => first !== undefined && place(one) === place(first) && isFree(one)) ?? first;
		if (next === undefined) break;
		left.delete(next);
		ordered.push(next);
	}
	return ordered;
}

/**
 * Follows Output in whichever operation that is shown: n8n forgets the value of a parameter that is no longer shown, so Selected Fields
 * is never chosen where there is no Output. The lists of operations would be a hundredth of a description, once more.
 */
const followsOutput = ({ name }: INodeProperties): boolean => name === FIELDS;

const toProperty = ({ property, operations }: Shown): INodeProperties => ({
	...property,
	displayOptions: followsOutput(property)
		? property.displayOptions
		: {
				...property.displayOptions,
				show: {
					resource: [...operations.keys()],
					operation: [...new Set([...operations.values()].flat())],
					...property.displayOptions?.show,
				},
			},
});

/**
 * n8n shows a parameter for every pair of its resources and operations: one more resource must bring no operation along
 * that another one has without this parameter.
 */
function canServe(
	{ property, operations: shown }: Shown,
	resource: Resource,
	operations: readonly string[],
	resources: readonly Resource[],
): boolean {
	const served = new Map([...shown, [resource.value, operations]]);
	const all = new Set([...served.values()].flat());
	if (followsOutput(property)) return true;
	return [...served].every(([name, own]) =>
		resources.find(({ value }) => value === name)?.operations.every(({ value }) => !all.has(value) || own.includes(value)),
	);
}

/** A collection of values for the record, as Additional Fields and Update Fields are. */
const holdsValues = ({ type, name }: INodeProperties): boolean => type === 'collection' && name !== 'filters' && name !== 'options';

/**
 * What is asked first stands first, in whichever order rows share it: the record, its values, how many, the account's own fields, then
 * the rarer ones behind a button. What comes out follows what goes in; of a list it stands before the filters, where n8n's nodes have it.
 */
const PLACES: ReadonlyArray<(property: INodeProperties) => boolean> = [
	({ name }) => name === 'returnAll' || name === 'limit',
	({ name }) => name === 'setCustomFields' || name === 'customFields',
	holdsValues,
	({ name }) => name === OUTPUT || name === FIELDS,
	({ name }) => name === 'filters',
	({ name }) => name === 'customFieldFilters',
	({ name }) => name === 'options',
];

function place({ property, leads }: Shown): number {
	if (leads !== undefined) return leads === 'variant' ? -3 : -2;
	return PLACES.findIndex((stands) => stands(property));
}

interface Used {
	readonly property: INodeProperties;
	readonly leads: Lead;
	readonly operations: string[];
}

function withinResource(operations: readonly Operation[]): Map<string, Used> {
	const used = new Map<string, Used>();
	for (const { value, fields, variants } of operations) {
		const leads = ({ property, to }: Field): Lead =>
			property.name === variants?.by ? 'variant' : to?.in === 'path' ? 'record' : undefined;
		for (const field of fields) {
			const { property } = field;
			const definition = JSON.stringify(property);
			const known = used.get(definition);
			if (known === undefined) used.set(definition, { property, leads: leads(field), operations: [value] });
			else known.operations.push(value);
		}
	}
	return used;
}
