import type { IDataObject } from 'n8n-workflow';

import { readByIds } from '../../../shared/catalogue/batching/bundledReads';
import { askKeap } from '../../../shared/catalogue/calls/request';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Operation, Work } from '../../../shared/catalogue/operation/types';
import { present } from '../../../shared/catalogue/simplify';
import type { RecordKind } from '../../../shared/records/kind/record';
import { listOf } from '../../../shared/runtime/listOf';
import { keapRequest } from '../../../shared/transport';
import { checkRanges, keysOf, refuseAlienParts } from './criterionParts';

/** How a kind of discount takes its criteria with an update. */
export interface CriteriaForm {
	/** What names a criterion: Keap's ID, or the type where Keap takes no ID. */
	readonly knownBy: 'criteria_id' | 'type';
	/** Whether each goes with its type. */
	readonly withType: boolean;
}

const MOST_AT_ONCE = 100;

/**
 * Updates discounts without losing criteria and product categories that the item does not mention: Keap takes both lists as a whole.
 * The discount is read only where one of them is given; of a kind that Keap gives many at a time, 100 in a call.
 */
export function updateDiscount({ id, lookup }: RecordKind, form: CriteriaForm): NonNullable<Operation['performInGroups']> {
	const idOf = ({ pathParams }: Call): string => pathParams[id] ?? '';
	return {
		size: MOST_AT_ONCE,
		begin: async (work, calls) => {
			const ids = [...new Set(calls.filter(needsRecord).map(idOf))];
			const known = lookup === undefined ? new Map<string, IDataObject | Error>() : await readByIds(work, lookup, ids);
			return async (each, call) => {
				if (!needsRecord(call)) return await askKeap(each, call);
				const read = known.get(idOf(call)) ?? (await readOne(each, call));
				if (read instanceof Error) throw read;
				// The next item about this discount reads it again: it changes now.
				known.delete(idOf(call));
				return await askKeap(each, { ...call, body: withKept(call, read, form) });
			};
		},
	};
}

const needsRecord = ({ body, values }: Call): boolean =>
	body.criteria !== undefined || (body.product_category_ids !== undefined && values.removeOtherCategories !== true);

async function readOne({ context, signal }: Work, { operation: { path }, pathParams, item }: Call): Promise<IDataObject> {
	const request = { method: 'GET', path, pathParams, item, signal, expects: { record: ['id'] } } as const;
	return (await keapRequest<IDataObject>(context, request)).body;
}

/** The body with the criteria and the categories that the discount has besides. @throws BadInput */
function withKept({ body, values }: Call, discount: IDataObject, form: CriteriaForm): IDataObject {
	const { criteria, product_category_ids: categories } = body;
	const known = listOf(discount.criteria);
	const all = form.knownBy === 'type' ? replacedByType(known, listOf(criteria)) : changedById(known, listOf(criteria));
	const isAdded = categories !== undefined && values.removeOtherCategories !== true;
	return {
		...body,
		...(criteria !== undefined && { criteria: all.map((one) => written(one, form)) }),
		...(isAdded && { product_category_ids: [...new Set([discount.product_categories ?? [], categories].flat().map(String))] }),
	};
}

/** Only what belongs to the type goes back: Keap's answers may name more. */
const written = (criterion: IDataObject, { knownBy, withType }: CriteriaForm): IDataObject =>
	present(criterion, [...(knownBy === 'criteria_id' ? ['criteria_id'] : []), ...(withType ? ['type'] : []), ...keysOf(criterion.type)]);

const replacedByType = (known: readonly IDataObject[], given: readonly IDataObject[]): IDataObject[] => [
	...known.filter(({ type }) => given.every((one) => one.type !== type)),
	...given,
];

function changedById(known: readonly IDataObject[], given: readonly IDataObject[]): IDataObject[] {
	const idOf = ({ criteria_id: id }: IDataObject): string => String(id);
	const alien = given.find((one) => known.every((other) => idOf(other) !== idOf(one)));
	if (alien !== undefined)
		throw new BadInput(
			`name a criterion that the discount does not have: ${idOf(alien)}`,
			'Choose it from the list, or take its ID from what Get returns.',
			'Criteria',
		);
	return known.map((criterion) => {
		const changes = given.filter((one) => idOf(one) === idOf(criterion));
		for (const change of changes) refuseAlienParts(criterion.type, change);
		const changed = Object.assign({}, criterion, ...changes) as IDataObject;
		if (changes.length > 0) checkRanges(changed);
		return changed;
	});
}
