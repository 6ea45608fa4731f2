import type { Resource } from '../operation/types';

/** Marks every operation of a resource that belongs to a service which Keap still calls a beta. */
export const beta = (resource: Resource): Resource => ({
	...resource,
	operations: resource.operations.map((operation) => ({
		...operation,
		description: `${operation.description.replace(/\.$/, '')}. Beta: Keap may still change it.`,
	})),
});
