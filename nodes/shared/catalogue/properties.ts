import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Operation, Resource } from './types';

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
		options: resources.map(({ name, value }) => ({ name, value })).sort(byName),
		default: byDefault,
	};
}

function operationProperty({ value, operations }: Resource): INodeProperties {
	const options = operations.map(({ name, value: operation, action, description }): INodePropertyOptions => ({ name, value: operation, action, description })).sort(byName);
	const byDefault = options[0]?.value ?? '';
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

interface Shown {
	readonly property: INodeProperties;
	readonly resources: string[];
	readonly operations: string[];
}

/**
 * One parameter serves many operations wherever its definition is the same: a smaller description for the browser,
 * and what the user typed stays when they change the operation.
 */
function fieldProperties(resources: readonly Resource[]): INodeProperties[] {
	const shared = new Map<string, Shown>();
	for (const resource of resources) {
		for (const [definition, { property, operations }] of withinResource(resource.operations)) {
			const key = `${operations.join()} ${definition}`;
			const known = shared.get(key);
			if (known === undefined) shared.set(key, { property, operations, resources: [resource.value] });
			else known.resources.push(resource.value);
		}
	}
	return [...shared.values()].map(({ property, resources: shownFor, operations }) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { resource: shownFor, operation: operations, ...property.displayOptions?.show } },
	}));
}

function withinResource(operations: readonly Operation[]): Map<string, Omit<Shown, 'resources'>> {
	const shown = new Map<string, Omit<Shown, 'resources'>>();
	for (const { value, fields } of operations) {
		for (const { property } of fields) {
			const definition = JSON.stringify(property);
			const known = shown.get(definition);
			if (known === undefined) shown.set(definition, { property, operations: [value] });
			else known.operations.push(value);
		}
	}
	return shown;
}
