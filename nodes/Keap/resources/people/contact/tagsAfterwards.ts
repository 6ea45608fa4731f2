import type { IDataObject } from 'n8n-workflow';

import { groupBy } from '../../../../shared/catalogue/batching/bundle';
import { type Wish, writeOnce } from '../../../../shared/catalogue/batching/bundledWrites';
import type { Finished, Operation, Work } from '../../../../shared/catalogue/operation/types';
import { wordedError } from '../../../../shared/catalogue/operation/wordedError';
import { tagNames } from '../../../../shared/records/people/names';
import { applyTags } from '../tag';

/**
 * Applies the tags that items ask for once their contacts are there, one call a tag for up to 1,000 contacts.
 * @returns an error for each item whose contact is there but lacks a tag
 */
export const tagsAfterwards: NonNullable<Operation['finish']> = async (work, done) => {
	const wishes = done.flatMap((finished) => tagsOf(finished).map((tag) => ({ finished, tag, contact: idOf(finished) })));
	const failures = new Map<number, Error>();
	const applied = new Map<string, Set<string>>();
	await Promise.all(
		groupBy(wishes, ({ tag }) => tag).map(async (group) => {
			const results = await applyTo(
				work,
				group[0]?.tag ?? '',
				group.map(({ finished, tag, contact }) => ({ item: finished.call.item, id: contact, part: `tag ${tag}` })),
			);
			for (const { finished, tag, contact } of group) {
				const result = results.get(contact);
				if (result instanceof Error) failures.set(finished.call.item, halfDone(work, finished, tag, contact, result));
				else applied.set(contact, (applied.get(contact) ?? new Set()).add(tag));
			}
		}),
	);
	await Promise.all(done.map(async (finished) => await noteTags(work, finished, applied.get(idOf(finished)))));
	return failures;
};

/** The answer was given before the tags were applied, also those that another item wants for the same contact. */
async function noteTags({ context }: Work, { call, answer }: Finished, applied: ReadonlySet<string> | undefined): Promise<void> {
	const contact = answer as IDataObject;
	if (applied === undefined) return;
	// Of selected fields, only what is selected.
	if (call.selection !== undefined && !('tag_ids' in contact)) {
		if (Array.isArray(contact.tag_names))
			contact.tag_names = [...new Set([...(contact.tag_names as string[]), ...(await tagNames(context, [...applied]))])];
		return;
	}
	// For a contact that existed before, an answer without tags does not mean that it has none.
	const isNew = call.operation.value === 'create';
	const before = Array.isArray(contact.tag_ids) ? (contact.tag_ids as string[]).map(String) : isNew ? [] : undefined;
	if (before === undefined) return;
	const ids = [...new Set([...before, ...applied])];
	contact.tag_ids = ids;
	// Only a simplified contact has their names.
	if ('tag_names' in contact) contact.tag_names = await tagNames(context, ids);
}

const tagsOf = ({ call }: Finished): string[] => (Array.isArray(call.values.tagIds) ? (call.values.tagIds as string[]) : []);
const idOf = ({ answer }: Finished): string => String((answer as IDataObject).id);

async function applyTo(work: Work, tag: string, wishes: readonly Wish[]): ReturnType<typeof writeOnce> {
	const call = { item: wishes[0]?.item ?? 0, operation: applyTags, pathParams: { tag_id: tag }, query: {}, body: {}, values: {} };
	return await writeOnce(work, applyTags.bundledWrite, call, wishes);
}

const halfDone = (work: Work, { call }: Finished, tag: string, contact: string, cause: Error): Error =>
	wordedError(work.context.getNode(), `Contact ${contact} is in Keap, but the tag ${tag} was not applied: ${cause.message}`, {
		itemIndex: call.item,
		description: `Do not create the contact again. Check the tag, then apply it to contact ${contact} with the Tag resource.`,
	});
