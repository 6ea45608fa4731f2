import type { SandboxState } from '../store/state';
import type { KeapRecord } from '../types';

/** A contact's links as they stand on the contact itself. */
function linksOf(id: string, state: SandboxState): unknown[] {
	if (state.contactLinks.length === 0) return [];
	return state.contactLinks.flatMap(({ contact1_id: first, contact2_id: second, link_type_id: type }, index) =>
		first !== id && second !== id
			? []
			: [
					{
						id: String(index + 1),
						linked_contact_id: first === id ? second : first,
						link_type_id: type,
						link_type_name: state.linkTypes.get(type)?.name,
					},
				],
	);
}

/** A contact as version 2 shows it: all of it, or the id and the comma-joined `fields`. */
export function contactView(record: KeapRecord, state: SandboxState, fields?: string): Record<string, unknown> {
	const all: Record<string, unknown> = {
		...record,
		tag_ids: [...state.contactTags.tagsOf(record.id).keys()],
		links: linksOf(record.id, state),
	};
	if (fields === undefined) return all;
	const wanted = ['id', ...fields.split(',')];
	return Object.fromEntries(wanted.filter((name) => all[name] !== undefined).map((name) => [name, all[name]]));
}
