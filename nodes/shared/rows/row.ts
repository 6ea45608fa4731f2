import type { Operation } from '../catalogue/operation/types';
import type { KeapMethod } from '../transport';

/** Keap's method and path in one, as its documentation heads each operation: `GET /crm/rest/v2/tags/{tag_id}`. */
export type Route = `${KeapMethod} /crm/rest/${string}`;

/** A row that is like no other: what it is called, what Keap is asked, and everything else by name. */
export function row(value: string, name: string, route: Route, rest: Omit<Operation, 'value' | 'name' | 'method' | 'path'>): Operation {
	const space = route.indexOf(' ');
	return { value, name, method: route.slice(0, space) as KeapMethod, path: route.slice(space + 1), ...rest };
}
