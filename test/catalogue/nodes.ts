import type { INodeType } from 'n8n-workflow';
import { nodes } from '../../nodes';
import type { Operation, Resource } from '../../nodes/shared/catalogue/operation/types';

/** A node whose parameters are made from rows. */
export interface CatalogueNode {
	/** The class and file name: `Keap`. */
	readonly name: string;
	/** Its folder from the top of the project: `nodes/Keap`. */
	readonly folder: string;
	readonly node: INodeType;
	readonly resources: readonly Resource[];
}

/** Every node that the catalogue's tests hold to the rules. */
export const catalogueNodes: readonly CatalogueNode[] = nodes.flatMap(({ name, type: Type, resources }) =>
	resources === undefined ? [] : [{ name, folder: `nodes/${name}`, node: new Type(), resources }],
);

/** A row and where it stands. */
export interface Row {
	/** `contact: create` */
	readonly label: string;
	readonly resource: Resource;
	readonly operation: Operation;
}

export const rowsOf = ({ resources: all }: Pick<CatalogueNode, 'resources'>): Row[] =>
	all.flatMap((resource) =>
		resource.operations.map((operation) => ({ label: `${resource.value}: ${operation.value}`, resource, operation })),
	);

export const allRows: readonly Row[] = catalogueNodes.flatMap(rowsOf);
