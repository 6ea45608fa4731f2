import { notFound } from '../errors';
import type { SandboxState } from '../store/state';
import type { Handler, KeapRecord } from '../types';
import { AUTOMATIONS } from './sequences';

export const AUTOMATION_CATEGORIES = '/crm/rest/v2/automationCategory';

/** A category with the number of automations in it, as Keap counts them. */
const counted = (state: SandboxState, { id, name }: KeapRecord) => {
	const members = state.collection(AUTOMATIONS).rows.filter(({ categories }) => (categories as string[]).includes(id));
	return { id, name, automation_count: members.length };
};

/** @throws ApiError 404 */
function existing(state: SandboxState, id: string): KeapRecord {
	const category = state.collection(AUTOMATION_CATEGORIES).get(id);
	if (!category) throw notFound('automation category', id);
	return category;
}

const list: Handler = ({ state }) => ({
	status: 200,
	body: { automation_categories: state.collection(AUTOMATION_CATEGORIES).rows.map((category) => counted(state, category)) },
});

const create: Handler = ({ state, body }) => {
	const { name } = body as { name: string };
	return { status: 201, body: counted(state, state.collection(AUTOMATION_CATEGORIES).add({ name })) };
};

const rename: Handler = ({ state, params, body }) => {
	const category = { ...existing(state, params.id ?? ''), ...(body as { name?: string }) };
	state.collection(AUTOMATION_CATEGORIES).set(category.id, category);
	return { status: 200, body: counted(state, category) };
};

/** The automations of a category stay; they only leave it. */
const remove: Handler = ({ state, query }) => {
	const ids = (query.ids ?? '').split(',');
	for (const id of ids) existing(state, id);
	for (const id of ids) state.collection(AUTOMATION_CATEGORIES).delete(id);
	for (const automation of state.collection(AUTOMATIONS).rows) {
		const left = (automation.categories as string[]).filter((id) => !ids.includes(id));
		state.collection(AUTOMATIONS).set(automation.id, { ...automation, categories: left });
	}
	return { status: 204 };
};

export const AUTOMATION_CATEGORY_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/createCategory': create,
	'v2/deleteCategories': remove,
	'v2/listCategories': list,
	'v2/patchCategory': rename,
};
