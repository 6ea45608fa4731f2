import { effectOf } from '../catalogue/operation/effect';
import type { Effect, Resource } from '../catalogue/operation/types';

/** A resource whose rows make or change something graver than a record. What a row says of itself, and what reads or deletes, stays as it is. */
export const writesAs = (effect: Effect, resource: Resource): Resource => ({
	...resource,
	operations: resource.operations.map((one) => (one.effect === undefined && effectOf(one) === 'writes' ? { ...one, effect } : one)),
});
