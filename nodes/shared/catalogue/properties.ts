import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Field, Operation, Resource } from './operation/types';
import { inOrder } from './order';
import { FIELDS } from './output/parameters';

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

/** A parameter, and the operations of each resource that show it. */
interface Shown {
	readonly property: INodeProperties;
	readonly operations: Map<string, readonly string[]>;
}

/**
 * One parameter serves many operations wherever its definition is the same: a smaller description for the browser,
 * and what the user typed stays when they change the operation.
 */
function fieldProperties(resources: readonly Resource[]): INodeProperties[] {
	const shared = new Map<string, Shown[]>();
	for (const resource of resources) {
		for (const [definition, { property, operations }] of withinResource(resource.operations)) {
			const same = shared.get(definition) ?? [];
			shared.set(definition, same);
			const known = same.find((other) => canServe(other, resource, operations, resources));
			if (known === undefined) same.push({ property, operations: new Map([[resource.value, operations]]) });
			else known.operations.set(resource.value, operations);
		}
	}
	const forms = resources.flatMap((resource) => resource.operations.map((operation) => formOf(resource, operation, shared)));
	return inOrder([...shared.values()].flat(), forms).map(toProperty);
}

/** What an operation shows, as its row has it but for what leads. */
const formOf = (resource: Resource, operation: Operation, shared: ReadonlyMap<string, readonly Shown[]>): Shown[] =>
	[...operation.fields]
		.sort((a, b) => rank(a, operation) - rank(b, operation))
		.flatMap(({ property }) => {
			const same = shared.get(JSON.stringify(property)) ?? [];
			return same.filter(({ operations }) => operations.get(resource.value)?.includes(operation.value));
		});

/** First what chooses the variant, on which the lists below depend; then the record that the operation is about. */
const rank = ({ property, to }: Field, { variants }: Operation): number => (property.name === variants?.by ? 0 : to?.in === 'path' ? 1 : 2);

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

interface Used {
	readonly property: INodeProperties;
	readonly operations: string[];
}

function withinResource(operations: readonly Operation[]): Map<string, Used> {
	const used = new Map<string, Used>();
	for (const { value, fields } of operations) {
		for (const { property } of fields) {
			const definition = JSON.stringify(property);
			const known = used.get(definition);
			if (known === undefined) used.set(definition, { property, operations: [value] });
			else known.operations.push(value);
		}
	}
	return used;
}
