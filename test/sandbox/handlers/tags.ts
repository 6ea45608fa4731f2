import { badRequest, notFound } from '../errors';
import type { RecordStore } from '../store/recordStore';
import type { SandboxState } from '../store/state';
import type { Exchange, Handler, KeapRecord } from '../types';
import { without } from '../without';
import { masked } from './generic';

type Fields = Readonly<Record<string, unknown>>;

const bodyOf = ({ body }: Exchange) => (body ?? {}) as Fields;
const lower = (value: unknown) =>
	String(value ?? '')
		.trim()
		.toLowerCase();
const categoryId = (record: Fields) => (record.category as { id?: string } | undefined)?.id;

/** The tag of an id. @throws ApiError 404 */
export function tagOf(state: SandboxState, id: string): KeapRecord {
	const tag = state.tags.get(id);
	if (!tag) throw notFound('tag', id);
	return tag;
}

/** A name is needed, and only one tag of a category (or one category) may bear it. */
function checkName(record: Fields, others: Iterable<KeapRecord>, what: string): void {
	if (lower(record.name) === '') throw badRequest('name is required', 'name');
	for (const other of others) {
		if (other.id !== record.id && lower(other.name) === lower(record.name))
			throw badRequest(`name: there is a ${what} "${String(record.name)}" already`, 'name');
	}
}

function checkTag(record: Fields, { tags, tagCategories }: SandboxState): void {
	const category = categoryId(record);
	if (category !== undefined && !tagCategories.has(category)) throw badRequest(`category.id: ${category} does not exist`, 'category.id');
	checkName(
		record,
		tags.rows.filter((tag) => categoryId(tag) === category),
		'tag',
	);
}

const checkCategory = (record: Fields, { tagCategories }: SandboxState) => checkName(record, tagCategories.rows, 'tag category');

/** Tags and their categories are created and updated alike; only the store and the rules differ. */
const creates =
	(storeOf: (state: SandboxState) => RecordStore, check: (record: Fields, state: SandboxState) => void): Handler =>
	(exchange) => {
		const { state, now } = exchange;
		check(bodyOf(exchange), state);
		return { status: 201, body: storeOf(state).add({ description: '', ...bodyOf(exchange), create_time: now, update_time: now }) };
	};

const updates =
	(
		storeOf: (state: SandboxState) => RecordStore,
		check: (record: Fields, state: SandboxState) => void,
		param: string,
		what: string,
	): Handler =>
	(exchange) => {
		const { state, now, params, query } = exchange;
		const record = storeOf(state).get(params[param] ?? '');
		if (!record) throw notFound(what, params[param] ?? '');
		const next = { ...masked(record, bodyOf(exchange), query.update_mask), update_time: now };
		check(next, state);
		storeOf(state).set(record.id, next);
		return { status: 200, body: next };
	};

/** The tags of a deleted category stay, without a category. */
const deleteCategory: Handler = ({ state, params }) => {
	const id = params.tag_category_id ?? '';
	if (!state.tagCategories.delete(id)) throw notFound('tag category', id);
	for (const tag of state.tags.rows.filter((row) => categoryId(row) === id)) state.tags.set(tag.id, without(tag, 'category') as KeapRecord);
	return { status: 204 };
};

export const TAG_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createTag': creates(({ tags }) => tags, checkTag),
	'v2/updateTag': updates(({ tags }) => tags, checkTag, 'tag_id', 'tag'),
	'v2/createTagCategory': creates(({ tagCategories }) => tagCategories, checkCategory),
	'v2/updateTagCategory': updates(({ tagCategories }) => tagCategories, checkCategory, 'tag_category_id', 'tag category'),
	'v2/deleteTagCategory': deleteCategory,
};
