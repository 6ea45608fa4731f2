import type { IDataObject } from 'n8n-workflow';

import { picked } from '../../catalogue/simplify';
import { nameLabel } from '../../locators/labels';
import type { ListSearch } from '../../locators/locator';
import { listOf } from '../../runtime/listOf';
import { cachedLookup, keapGetAll, keapRequest, type KeapContext } from '../../transport';
import { defineRecord } from '../kind/record';
import { affiliatePrograms } from './affiliatePrograms';

const PATH = '/crm/rest/v2/affiliates/commissionPrograms/resources';
export const RESOURCES_OF_PROGRAM = `${affiliatePrograms.onePath}/resources`;

/** The programs that a resource is in. */
export const programsOf = ({ commission_programs: programs }: IDataObject): string[] =>
	listOf(programs).map(({ commission_program_id: id }) => String(id));

/**
 * Every resource, each once. Keap lists them program by program and has no way to read one: a call for the programs and one for each of them.
 */
export async function readResources(context: KeapContext, signal?: AbortSignal): Promise<IDataObject[]> {
	const programs = await keapGetAll(
		context,
		{ method: 'GET', path: affiliatePrograms.path, signal },
		{ records: affiliatePrograms.records },
	);
	const found = new Map<string, IDataObject>();
	for (const { id } of programs) {
		const { body } = await keapRequest<IDataObject>(context, {
			method: 'GET',
			path: RESOURCES_OF_PROGRAM,
			pathParams: { [affiliatePrograms.id]: String(id) },
			signal,
			expects: { list: 'resources' },
		});
		for (const resource of listOf(body.resources)) found.set(String(resource.id), resource);
	}
	return [...found.values()];
}

const label = nameLabel('title');

const search: ListSearch = async function (filter = '') {
	const wanted = filter.trim().toLowerCase();
	const all = await cachedLookup(this, PATH, async () => await readResources(this));
	const options = all.map((resource) => ({ name: label(resource), value: String(resource.id) }));
	return { results: options.filter(({ name, value }) => name.toLowerCase().includes(wanted) || value === wanted) };
};

/** What a program gives its affiliates to advertise with: banners, emails and pages. */
export const affiliateProgramResources = defineRecord({
	one: 'affiliate program resource',
	path: PATH,
	id: 'resource_id',
	records: 'resources',
	unpaged: true,
	label,
	findBy: { by: 'search', search },
	shape: (resource) => ({
		...picked(resource, ['id', 'title', 'type', 'url', 'content_html', 'page_width', 'page_height', 'order', 'notes']),
		program_ids: programsOf(resource),
	}),
});
