import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeHelpers, type INode, type INodeParameters, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import { OPERATIONS } from '../../convert/operations';
import type { OperationRule, Parameters } from '../../convert/types';
import { convertWorkflow } from '../../convert/workflow';
import { nodes as ours } from '../../nodes';
import type { Golden } from '../catalogue/golden';
import { PROJECT_ROOT } from '../support/engine-libraries';

/** What n8n's own package says of its nodes. */
const baseNodes = JSON.parse(
	readFileSync(join(PROJECT_ROOT, 'node_modules/n8n-nodes-base/dist/types/nodes.json'), 'utf8'),
) as INodeTypeDescription[];
const older = (wanted: string): INodeTypeDescription => baseNodes.find(({ name }) => name === wanted)!;
const KEAP = older('keap');

const golden = new Map(
	readdirSync(join(PROJECT_ROOT, 'test/catalogue/golden')).map((file) => [
		file.replace('.json', ''),
		JSON.parse(readFileSync(join(PROJECT_ROOT, 'test/catalogue/golden', file), 'utf8')) as Golden,
	]),
);

/** The older node's operations, by their values. */
const operations = KEAP.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ displayOptions, options = [] }) =>
		(displayOptions?.show?.resource ?? []).flatMap((resource) =>
			options.map((option) => ({ resource: String(resource), operation: String('value' in option ? option.value : '') })),
		),
	);

const shownIn = ({ displayOptions }: INodeProperties, parameters: Parameters): boolean =>
	Object.entries(displayOptions?.show ?? {}).every(([name, values]) => (values ?? []).some((value) => value === parameters[name]));

/** A value that somebody could have filled in. */
function filled(property: INodeProperties): unknown {
	const { type, options = [], name } = property;
	const values = options.flatMap((option) => ('value' in option ? [option.value] : []));
	if (type === 'boolean') return true;
	if (type === 'number') return 7;
	if (type === 'dateTime') return '2026-03-01T10:00:00Z';
	if (type === 'options') return values.at(-1) ?? 'loaded';
	if (type === 'multiOptions') return ['7'];
	if (type === 'collection') return Object.fromEntries((options as INodeProperties[]).map((inner) => [inner.name, filled(inner)]));
	if (type === 'fixedCollection')
		return Object.fromEntries(
			options.flatMap((group) =>
				'values' in group ? [[group.name, [Object.fromEntries(group.values.map((inner) => [inner.name, filled(inner)]))]]] : [],
			),
		);
	return /Ids?$/.test(name) ? '7' : `some ${name}`;
}

/** Parameters of an operation with everything filled in that its form has. */
function everything(resource: string, operation: string, first: Parameters = {}): Parameters {
	const parameters: Parameters = { resource, operation, ...first };
	for (const property of KEAP.properties) {
		if (property.name in parameters || !shownIn(property, parameters)) continue;
		parameters[property.name] = filled(property);
	}
	return parameters;
}

const convert = (type: string, parameters: Parameters) => {
	const node = { id: '1', name: 'Keap', type, typeVersion: 1, position: [0, 0], parameters, credentials: { keapOAuth2Api: { id: '1' } } };
	const { workflow, nodes } = convertWorkflow({ nodes: [node], connections: {} });
	return { node: workflow.nodes[0]!, report: nodes[0]! };
};

/** The parameters with a single field in each entry of a list. */
const sparse = (parameters: Parameters): Parameters =>
	Object.fromEntries(
		Object.entries(parameters).map(([name, value]) => {
			if (!name.endsWith('Ui')) return [name, value];
			const groups = Object.entries(value as Record<string, Array<Record<string, unknown>>>);
			return [name, Object.fromEntries(groups.map(([group, entries]) => [group, entries.map((entry) => firstOf(entry))]))];
		}),
	);
const firstOf = (entry: Record<string, unknown>) => Object.fromEntries(Object.entries(entry).slice(0, 1));

/** A node of ours by its type. */
const typeOf = (type: string) => {
	const { type: Type } = ours.find(({ name }) => `n8n-nodes-keap.${name.charAt(0).toLowerCase()}${name.slice(1)}` === type)!;
	return new Type();
};

/** The parameters with the defaults that n8n leaves out of what it stores. */
const inFull = (description: INodeTypeDescription, parameters: Parameters): Parameters =>
	NodeHelpers.getNodeParameters(
		description.properties,
		parameters as INodeParameters,
		true,
		false,
		{ typeVersion: 1 } as unknown as INode,
		description,
	) as Parameters;

/** Dotted names of what is set. */
const namesIn = (value: unknown, name = ''): string[] => {
	if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, name));
	if (typeof value !== 'object' || value === null || '__rl' in value) return [name];
	return Object.entries(value).flatMap(([key, inner]) => namesIn(inner, name === '' ? key : `${name}.${key}`));
};

