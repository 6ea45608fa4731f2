import type { INodeType } from 'n8n-workflow';

import type { Field, Resource } from './operation/types';
import { loadOutputFields } from './output/loadFields';
import { FIELDS_METHOD } from './output/parameters';

type Methods = NonNullable<INodeType['methods']>;

/**
 * What the editor may call while somebody fills in a node's form: every search, list and mapping that the fields in use bring.
 *
 * @param fields all fields of the node
 * @throws Error when two fields bring different functions under one name: only one of them could be registered
 */
export function methodsOf(fields: readonly Field[]): Methods {
	const methods = { listSearch: {}, loadOptions: {}, resourceMapping: {} };
	const add = ({ methods: own = {}, members = [] }: Field): void => {
		addTo(methods.listSearch, own.listSearch);
		addTo(methods.loadOptions, own.loadOptions);
		addTo(methods.resourceMapping, own.resourceMapping);
		members.forEach(add);
	};
	fields.forEach(add);
	return methods;
}

/** The methods of a node that is made of rows. */
export function methodsOfRows(resources: readonly Resource[]): Methods {
	const methods = methodsOf(resources.flatMap(({ operations }) => operations.flatMap(({ fields }) => fields)));
	return { ...methods, loadOptions: { ...methods.loadOptions, [FIELDS_METHOD]: loadOutputFields(resources) } };
}

function addTo<T>(all: Record<string, T>, own: Readonly<Record<string, T>> = {}): void {
	for (const [name, method] of Object.entries(own)) {
		if (name in all && all[name] !== method) throw new Error(`Two different methods are called ${name}`);
		all[name] = method;
	}
}
