import type { Operation } from '../catalogue/operation/types';
import type { RecordKind } from '../records/kind/record';

/** `a task`, `an opportunity`. */
export const a = (noun: string): string => `${/^[aeio]|^u(?!s)/.test(noun) ? 'an' : 'a'} ${noun}`;

type Texts = Pick<Operation, 'value' | 'name' | 'action' | 'description'>;

/** What the editor says of the five operations that most kinds of record have. */
export const textsOf = ({ one, many, lookup }: Pick<RecordKind, 'one' | 'many' | 'lookup'>) =>
	({
		create: { value: 'create', name: 'Create', action: `Create ${a(one)}`, description: `Create a new ${one}` },
		delete: { value: 'delete', name: 'Delete', action: `Delete ${a(one)}`, description: `Delete ${a(one)} permanently` },
		get: {
			value: 'get',
			name: 'Get',
			action: `Get ${a(one)}`,
			description: `Retrieve ${a(one)}${lookup === undefined ? '' : `. Many items share calls: ${lookup.max} ${many} each.`}`,
		},
		getAll: { value: 'getAll', name: 'Get Many', action: `Get many ${many}`, description: `Retrieve a list of ${many}` },
		update: {
			value: 'update',
			name: 'Update',
			action: `Update ${a(one)}`,
			description: `Change some fields of ${a(one)} and leave the others alone`,
		},
	}) as const satisfies Record<string, Texts>;
