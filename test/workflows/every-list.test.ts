import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import type { Field } from '../../nodes/shared/catalogue/operation/types';
import { flatten } from '../catalogue/parameters';
import { allVariants, variantLabel, type Row } from '../catalogue/nodes';
import type { SandboxState } from '../sandbox';
import { typeOf } from '../support/engine-workflow';
import { valueFor } from './agent/given';
import { CUSTOM_FIELD, firstId, furnish } from './agent/records';
import { BY_ROW, LEFT_OUT } from './agent/values';
import { keapForEachTest } from './helpers';

const [V1, V2] = ['/crm/rest/v1', '/crm/rest/v2'];

/** A list that the editor opens in a form. */
interface EditorList {
	readonly kind: 'listSearch' | 'loadOptions' | 'resourceMapping';
	readonly method: string;
	/** The parameter that shows it, as n8n names its place. */
	readonly path: string;
}

function listOf({ modes, typeOptions }: INodeProperties): Omit<EditorList, 'path'> | undefined {
	const search = modes?.find(({ name }) => name === 'list')?.typeOptions?.searchListMethod;
	if (search !== undefined) return { kind: 'listSearch', method: search };
	if (typeOptions?.loadOptionsMethod !== undefined) return { kind: 'loadOptions', method: typeOptions.loadOptionsMethod };
	const mapped = typeOptions?.resourceMapper?.resourceMapperMethod;
	return mapped === undefined ? undefined : { kind: 'resourceMapping', method: mapped };
}

/** A part of an entry that other operations show is none of the form's. */
const isShown = ({ displayOptions: { show } = {} }: INodeProperties, { operation }: Row): boolean =>
	show?.['/operation']?.includes(operation.value) ?? true;

/** The lists of an operation's form; the first entry of a list of entries stands for all. */
const listsOf = (row: Row): EditorList[] =>
	row.operation.fields.flatMap(({ property: top }) =>
		flatten([top]).flatMap(({ path, property }) => {
			const list = isShown(property, row) ? listOf(property) : undefined;
			const at = top.typeOptions?.multipleValues === true ? path.replace('.entries.', '.entries[0].') : path;
			return list === undefined ? [] : [{ ...list, path: `parameters.${at}` }];
		}),
	);

/** A form in which all is filled in on which lists may depend: its records, its choices, and its entries. */
function filledIn(row: Row, state: SandboxState): INodeParameters {
	const isGiven = ({ property: { name, type } }: Field): boolean =>
		type !== 'resourceMapper' && !(name in LEFT_OUT) && !(`${row.label}: ${name}` in LEFT_OUT);
	const own = row.operation.fields.filter(isGiven).flatMap((field): Array<[string, unknown]> => {
		const { name, type } = field.property;
		// A field that has options: those of the others are not asked for.
		if (name === 'customFieldFilters') return [[name, { entries: [{ field: `${CUSTOM_FIELD}|choice` }] }]];
		return type === 'collection' && !(`${row.label}: ${name}` in BY_ROW) ? [] : [[name, valueFor(row, field, state)]];
	});
	return { resource: row.resource.value, operation: row.operation.value, ...(Object.fromEntries(own) as INodeParameters) };
}

/** What lists below other records need besides a record of every kind. */
function furnishLists(state: SandboxState): void {
	furnish(state);
	const [appointments, cards, plans] = [`${V1}/appointments`, `${V2}/contacts/1/paymentMethods`, `${V2}/subscriptionPlans`].map((path) =>
		state.collection(path),
	);
	// The list begins a month ago.
	const soon = new Date(Date.now() + 3_600_000).toISOString();
	appointments?.add({ title: 'Tasting', start_date: soon, end_date: soon, contact_id: 1 });
	for (const card of cards?.rows ?? []) cards?.set(card.id, { ...card, credit_card_id: '1' });
	plans?.add({ product_id: firstId(state, 'searchProducts'), active: true, cycle_type: 'MONTHLY', frequency: 1 });
}

describe('every list that a form opens', () => {
	const keap = keapForEachTest();

	it('opens, and has entries where the account has records', async () => {
		const { engine, sandbox } = keap();
		furnishLists(sandbox.state);
		const opened = new Map<string, string>();
		for (const row of allVariants) {
			const parameters = filledIn(row, sandbox.state);
			for (const { kind, method, path } of listsOf(row)) {
				const node = { type: typeOf(parameters), parameters, path };
				const count = {
					listSearch: async () => (await engine.listSearch(node, method)).results.length,
					loadOptions: async () => (await engine.loadOptions(node, method)).length,
					resourceMapping: async () => (await engine.resourceMapperFields(node, method)).fields.length,
				}[kind];
				const what = await count().then(
					(found) => (found > 0 ? 'has entries' : 'is empty'),
					(error: unknown) => String(error),
				);
				opened.set(`${variantLabel(row)} > ${path}: ${method}`, what);
			}
		}
		expect(opened.size).toBeGreaterThan(500);
		expect(Object.fromEntries([...opened].filter(([, what]) => what !== 'has entries'))).toEqual({});
	});
});
