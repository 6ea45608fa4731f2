import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';

/** One parameter of a node, wherever it stands. */
export interface Parameter {
	/** As it is stored: `additionalFields.emails.entries.email`. */
	readonly path: string;
	readonly property: INodeProperties;
	/** The parameter at the top that holds it; itself for one at the top. */
	readonly top: INodeProperties;
}

type Inner = NonNullable<INodeProperties['options']>[number];

const isProperty = (inner: Inner): inner is INodeProperties => 'type' in inner && 'displayName' in inner;
const isSection = (inner: Inner): inner is INodePropertyCollection => 'values' in inner;
const isChoice = (inner: Inner): inner is INodePropertyOptions => 'value' in inner;

/** The sections of a fixed collection, each a list of entries. */
export const sectionsOf = ({ options = [] }: INodeProperties): INodePropertyCollection[] => options.filter(isSection);

/** The parameters inside a collection. */
export const membersOf = ({ options = [] }: INodeProperties): INodeProperties[] => options.filter(isProperty);

/** What can be chosen of `options` and `multiOptions`; empty when the list is loaded from Keap. */
export const choicesOf = ({ type, options = [] }: INodeProperties): INodePropertyOptions[] =>
	type === 'options' || type === 'multiOptions' ? options.filter(isChoice) : [];

/**
 * n8n ends every list of resources with an entry of this name, unless the last one has it already.
 * So it stands there against the alphabet.
 */
export const STANDS_LAST = 'Custom API Call';

/** The choices that follow the alphabet. */
export const alphabetical = (property: INodeProperties): INodePropertyOptions[] =>
	choicesOf(property).filter(({ name }, index, all) => property.name !== 'resource' || name !== STANDS_LAST || index < all.length - 1);

/** All parameters, those inside collections included, in the order in which n8n shows them. */
export function flatten(properties: readonly INodeProperties[], prefix = '', top?: INodeProperties): Parameter[] {
	return properties.flatMap((property) => {
		const path = `${prefix}${property.name}`;
		const outermost = top ?? property;
		return [
			{ path, property, top: outermost },
			...flatten(membersOf(property), `${path}.`, outermost),
			...sectionsOf(property).flatMap(({ name, values }) => flatten(values, `${path}.${name}.`, outermost)),
		];
	});
}

/** Whether n8n may show two parameters at the same time: no condition that both have excludes the other. Conditions of `hide` are not weighed. */
export function canBeShownTogether(one: INodeProperties, other: INodeProperties): boolean {
	const [here, there] = [one.displayOptions?.show ?? {}, other.displayOptions?.show ?? {}];
	return Object.entries(here).every(([name, values]) => {
		const others = there[name];
		return others === undefined || (values ?? []).some((value) => others.includes(value));
	});
}