describe("n8n's older Keap node", () => {
	it('has an operation of ours for each of its own', () => {
		expect(operations).toHaveLength(28);
		expect(operations.map(({ resource, operation }) => `${resource}.${operation}`).sort()).toEqual(
			Object.keys(OPERATIONS)
				.filter((name) => name !== 'trigger')
				.sort(),
		);
	});

	it.each(operations)('$resource, $operation: every parameter goes somewhere, or is named', ({ resource, operation }) => {
		for (const first of resource === 'file' && operation === 'upload'
			? [{ binaryData: true, fileAssociation: 'contact' }, { binaryData: false }]
			: [{}]) {
			const parameters = everything(resource, operation, first);
			const { node, report } = convert('n8n-nodes-base.keap', parameters);
			const rule = OPERATIONS[`${resource}.${operation}`]!;
			const known = golden.get(rule.node)!.parameters[String(rule.fixed.resource)]![String(rule.fixed.operation)]!;
			const set = namesIn(node.parameters).filter((name) => !['resource', 'operation'].includes(name));
			expect(set.filter((name) => !(name in known))).toEqual([]);
			expect(unsaid(rule, parameters, report.changed, report.look)).toEqual([]);
			expect(node).not.toHaveProperty('credentials');
		}
	});

	it.each(operations)('$resource, $operation: what ours asks for and the older form did not is named', ({ resource, operation }) => {
		const given = Object.fromEntries(
			KEAP.properties
				.filter((property) => property.required === true && shownIn(property, { resource, operation }))
				.map((property) => [property.name, filled(property)]),
		);
		const { node, report } = convert('n8n-nodes-base.keap', { ...given, resource, operation });
		const { properties } = typeOf(node.type).description;
		const defaults = Object.fromEntries(
			properties.filter(({ name }) => !(name in node.parameters)).map(({ name, default: value }) => [name, value]),
		);
		const asked = properties.filter((property) => property.required === true && shownIn(property, { ...defaults, ...node.parameters }));
		const empty = asked.filter(
			(property) => !(property.name in node.parameters) && (property.default === '' || typeof property.default === 'object'),
		);
		expect(empty.map(({ name }) => name).filter((name) => !report.look.some((line) => line.startsWith(`${name} is empty`)))).toEqual([]);
	});

	it.each(operations)('$resource, $operation: means the same without the defaults, which n8n does not store', ({ resource, operation }) => {
		const filledIn = everything(resource, operation);
		for (const whole of [inFull(KEAP, filledIn), inFull(KEAP, sparse(filledIn)), inFull(KEAP, { resource, operation })]) {
			// The older node's default here is the text that says what the field is for.
			if (/^Tag IDs, multiple/.test(String(whole.tagIds))) whole.tagIds = '';
			const stored = NodeHelpers.getNodeParameters(KEAP.properties, whole as INodeParameters, false, false, null, KEAP) as Parameters;
			const [fromWhole, fromStored] = [whole, stored].map((parameters) => convert('n8n-nodes-base.keap', parameters));
			const { description } = typeOf(fromWhole!.node.type);
			expect(inFull(description, fromStored!.node.parameters)).toEqual(inFull(description, fromWhole!.node.parameters));
		}
	});

	it.each(operations)('$resource, $operation: each choice is one that ours has', ({ resource, operation }) => {
		const { node, fixed, fields, lists = {}, order } = OPERATIONS[`${resource}.${operation}`]!;
		const known = golden.get(node)!.parameters[String(fixed.resource)]![String(fixed.operation)]!;
		const choices = (name: string): string[] => (/\[([^\]]*)\]/.exec(known[name] ?? '')?.[1] ?? '').split(',');
		const rules = [
			...Object.values(fields),
			...Object.values(lists).flatMap(({ to, fields: members }) =>
				Object.values(members).map((rule) => ('to' in rule ? { ...rule, to: `${to}.entries.${rule.to}` } : rule)),
			),
		];
		for (const rule of rules) {
			if (!('to' in rule) || typeof rule.form !== 'object' || !known[rule.to]!.startsWith('options')) continue;
			expect(choices(rule.to)).toEqual(expect.arrayContaining(Object.values(rule.form)));
		}
		if (order !== undefined)
			expect(choices('options.orderBy')).toEqual(expect.arrayContaining(Object.values(order.columns).map((column) => `${column} asc`)));
	});

	it('and its trigger', () => {
		const trigger = older('keapTrigger');
		expect(trigger.properties.map(({ name }) => name)).toEqual(['eventId', 'rawData']);
		const { node } = convert('n8n-nodes-base.keapTrigger', { eventId: 'contact.add', rawData: true });
		expect(node).toMatchObject({
			type: 'n8n-nodes-keap.keapTrigger',
			parameters: { events: ['contact.add'], items: 'deliveries', fetchRecord: false },
		});
		const { type: Trigger } = ours.find(({ name }) => name === 'KeapTrigger')!;
		const names = new Trigger().description.properties.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(Object.keys(node.parameters)));
	});
});

/** Parameters that neither went anywhere nor were spoken of. */
function unsaid(
	{ fields, lists = {}, order }: OperationRule,
	parameters: Parameters,
	changed: readonly string[],
	look: readonly string[],
): string[] {
	const given = namesIn(parameters).filter((name) => !['resource', 'operation'].includes(name));
	const said = [...changed, ...look].join('\n');
	return given.filter((name) => {
		if (order !== undefined && [`${order.in}.order`, `${order.in}.orderDirection`].includes(name)) return !said.includes('order');
		if (name.startsWith('attachmentsUi')) return !said.includes('attachmentsUi');
		const list = Object.entries(lists).find(([prefix]) => name.startsWith(`${prefix}.`));
		if (list === undefined) return fields[name] === undefined;
		const [prefix, { fields: parts, slots }] = list;
		const part = name.slice(prefix.length + 1);
		// The slot of an entry is the name of its parameter.
		if (slots !== undefined && [slots.by, slots.only].includes(part)) return !said.includes(prefix);
		return parts[part] === undefined;
	});
}
