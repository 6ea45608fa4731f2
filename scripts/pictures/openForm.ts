import { NodeHelpers, type INodeParameters, type INodeProperties, type NodeParameterValueType } from 'n8n-workflow';
import { membersOf, sectionsOf } from '../../test/catalogue/parameters';

/** The parameters of a form to which every optional field and an entry of every list were added. */
export function everythingOpen(properties: readonly INodeProperties[], parameters: INodeParameters): INodeParameters {
	const opened: INodeParameters = { ...parameters };
	for (const property of properties) {
		if (property.name in parameters || !NodeHelpers.displayParameter(opened, property, null, null)) continue;
		opened[property.name] = openValue(property);
	}
	return opened;
}

function openValue(property: INodeProperties): NodeParameterValueType {
	if (property.type === 'boolean' && property.name.startsWith('set')) return true;
	if (property.type === 'collection') return valuesOf(membersOf(property));
	if (property.type !== 'fixedCollection') return property.default;
	const several = property.typeOptions?.multipleValues === true;
	return Object.fromEntries(
		sectionsOf(property).map(({ name, values }) => {
			const entry = valuesOf(values);
			return [name, several ? [entry] : entry];
		}),
	) as INodeParameters;
}

const valuesOf = (properties: readonly INodeProperties[]): INodeParameters =>
	Object.fromEntries(properties.map((property) => [property.name, openValue(property)])) as INodeParameters;
