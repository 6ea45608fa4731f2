import type { INodePropertyOptions } from 'n8n-workflow';

import { collection } from '../catalogue/fields/fields';
import type { Field, Operation, Variants } from '../catalogue/operation/types';

/** What the row itself says: its texts, and a path in which what differs by kind stands in braces. */
type RowTexts = Pick<Operation, 'value' | 'name' | 'action' | 'description' | 'path'>;

type Kinds = Readonly<Record<string, Operation>>;

/** A field of the row, and the kinds that have it. */
interface Shared {
	readonly field: Field;
	readonly kinds: readonly string[];
}

/**
 * One row for operations of Keap that differ by kind: a parameter chooses the kind, and the form shows the fields that this kind has.
 *
 * @param choice the parameter; it offers the keys of `kinds`
 * @param kinds what Keap is asked for each kind, all by one method
 */
export function asVariants(texts: RowTexts, choice: Field, kinds: Kinds): Operation {
	const [first] = Object.values(kinds);
	if (first === undefined) throw new Error(`${texts.action}: there is no kind to choose`);
	const { name } = choice.property;
	return {
		...first,
		...texts,
		fields: [choice, ...shownByKind(withSharedCollections(kinds, name), name)],
		variants: {
			by: name,
			of: Object.fromEntries(Object.entries(kinds).map(([kind, operation]) => [kind, variantOf(choice, operation)])),
		},
	};
}

type FieldsByKind = ReadonlyArray<readonly [kind: string, fields: readonly Field[]]>;

const definitionOf = ({ property }: Pick<Field, 'property'>): string => JSON.stringify(property);

/** The fields of all kinds, each once, in an order that is every kind's own. */
function shared(kinds: FieldsByKind): Shared[] {
	const all: Array<{ field: Field; kinds: string[] }> = [];
	for (const [kind, fields] of kinds) {
		let next = 0;
		for (const field of fields) {
			const known = all.findIndex((one) => definitionOf(one.field) === definitionOf(field));
			if (known === -1) all.splice(next, 0, { field, kinds: [kind] });
			else all[known]?.kinds.push(kind);
			next = (known === -1 ? next : known) + 1;
		}
	}
	return all;
}

/** @param by what the condition to show a field calls the parameter that chooses the kind: `/name` inside a collection */
const shownByKind = (kinds: FieldsByKind, by: string): Field[] =>
	shared(kinds).map((one) => (one.kinds.length === kinds.length ? one.field : shownFor(one, by)));

/** Not marked as required: where an expression chooses the kind, n8n shows the fields of all kinds, and would ask for every one of them. */
function shownFor({ field, kinds }: Shared, by: string): Field {
	const { property } = field;
	const displayOptions = { ...property.displayOptions, show: { ...property.displayOptions?.show, [by]: [...kinds] } };
	return { ...field, property: { ...property, required: undefined, displayOptions } };
}

/** The fields by kind; a collection that several kinds have under one name is one, and shows the members of the kind. */
function withSharedCollections(kinds: Kinds, by: string): FieldsByKind {
	const all = Object.entries(kinds).map(([kind, { fields }]) => [kind, fields] as const);
	const one = new Map<string, Field | undefined>();
	const sharedOf = (field: Field): Field => {
		const { name } = field.property;
		if (!one.has(name)) one.set(name, sharedCollection(all, name, by));
		return one.get(name) ?? field;
	};
	return all.map(([kind, fields]) => [kind, fields.map((field) => (field.members === undefined ? field : sharedOf(field)))]);
}

/** A choice of several that is the same for all kinds but for what can be chosen: one, that offers each kind what it has. */
function withSharedChoices(members: FieldsByKind, by: string): FieldsByKind {
	const isSame = (one: Field, other: Field): boolean =>
		definitionOf({ property: { ...one.property, options: [] } }) === definitionOf({ property: { ...other.property, options: [] } });
	const sharedOf = (field: Field): Field => {
		if (field.property.type !== 'options') return field;
		const like = members.flatMap(([kind, fields]) =>
			fields.filter((one) => isSame(one, field)).map((one) => [kind, choicesOf(one)] as const),
		);
		const all = new Map(like.flatMap(([, choices]) => choices).map((choice) => [choice.value, choice]));
		const options = [...all.values()].map((choice): INodePropertyOptions => {
			const kinds = like.filter(([, choices]) => choices.some(({ value }) => value === choice.value)).map(([kind]) => kind);
			return kinds.length === like.length ? choice : { ...choice, displayOptions: { show: { [by]: kinds } } };
		});
		return { ...field, property: { ...field.property, options: options.sort((a, b) => a.name.localeCompare(b.name, 'en')) } };
	};
	return members.map(([kind, fields]) => [kind, fields.map(sharedOf)]);
}

const choicesOf = ({ property: { options = [] } }: Field): INodePropertyOptions[] => options as INodePropertyOptions[];

/** The collection of a name for all kinds that have one; undefined where two of its members have one name and differ. */
function sharedCollection(all: FieldsByKind, name: string, by: string): Field | undefined {
	const own = all.flatMap(([kind, fields]) => {
		const field = fields.find(({ property, members }) => property.name === name && members !== undefined);
		return field === undefined ? [] : [{ kind, field, members: field.members ?? [] }];
	});
	const members = shownByKind(
		withSharedChoices(
			own.map(({ kind, members: fields }) => [kind, fields]),
			`/${by}`,
		),
		`/${by}`,
	);
	const names = members.map(({ property }) => property.name);
	const [first] = own;
	if (first === undefined || new Set(names).size !== names.length) return undefined;
	const { displayName, placeholder } = first.field.property;
	return collection(name, displayName, members, placeholder);
}

/** What only the row says, for all of its variants. */
const OF_ROW: ReadonlySet<string> = new Set(['value', 'name', 'action', 'description', 'method', 'variants']);

function variantOf(choice: Field, operation: Operation): Variants['of'][string] {
	const own = Object.fromEntries(Object.entries(operation).filter(([key]) => !OF_ROW.has(key))) as Variants['of'][string];
	return { ...own, fields: [choice, ...operation.fields] };
}
