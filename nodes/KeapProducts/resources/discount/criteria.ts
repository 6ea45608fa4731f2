import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import * as encode from '../../../shared/catalogue/fields/encode';
import { type CheckEntry, entries } from '../../../shared/catalogue/fields/entries';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field } from '../../../shared/catalogue/operation/types';
import { byName } from '../../../shared/catalogue/fields/entryParts';
import { discountCriteria } from '../../../shared/records/commerce/discountCriteria';
import {
	ALL_TYPES,
	BY_DEFAULT,
	checkRanges,
	type CriterionType,
	keyOf,
	keysOf,
	nameOfType,
	PARTS,
	partsOf,
	refuseAlienParts,
	TYPES,
	TYPES_OF_CATEGORIES,
} from './criterionParts';

/** Of the kinds of discount, the one that takes two types of criterion alone. */
const CATEGORIES = 'productCategory';

/** The form offers each kind of discount the types that it takes; `types` is what this one takes. */
function typeField(types: readonly CriterionType[], texts: fields.FieldTexts = {}): Field {
	const choices = (all: readonly CriterionType[]): fields.Choice[] => all.map((type) => [type, TYPES[type]]);
	const field = (all: readonly CriterionType[]): Field =>
		fields.options('criterionType', 'Criterion Type', {
			key: 'type',
			description: 'What the criterion is about',
			choices: choices(all),
			...texts,
		});
	const { property } = field(ALL_TYPES);
	const options = (property.options as INodePropertyOptions[]).map((option) =>
		TYPES_OF_CATEGORIES.some((type) => type === option.value)
			? option
			: { ...option, displayOptions: { hide: { '/discountKind': [CATEGORIES] } } },
	);
	return { ...field(types), property: { ...property, options } };
}

const shownByType = (types: readonly CriterionType[]): Field[] =>
	types.flatMap((type) =>
		PARTS[type].map((field) => ({ ...field, property: { ...field.property, displayOptions: { show: { criterionType: [type] } } } })),
	);

/** A criterion with all that its type needs, and no more. @throws BadInput */
const wholeCriterion: CheckEntry = (given) => {
	const { type } = given;
	refuseAlienParts(type, given);
	const defaults = Object.entries(BY_DEFAULT).filter(([key]) => keysOf(type).includes(key));
	const criterion = { ...Object.fromEntries(defaults), ...given };
	const missing = partsOf(type).find((field) => criterion[keyOf(field)] === undefined);
	if (missing !== undefined)
		throw new BadInput('is empty', `A criterion of the type ${nameOfType(type)} needs it.`, missing.property.displayName);
	checkRanges(criterion);
	return criterion;
};

/** Which criterion changes: shown in an update of a discount whose criteria Keap knows by ID. */
function criterionId(isAsked: boolean): Field {
	const field = discountCriteria.field('criteriaId', 'Criterion', {
		description: 'The criterion to change',
		...(!isAsked && { in: 'none' }),
	});
	const displayOptions = { show: { '/operation': ['update'] }, hide: { '/discountKind': [CATEGORIES] } };
	const property = { ...field.property, displayOptions };
	return { ...field, property, encode: isAsked ? encode.required(encode.locatedId) : () => undefined };
}

/** One parameter of the form for all kinds of discount, in Create and in Update; what is made of it differs. */
const criteriaField = (id: Field, type: Field, checkEntry?: CheckEntry): Field =>
	entries('criteria', 'Criteria', {
		singular: 'Criterion',
		members: byName([id, type, ...shownByType(ALL_TYPES)]),
		...(checkEntry !== undefined && { checkEntry }),
		description:
			'What an order needs to get the discount, such as a promo code. Without any, every order gets it. An update keeps what is not listed; of product categories it replaces those of the same type.',
	});

/** The criteria of a new discount; of one of product categories in an update too, for Keap has no way to name one of them. */
export const wholeCriteria = (types: readonly CriterionType[]): Field =>
	criteriaField(criterionId(false), typeField(types, { required: true }), wholeCriterion);

/** Changes of criteria that the discount has. The type only chooses what is shown: Keap knows it. */
export const changedCriteria: Field = criteriaField(criterionId(true), typeField(ALL_TYPES, { in: 'none', required: true }));

/** The fields of one criterion, for a row that adds it. */
export const oneCriterion = (types: readonly CriterionType[]): Field[] => [typeField(types, { required: true }), ...shownByType(types)];

/** The check of a row whose body is a criterion. @throws BadInput */
export const checkCriterion = ({ body }: Call): void => {
	Object.assign(body, wholeCriterion(body) as IDataObject);
};
