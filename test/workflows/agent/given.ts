import type { IDataObject, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import type { Field } from '../../../nodes/shared/catalogue/operation/types';
import { rawSamples } from '../../catalogue/contract/samples';
import type { Row } from '../../catalogue/nodes';
import type { SandboxState } from '../../sandbox';
import { customCondition, type CustomCondition, customValue, firstId } from './records';
import { BY_NAME, BY_ROW, LEFT_OUT } from './values';

/** A field with the value that the agent gives for it. */
export interface GivenField {
	readonly field: Field;
	readonly raw: unknown;
	/** What it adds to Keap's filter, where only the account's own fields say that. */
	readonly condition?: string;
}

/** One use of an operation by an agent. */
export interface Given {
	/** The node's parameters, every value an expression that asks the agent. */
	readonly parameters: INodeParameters;
	/** What the agent answers, by the names in `$fromAI`. */
	readonly answers: IDataObject;
	/** The same by field, members of collections included. */
	readonly fields: readonly GivenField[];
}

/** A value for a field: the one for this row, for its name, a record that is there, or the first of the contract's samples. */
export function valueFor({ label, variant }: Row, { property, ...field }: Field, state: SandboxState): unknown {
	const { name, type, typeOptions } = property;
	if (name === variant?.by) return variant.value;
	const own = BY_ROW[`${label}: ${name}`] ?? BY_NAME[name];
	if (type === 'resourceLocator') {
		const method = property.modes?.find(({ name: mode }) => mode === 'list')?.typeOptions?.searchListMethod ?? '';
		return { __rl: true, mode: 'id', value: own ?? firstId(state, method) };
	}
	if (own !== undefined) return own;
	if (type === 'resourceMapper')
		return {
			mappingMode: 'defineBelow',
			value: customValue(state, typeOptions?.resourceMapper?.resourceMapperMethod ?? ''),
			matchingColumns: [],
			schema: [],
		};
	const [sample] = rawSamples({ property, ...field });
	if (sample === undefined) throw new Error(`No value suits ${label} > ${property.displayName}: add one to test/workflows/agent/values.ts`);
	return type === 'fixedCollection' && typeOptions?.multipleValues !== true ? single(sample as Sections) : sample;
}

/** What is given for the conditions on custom fields of this row. */
const conditionFor = ({ operation }: Row, { property }: Field, state: SandboxState): CustomCondition | undefined =>
	property.name !== 'customFieldFilters' || operation.customFieldFilters === undefined
		? undefined
		: customCondition(state, operation.customFieldFilters.path);

type Sections = Readonly<Record<string, readonly unknown[]>>;

/** A group of fields is a fixed collection with a single entry. */
const inSection = ({ property }: Field, values: INodeParameters): INodeParameters =>
	property.type === 'fixedCollection' ? { entries: values } : values;

/** n8n keeps the only entry of a collection without "multiple values" outside a list. */
const single = (sections: Sections): unknown => Object.fromEntries(Object.entries(sections).map(([name, [entry]]) => [name, entry]));

/** Asks for a value under a name made of its place, with the field's description as the hint. */
class Questions {
	readonly answers: IDataObject = {};

	/** The value with each of its parts replaced by an expression. */
	about(value: unknown, place: string, hint: string): NodeParameterValueType {
		if (typeof value !== 'object' || value === null) return this.ask(place, hint, value, typeof value);
		const isList = Array.isArray(value) && value.every((one) => typeof one !== 'object');
		if (isList) return this.ask(place, hint, value, 'json');
		if (Array.isArray(value)) return value.map((one, index) => this.about(one, `${place}_${index}`, hint)) as INodeParameters[];
		return Object.fromEntries(
			Object.entries(value).map(([name, one]) => [name, this.isForm(name) ? (one as string) : this.about(one, `${place}_${name}`, hint)]),
		);
	}

	/** A value that is asked for as a whole. */
	whole(value: unknown, place: string, hint: string): string {
		return this.ask(place, hint, value, 'json');
	}

	private isForm(name: string): boolean {
		return ['__rl', 'mode', 'mappingMode', 'matchingColumns', 'schema'].includes(name);
	}

	private ask(place: string, hint: string, value: unknown, type: string): string {
		this.answers[place] = value as IDataObject[string];
		return `={{ $fromAI(${[place, hint, type].map((text) => JSON.stringify(text)).join(', ')}) }}`;
	}
}

/**
 * Lets an agent give everything that an operation takes, so far as it can be given together.
 * @param only of the optional fields behind a button, those with these names; all by default
 */
export function givenTo(row: Row, state: SandboxState, only?: readonly string[]): Given {
	const questions = new Questions();
	const fields: GivenField[] = [];
	const asked = (field: Field, place: string): NodeParameterValueType => {
		const custom = conditionFor(row, field, state);
		const raw = custom === undefined ? valueFor(row, field, state) : { entries: [custom.entry] };
		fields.push({ field, raw, condition: custom?.arrives });
		const { description, displayName, type } = field.property;
		const hint = description ?? displayName;
		return type === 'json' ? questions.whole(raw, place, hint) : questions.about(raw, place, hint);
	};
	const isGiven = ({ property }: Field): boolean => !(`${row.label}: ${property.name}` in LEFT_OUT || property.name in LEFT_OUT);
	const parameters: INodeParameters = { resource: row.resource.value, operation: row.operation.value };
	/** @param isWanted which members of a collection are given */
	const valueOf = (field: Field, place: string, isWanted: (member: Field) => boolean): NodeParameterValueType =>
		field.members === undefined
			? asked(field, place)
			: inSection(
					field,
					Object.fromEntries(
						field.members
							.filter(isWanted)
							.map((member) => [member.property.name, valueOf(member, `${place}_${member.property.name}`, isGiven)]),
					),
				);
	for (const field of row.operation.fields.filter(isGiven)) {
		const { name } = field.property;
		parameters[name] = valueOf(field, name, (member) => only?.includes(member.property.name) ?? isGiven(member));
	}
	return { parameters, answers: questions.answers, fields };
}
