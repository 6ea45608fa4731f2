import type { IDataObject } from 'n8n-workflow';

import type { Finished, Operation, Work } from '../../../../shared/catalogue/operation/types';
import { wordedError } from '../../../../shared/catalogue/operation/wordedError';
import { tagNames } from '../../../../shared/records/people/names';
import { APPLY } from '../tagging/ways';
import { writeTags } from '../tagging/writeTags';

/**
 * Applies the tags that items ask for once their contacts are there, in the fewest calls for all of them.
 * @returns an error for each item whose contact is there but lacks a tag
 */
export const tagsAfterwards: NonNullable<Operation['finish']> = async (work, done) => {
	const tagged = done.filter((finished) => tagsOf(finished).length > 0);
	const wishes = tagged
		.filter(hasId)
		.flatMap((finished) => tagsOf(finished).map((tag) => ({ finished, item: finished.call.item, tag, contact: idOf(finished) })));
	const verdicts = await writeTags(work, APPLY, wishes);
	const failures = new Map(tagged.filter((one) => !hasId(one)).map((one): [number, Error] => [one.call.item, unnamed(work, one)]));
	const applied = new Map<string, Set<string>>();
	for (const { finished, item, tag, contact } of wishes) {
		const result = verdicts(tag, contact);
		if (result instanceof Error) failures.set(item, halfDone(work, finished, tag, contact, result));
		else applied.set(contact, (applied.get(contact) ?? new Set()).add(tag));
	}
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
const hasId = ({ answer }: Finished): boolean => ((answer as IDataObject).id ?? null) !== null;

/** Keap may confirm a write by its status alone (204). */
const unnamed = (work: Work, { call }: Finished): Error =>
	wordedError(work.context.getNode(), 'The contact is in Keap, but Keap did not say its ID, so its tags were not applied', {
		itemIndex: call.item,
		description: 'Do not create the contact again. Find it by its email address, then apply the tags with the Tag resource.',
	});

const halfDone = (work: Work, { call }: Finished, tag: string, contact: string, cause: Error): Error =>
	wordedError(work.context.getNode(), `Contact ${contact} is in Keap, but the tag ${tag} was not applied: ${cause.message}`, {
		itemIndex: call.item,
		description: `${call.operation.value === 'update' ? 'Its other fields are written' : 'Do not create the contact again'}. Check the tag, then apply it to contact ${contact} with the Tag resource.`,
	});
