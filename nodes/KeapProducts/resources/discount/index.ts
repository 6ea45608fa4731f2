import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field, Operation, Resource } from '../../../shared/catalogue/operation/types';
import { discountCriteria } from '../../../shared/records/commerce/discountCriteria';
import { discountsOf, type DiscountKind } from '../../../shared/records/commerce/discounts';
import { asVariants } from '../../../shared/rows/asVariants';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { checkCriterion, oneCriterion } from './criteria';
import { KINDS, type KindOfDiscount } from './kinds';
import { updateDiscount } from './updateDiscount';
import { writesAs } from '../../../shared/rows/writesAs';

const kindParameter: Field = fields.options('discountKind', 'Discount Kind', {
	in: 'none',
	required: true,
	choices: Object.entries(KINDS).map(([value, { name, description }]): fields.Choice => [value, name, description]),
	description: 'What the discount is taken off',
});

const criterionId = discountCriteria.field('criteriaId', 'Criterion', {
	in: 'path',
	key: 'criteria_id',
	required: true,
	description: 'The criterion to remove',
});

/** The operations of one kind of discount, as if it were a resource of its own. */
function operationsOf(kind: DiscountKind, { top, more, updated, filters, check, criteria, form }: KindOfDiscount): Operation[] {
	const record = discountsOf(kind);
	const discountId = record.inPath();
	const below = `${record.onePath.replace('/crm/rest/', '')}/criteria`;
	return [
		...crud(record, {
			fields: [...top, criteria.toCreate],
			more,
			filters,
			create: { action: 'Create a discount or a coupon', ...(check !== undefined && { check }) },
			update: {
				top: [criteria.toUpdate],
				plus: updated,
				...(check !== undefined && { check }),
				performInGroups: updateDiscount(record, form),
			},
		}),
		row('addCriterion', 'Add Criterion', `POST /crm/rest/${below}`, {
			action: 'Add a criterion such as a promo code to a discount',
			description: 'Narrow the orders that get a discount, for instance to those with a promo code',
			fields: [discountId, ...oneCriterion(criteria.types)],
			expects: ['criteria_id'],
			check: checkCriterion,
		}),
		row('removeCriterion', 'Remove Criterion', `DELETE /crm/rest/${below}/{criteria_id}`, {
			action: 'Remove a criterion from a discount',
			description: 'Remove a criterion. A discount without any holds for every order.',
			fields: [discountId, criterionId],
			answer: 'deleted',
		}),
	];
}

const byKind = Object.entries(KINDS).map(
	([kind, facts]) => [kind, operationsOf(kind as DiscountKind, facts)] as const satisfies readonly [string, Operation[]],
);

/** One row for an operation that every kind of discount has. */
function forAllKinds({ value, name, action, description, path }: Operation): Operation {
	const kinds = byKind.flatMap(([kind, operations]) => operations.filter((one) => one.value === value).map((one) => [kind, one] as const));
	const texts = { value, name, action, description, path: path.replace(/(?<=\/discounts\/)\w+/, '{kind}') };
	return asVariants(texts, kindParameter, Object.fromEntries(kinds));
}

const GET = 'Retrieve a discount with its criteria. Discounts of product categories share calls: 100 each.';

export const discount: Resource = writesAs('configures', {
	value: 'discount',
	name: 'Discount',
	operations: (byKind[0]?.[1] ?? []).map(forAllKinds).map((one) => (one.value === 'get' ? { ...one, description: GET } : one)),
});
