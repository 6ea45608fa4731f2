import { badRequest } from '../errors';
import type { RecordKind } from './recordKinds';

export const checkedLinkType: NonNullable<RecordKind['check']> = (fields, { state, params }, created) => {
	const { name, max_links: most } = fields as { name?: string; max_links?: number };
	if (created && !name) throw badRequest('name is required', 'name');
	const twin = state.linkTypes.rows.find((other) => other.name === name && other.id !== params.link_type_id);
	if (name !== undefined && twin) throw badRequest(`name: there is a link type "${name}" already`, 'name');
	if (most !== undefined && most < 1) throw badRequest(`max_links must be more than 0, not ${most}`, 'max_links');
	return fields;
};
