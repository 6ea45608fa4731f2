import { groupBy } from '../../../../shared/catalogue/batching/bundle';
import { failureOf, onlyOne } from '../../../../shared/catalogue/batching/bundledWrites';
import * as fields from '../../../../shared/catalogue/fields/fields';
import { wordedError } from '../../../../shared/catalogue/operation/wordedError';
import type { Answer, Call, Field, Operation, Work } from '../../../../shared/catalogue/operation/types';
import { contactList, severalWithEmail } from '../../../../shared/records/people/contactsByEmail';
import { CREATE_MISSING_TAGS, tags } from '../../../../shared/records/people/tags';
import { doubtOf, isCancelled } from '../../../../shared/transport';
import { APPLY, REMOVE, type Ways } from './ways';
import { type TagWish, type Verdicts, writeTags } from './writeTags';

/** The tags stand in the path of Keap's call for one of them. */
const tagList = fields.recordList('tagIds', 'Tag Names or IDs', {
	of: tags,
	in: 'path',
	key: 'tag_id',
	required: true,
	description: 'One tag or several; names do as well.',
});

const contactIds = contactList({
	required: true,
	description:
		'One contact, or several separated by commas, each by ID or email address. All items share calls: up to 1,000 contacts each.',
});

/** For every operation that names tags which may not be there. */
export const createMissingTags: Field = fields.boolean(CREATE_MISSING_TAGS.name, CREATE_MISSING_TAGS.displayName, {
	in: 'none',
	description: 'Whether a name that no tag has becomes a new tag. Off, it is an error.',
});

/** Options of an operation that has no others. */
export const tagOptions: Field = fields.moreOptions([createMissingTags]);

const contactOptions: Field = fields.moreOptions([severalWithEmail]);

export const applyRow = tagRow('apply', 'Apply to Contacts', APPLY, {
	action: 'Apply tags to contacts',
	description: 'Give tags to one or more contacts. Contacts that have them already keep them.',
	fields: [tagList, contactIds, fields.moreOptions([createMissingTags, severalWithEmail])],
});

export const removeRow = tagRow('remove', 'Remove From Contacts', REMOVE, {
	action: 'Remove tags from contacts',
	description: 'Take tags away from one or more contacts',
	fields: [tagList, contactIds, contactOptions],
});

/** A row whose items share the fewest calls that change all their tags and contacts. */
function tagRow(value: string, name: string, ways: Ways, texts: Pick<Operation, 'action' | 'description' | 'fields'>): Operation {
	return {
		...ways.ofTag,
		value,
		name,
		...texts,
		performTogether: async (work, calls, failed) => {
			const verdicts = await writeTags(work, ways, calls.flatMap(wishesOf), failed);
			return new Map(calls.map((call) => [call.item, answerOf(work, ways, call, verdicts)]));
		},
	};
}

const tagsOf = ({ values }: Call): string[] => values.tagIds as string[];
const contactsOf = ({ values }: Call): string[] => values.contactIds as string[];

const wishesOf = (call: Call): TagWish[] =>
	tagsOf(call).flatMap((tag) => contactsOf(call).map((contact) => ({ item: call.item, tag, contact })));

function answerOf(work: Work, ways: Ways, call: Call, verdicts: Verdicts): Answer | Error {
	const bad = wishesOf(call).filter(({ tag, contact }) => verdicts(tag, contact) instanceof Error);
	const [tagIds, ids] = [tagsOf(call), contactsOf(call)];
	if (bad.length > 0) return errorOf(work, ways, call, verdicts, bad);
	return { ...onlyOne('contact_ids', ids), contact_ids: ids, ...onlyOne('tag_ids', tagIds), tag_ids: tagIds, success: true };
}

/** In the words of one tag or of one contact where the item names only one; else by each tag. */
function errorOf(work: Work, { ofTag, ofContact }: Ways, call: Call, verdicts: Verdicts, bad: readonly TagWish[]): Error {
	const [tagIds, ids] = [tagsOf(call), contactsOf(call)];
	const [tag = '', contact = ''] = [tagIds[0], ids[0]];
	if (tagIds.length === 1) {
		const results = new Map(ids.map((id) => [id, verdicts(tag, id) ?? '']));
		return failureOf(
			work,
			ofTag.bundledWrite,
			call,
			ids,
			bad.map((one) => one.contact),
			results,
		);
	}
	if (ids.length === 1) {
		const results = new Map(tagIds.map((id) => [id, verdicts(id, contact) ?? '']));
		return failureOf(
			work,
			ofContact.bundledWrite,
			call,
			tagIds,
			bad.map((one) => one.tag),
			results,
		);
	}
	return severalFailed(work, call, verdicts, bad);
}

/** So many tags are named with their contacts. */
const MOST_NAMED = 5;

/** One error for an item of several tags and several contacts; what was done is counted, so that nobody takes it for undone. */
function severalFailed({ context }: Work, call: Call, verdicts: Verdicts, bad: readonly TagWish[]): Error {
	const causes = bad.map(({ tag, contact }) => verdicts(tag, contact) as Error);
	const cause = causes.find((error) => !isCancelled(error));
	// What was called off because another item failed says so itself.
	if (cause === undefined) return causes[0] as Error;
	const ofTags = groupBy(bad, ({ tag }) => tag);
	const which = ofTags
		.slice(0, MOST_NAMED)
		.map((group) => `tag ${group[0]?.tag ?? ''} for ${group.map(({ contact }) => contact).join(', ')}`)
		.join('; ');
	const inDoubt = causes.some((error) => doubtOf(error) !== undefined);
	const advice = inDoubt
		? 'Some of it may or may not have been carried out: look in Keap before you run this item again.'
		: 'Check that each tag and each contact exists in Keap.';
	const done = wishesOf(call).length - bad.length;
	return wordedError(context.getNode(), `Not done: ${which}${ofTags.length > MOST_NAMED ? '; …' : ''}. ${cause.message}`, {
		itemIndex: call.item,
		description: `${advice}${done === 0 ? '' : ` The other ${done} of ${done + bad.length} are done.`}`,
	});
}
