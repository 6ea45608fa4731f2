import type { INodeType } from 'n8n-workflow';
import { nodes } from '../../nodes';
import type { Operation, Resource } from '../../nodes/shared/catalogue/operation/types';
import { chosenVariant } from '../../nodes/shared/catalogue/operation/variants';

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
	/** For one variant of a row: the parameter that chooses it, and its value there. */
	readonly variant?: { readonly by: string; readonly value: string };
}

export const rowsOf = ({ resources: all }: Pick<CatalogueNode, 'resources'>): Row[] =>
	all.flatMap((resource) =>
		resource.operations.map((operation) => ({ label: `${resource.value}: ${operation.value}`, resource, operation })),
	);

export const allRows: readonly Row[] = catalogueNodes.flatMap(rowsOf);

/** The rows, those with variants once for every variant: everything that the package asks of Keap. */
export const withVariants = (rows: readonly Row[]): Row[] =>
	rows.flatMap((row): Row[] => {
		const { variants } = row.operation;
		if (variants === undefined) return [row];
		return Object.keys(variants.of).map((value) => {
			const read = (name: string): unknown => (name === variants.by ? value : undefined);
			return { ...row, operation: chosenVariant(row.operation, read), variant: { by: variants.by, value } };
		});
	});

/** A row's label with the variant behind it: `customField: create (company)`. */
export const variantLabel = ({ label, variant }: Row): string => (variant === undefined ? label : `${label} (${variant.value})`);

export const allVariants: readonly Row[] = withVariants(allRows);
