import type { INodeType } from 'n8n-workflow';
import { Keap } from '../../nodes/Keap/Keap.node';
import { resources as keap } from '../../nodes/Keap/resources';
import { KeapAdmin } from '../../nodes/KeapAdmin/KeapAdmin.node';
import { resources as keapAdmin } from '../../nodes/KeapAdmin/resources';
import { KeapMarketing } from '../../nodes/KeapMarketing/KeapMarketing.node';
import { resources as keapMarketing } from '../../nodes/KeapMarketing/resources';
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

/** Every node that the catalogue's tests hold to the rules. A new node is one line more. */
export const catalogueNodes: readonly CatalogueNode[] = [
	{ name: 'Keap', folder: 'nodes/Keap', node: new Keap(), resources: keap },
	{ name: 'KeapAdmin', folder: 'nodes/KeapAdmin', node: new KeapAdmin(), resources: keapAdmin },
	{ name: 'KeapMarketing', folder: 'nodes/KeapMarketing', node: new KeapMarketing(), resources: keapMarketing },
];

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
