import { effectOf } from '../catalogue/operation/effect';
import type { Effect, Resource } from '../catalogue/operation/types';

/**
 * A resource whose writes do more than change records: its rows that make or change something have this effect.
 * A row that names an effect itself keeps it, and so does one that reads or deletes.
 */
export const writesAs = (effect: Effect, resource: Resource): Resource => ({
	...resource,
	operations: resource.operations.map((one) => (one.effect === undefined && effectOf(one) === 'writes' ? { ...one, effect } : one)),
});
