import type { IDataObject } from 'n8n-workflow';

import { toRequest } from '../../../shared/catalogue/calls/request';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Work } from '../../../shared/catalogue/operation/types';
import { listOf } from '../../../shared/runtime/listOf';
import { keapRequest } from '../../../shared/transport';

const MOST_AT_ONCE = 100;

/**
 * Updates custom fields. Keap takes the options as a whole and wants the group with every update, and has no way to read one
 * field: the list of all is read once for up to 100 items, shortly before they are written.
 */
export const updateInModel: NonNullable<Operation['performInGroups']> = {
	size: MOST_AT_ONCE,
	begin: async (work, [first]) => {
		const readModel = async (each: Work, call: Call): Promise<Array<[string, IDataObject]>> =>
			(await readList(each, call, modelPath(call), 'custom_fields')).map((field) => [String(field.id), field]);
		const known = new Map(first === undefined ? [] : await readModel(work, first));
		const inDoubt = new Set<string>();
		let groups: Promise<IDataObject[]> | undefined;
		const groupOf = async (each: Work, call: Call, field: IDataObject): Promise<string> => {
			if (isId(field.group_id)) return String(field.group_id);
			groups ??= readList(each, call, `${modelPath(call)}/customFields/groups`, 'groups');
			return onlyGroup(await groups, field);
		};
		return async (each, call) => {
			const id = call.pathParams.custom_field_id ?? '';
			if (inDoubt.delete(id)) for (const [one, now] of await readModel(each, call)) if (one === id) known.set(one, now);
			const field = known.get(id);
			if (field === undefined)
				throw new BadInput(
					`is not among those of this Record Type: ${id}`,
					'Choose it from the list, or get its ID with Get Many.',
					'Custom Field',
				);
			const body: IDataObject = { ...call.body, ...(call.body.options !== undefined && { options: mergedOptions(field, call) }) };
			const group = isId(body.group_id) ? body.group_id : await groupOf(each, call, field);
			// The mask names only what the user has given; the group is sent without being named in it.
			const request = toRequest({ ...call, body }, each);
			const sent = keapRequest<IDataObject>(each.context, { ...request, body: { ...body, group_id: group } });
			const { body: answer } = await sent.catch((error: unknown) => {
				// It may have been carried out all the same: the next item about this field reads it again.
				inDoubt.add(id);
				throw error;
			});
			// The next item may be about the same field.
			known.set(id, { ...field, ...body, ...answer, group_id: group });
			return answer;
		};
	},
};

const isId = (value: unknown): boolean => (typeof value === 'string' && value !== '') || typeof value === 'number';

/** `/crm/rest/v2/companies/model` */
const modelPath = ({ operation: { path } }: Call): string => path.slice(0, path.indexOf('/customFields'));

async function readList({ context, signal }: Work, { item }: Call, path: string, records: string): Promise<IDataObject[]> {
	const { body } = await keapRequest<IDataObject>(context, { method: 'GET', path, item, signal, expects: { list: records } });
	return listOf(body[records]);
}

/** The group that a field stands in where Keap's list of fields leaves its ID out. @throws BadInput when it could be another one */
function onlyGroup(groups: readonly IDataObject[], { group_name: name }: IDataObject): string {
	const possible = typeof name === 'string' && name !== '' ? groups.filter((group) => group.name === name) : groups;
	const [only, ...more] = possible;
	if (only !== undefined && more.length === 0) return String(only.id);
	throw new BadInput(
		'is needed',
		'Keap wants the group with every update of a custom field, and does not say which one this field stands in. Choose it under Update Fields.',
		'Group',
	);
}

/** Keap's options with those of the call: renamed by ID, known by label, or new. @throws BadInput for an ID that the field has no option of */
function mergedOptions({ options }: IDataObject, { body, values }: Call): IDataObject[] {
	const known = listOf(options).map(({ id, label }): IDataObject => ({ id, label }));
	const asLabel = (label: unknown): string => String(label).trim().toLowerCase();
	const given = listOf(body.options).map((option): IDataObject => {
		const same = known.find(({ id, label }) =>
			option.id === undefined ? asLabel(label) === asLabel(option.label) : String(id) === option.id,
		);
		if (same !== undefined) return { id: same.id, label: option.label };
		if (option.id === undefined) return option;
		throw new BadInput(
			`have no option with the ID ${String(option.id)}`,
			'Get Many gives the options of each custom field with their IDs.',
			'Options',
		);
	});
	if (values.removeOtherOptions === true) return given;
	const renamed = known.map((option) => given.find(({ id }) => id === option.id) ?? option);
	return [...renamed, ...given.filter(({ id }) => !known.some((option) => option.id === id))];
}
