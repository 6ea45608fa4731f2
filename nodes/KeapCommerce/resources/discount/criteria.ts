import { type CheckEntry, entries } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field } from '../../../shared/catalogue/operation/types';
import { discountCriteria } from '../../../shared/records/commerce/discountCriteria';
import {
	ALL_TYPES,
	CHANGED_PARTS,
	checkRanges,
	type CriterionType,
	keyOf,
	keysOf,
	nameOfType,
	NEW_PARTS,
	type Parts,
	partsOf,
	refuseAlienParts,
	TYPES,
	TYPES_OF_CATEGORIES,
} from './criterionParts';

const typeField = (types: readonly CriterionType[], texts: fields.FieldTexts = {}): Field =>
	fields.options('criterionType', 'Type', {
		key: 'type',
		choices: types.map((type): fields.Choice => [type, TYPES[type]]),
		description: 'What the criterion is about',
		...texts,
	});

const shownByType = (types: readonly CriterionType[], parts: Parts): Field[] =>
	types.flatMap((type) =>
		parts[type].map((field) => ({ ...field, property: { ...field.property, displayOptions: { show: { criterionType: [type] } } } })),
	);

/** A criterion with all that its type needs, and no more. @throws BadInput */
const wholeCriterion: CheckEntry = (criterion) => {
	const { type } = criterion;
	refuseAlienParts(type, criterion);
	const missing = partsOf(type).find((field) => criterion[keyOf(field)] === undefined);
	if (missing !== undefined)
		throw new BadInput('is empty', `A criterion of the type ${nameOfType(type)} needs it.`, missing.property.displayName);
	checkRanges(criterion);
	return Object.fromEntries(Object.entries(criterion).filter(([key]) => key === 'type' || keysOf(type).includes(key)));
};

const criteriaField = (types: readonly CriterionType[], description: string): Field =>
	entries('criteria', 'Criteria', {
		singular: 'Criterion',
		members: [typeField(types, { required: true }), ...shownByType(types, NEW_PARTS)],
		checkEntry: wholeCriterion,
		description,
	});

const NEEDED = 'What an order needs to get the discount, such as a promo code. Without any, every order gets it.';

/** The criteria of a new discount. */
export const newCriteria: Field = criteriaField(ALL_TYPES, NEEDED);

/** Those of a discount of product categories: Keap has no way to name one of them, so an update sets all of a type. */
export const criteriaByType: Field = criteriaField(
	TYPES_OF_CATEGORIES,
	`${NEEDED} An update replaces those of the same type and keeps the others.`,
);

/** Changes of criteria that the discount has. The type only chooses what is shown: Keap knows it. */
export const criteriaToChange: Field = entries('criteria', 'Criteria', {
	singular: 'Criterion',
	members: [
		discountCriteria.field('criteriaId', 'Criterion', { required: true, description: 'The criterion to change' }),
		typeField(ALL_TYPES, { in: 'none' }),
		...shownByType(ALL_TYPES, CHANGED_PARTS),
	],
	description: 'Criteria to change; the others stay as they are. Add Criterion and Remove Criterion are operations of their own.',
});

/** The fields of one criterion, for a row that adds it. */
export const oneCriterion = (types: readonly CriterionType[]): Field[] => [
	typeField(types, { required: true }),
	...shownByType(types, NEW_PARTS),
];

/** The check of a row whose body is a criterion. @throws BadInput */
export function checkCriterion({ body }: Call): void {
	const whole = wholeCriterion(body) ?? body;
	for (const key of Object.keys(body)) if (!(key in whole)) delete body[key];
}
