import { askKeap } from '../../../shared/catalogue/calls/request';
import { keepEntries } from '../../../shared/catalogue/fields/commonFields';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Resource } from '../../../shared/catalogue/operation/types';
import {
	affiliateProgramResources,
	programsOf,
	readResources,
	RESOURCES_OF_PROGRAM,
} from '../../../shared/records/partners/affiliateProgramResources';
import { affiliatePrograms } from '../../../shared/records/partners/affiliatePrograms';
import { crud, listOf } from '../../../shared/rows/crud';
import { textsOf } from '../../../shared/rows/texts';
import { writesAs } from '../../../shared/rows/writesAs';

const TYPES: readonly fields.Choice[] = [
	['BANNER', 'Banner', 'A picture at an address'],
	['EMAIL', 'Email', 'The HTML of an email'],
	['PAGE', 'Page', 'The HTML of a page, or its address, with its size'],
];

/** @throws BadInput for what Keap has no place for in a resource of this type */
function checkType({ body, values }: Call): void {
	const type = values.resourceType;
	if (type === 'BANNER' && body.content_html !== undefined)
		throw new BadInput('is given for a banner, which has none', 'Give its URL, or choose Email or Page under Type.', 'Content (HTML)');
	const sized = [['page_width', 'Page Width'] as const, ['page_height', 'Page Height'] as const].find(([key]) => body[key] !== undefined);
	if (type !== 'PAGE' && sized !== undefined)
		throw new BadInput('is given for what is no page', 'Remove it, or choose Page under Type.', sized[1]);
}

/** Keap replaces the programs of a resource as a whole: those that it has are found first, unless they are to be replaced. */
const addPrograms: NonNullable<Operation['performInGroups']> = {
	size: 100,
	begin: async ({ context, signal }, group) => {
		const adds = ({ body, values }: Call): boolean => Array.isArray(body.commission_program_ids) && values.listHandling !== 'replace';
		const all = group.some(adds) ? await readResources(context, signal) : [];
		const known = new Map(all.map((resource) => [String(resource.id), programsOf(resource)]));
		return async (work, call) => {
			if (!adds(call)) return await askKeap(work, call);
			const id = call.pathParams.resource_id ?? '';
			const ids = [...new Set([...(known.get(id) ?? []), ...(call.body.commission_program_ids as string[])])];
			// The next item may be about the same resource.
			known.set(id, ids);
			return await askKeap(work, { ...call, body: { ...call.body, commission_program_ids: ids } });
		};
	},
};

const withinProgram = [affiliatePrograms.inPath({ description: 'The program whose resources to return' })];

/** What affiliates show to the world. */
export const affiliateProgramResource: Resource = writesAs('opens', {
	value: 'affiliateProgramResource',
	name: 'Affiliate Program Resource',
	operations: [
		...crud(affiliateProgramResources, {
			fields: [
				fields.text('title', 'Title', { required: true, placeholder: 'e.g. Summer Sale Banner', description: 'What affiliates read' }),
				fields.options('resourceType', 'Type', {
					key: 'type',
					required: true,
					choices: TYPES,
					description: "What it is. It can't be changed later.",
				}),
				fields.recordList('programIds', 'Affiliate Program Names or IDs', {
					key: 'commission_program_ids',
					required: true,
					clearable: false,
					of: affiliatePrograms,
					description: 'The programs whose affiliates may use it.',
				}),
			],
			more: [
				fields.text('contentHtml', 'Content (HTML)', { rows: 5, description: 'For an email or a page' }),
				fields.text('notes', 'Notes', { rows: 3 }),
				fields.number('pageHeight', 'Page Height', { min: 1, whole: true, default: 600, description: 'Of a page, in pixels' }),
				fields.number('pageWidth', 'Page Width', { min: 1, whole: true, default: 800, description: 'Of a page, in pixels' }),
				fields.number('order', 'Position', { min: 0, whole: true, clearable: false, description: 'Its place in the list; 0 is the first' }),
				fields.text('url', 'URL', { placeholder: 'e.g. https://example.com/banner.png', description: 'Where a banner or page is' }),
			],
			create: { description: 'Give the affiliates of programs a banner, an email or a page to advertise with', check: checkType },
			get: false,
			getAll: false,
			update: {
				without: ['resourceType'],
				plus: [keepEntries],
				performInGroups: addPrograms,
			},
		}),
		{
			...listOf(affiliateProgramResources, { at: RESOURCES_OF_PROGRAM, within: withinProgram }),
			...textsOf(affiliateProgramResources).getAll,
			description: 'Retrieve a list of what a program gives its affiliates to advertise with',
		},
	],
});
