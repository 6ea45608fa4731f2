import type { INodeProperties } from 'n8n-workflow';
import { allOperations } from '../sandbox/contract/operations';
import { variantsOf } from '../../nodes/shared/catalogue/operation/variants';
import { catalogueNodes, rowsOf } from './nodes';
import { alphabetical, canBeShownTogether, choicesOf, flatten, membersOf, type Parameter, sectionsOf } from './parameters';
import { descriptionFault, isSentenceCase, isTitleCase } from './wording';

/** A description travels to the browser whole; n8n's own largest are of this size. */
const MOST_BYTES = 150_000;

/** Kinds whose name, which is Keap's own label, says all there is to say; and those that only hold others. */
const NAMED_ENOUGH = new Set<string>(['string', 'dateTime', 'collection', 'fixedCollection', 'hidden']);

/** Others that need no word more. */
const SELF_EVIDENT = new Set(['Network', 'Operation', 'Order By', 'Resource']);

const inOrder = (names: readonly string[]): boolean =>
	names.every((name, index) => index === 0 || (names[index - 1] ?? '').localeCompare(name, 'en') <= 0);

/** Required at the top, or of a kind whose name leaves open what it does. A member of Filters is what a record is compared with. */
const needsDescription = ({ property, top }: Parameter): boolean =>
	(property === top && property.required === true) ||
	(!NAMED_ENOUGH.has(property.type) && !SELF_EVIDENT.has(property.displayName) && top.name !== 'filters');

describe.each(catalogueNodes)('the description of $name', ({ node, resources }) => {
	const { description } = node;
	const parameters = flatten(description.properties);
	const rows = rowsOf({ resources });

	/** The paths of the parameters that break a rule. */
	const breaking = (rule: (property: INodeProperties, parameter: Parameter) => boolean): string[] =>
		parameters.filter((parameter) => rule(parameter.property, parameter)).map(({ path }) => path);

	it('has names in title case', () => {
		const names = parameters.flatMap(({ property }) => [property.displayName, ...choicesOf(property).map(({ name }) => name)]);
		expect(names.filter((name) => !isTitleCase(name))).toEqual([]);
		expect(names.length).toBeGreaterThan(parameters.length);
	});

	it('has actions in sentence case, each of its own', () => {
		const actions = rows.map(({ operation }) => operation.action);
		expect(actions.filter((action) => !isSentenceCase(action))).toEqual([]);
		expect(new Set(actions).size).toBe(actions.length);
	});

	it('has descriptions that begin large and end as n8n has it', () => {
		const texts = [
			...parameters.flatMap(({ property }) => [
				property.description,
				property.hint,
				...choicesOf(property).map((choice) => choice.description),
			]),
			...rows.map(({ operation }) => operation.description),
			description.description,
		].filter((text) => text !== undefined);
		const faults = texts.map((text) => [text, descriptionFault(text)]).filter(([, fault]) => fault !== undefined);
		expect(faults).toEqual([]);
	});

	it('describes what a name leaves open', () => {
		expect(breaking((property, parameter) => needsDescription(parameter) && !property.description)).toEqual([]);
		expect(rows.filter(({ operation }) => operation.description === '' || operation.description === operation.action)).toEqual([]);
		expect(breaking(({ description: text, displayName }) => text === displayName)).toEqual([]);
	});

	it('begins what a switch does with "Whether"', () => {
		expect(breaking(({ type, description: text }) => type === 'boolean' && !text?.startsWith('Whether '))).toEqual([]);
	});

	it('lists everything by name', () => {
		const sorted = (property: INodeProperties): boolean =>
			inOrder(alphabetical(property).map(({ name }) => name)) &&
			(property.type !== 'collection' || inOrder(membersOf(property).map(({ displayName }) => displayName)));
		expect(breaking((property) => !sorted(property))).toEqual([]);
	});

	it('has defaults that can be chosen', () => {
		const values = (property: INodeProperties) => choicesOf(property).map(({ value }) => value);
		const isLoaded = ({ typeOptions }: INodeProperties): boolean => typeOptions?.loadOptionsMethod !== undefined;
		const hasNoChoice = (property: INodeProperties): boolean => !values(property).some((value) => value === property.default);
		expect(breaking((property) => property.type === 'options' && !isLoaded(property) && hasNoChoice(property))).toEqual([]);
		expect(breaking((property) => property.type === 'options' && isLoaded(property) && property.default !== '')).toEqual([]);
		expect(breaking((property) => property.type === 'multiOptions' && !Array.isArray(property.default))).toEqual([]);
		expect(breaking((property) => new Set(values(property)).size !== values(property).length)).toEqual([]);
	});

	it('takes no expression for the resource and the operation', () => {
		const selectors = description.properties.filter(({ name }) => name === 'resource' || name === 'operation');
		expect(selectors).toHaveLength(1 + resources.length);
		expect(selectors.filter(({ noDataExpression }) => noDataExpression !== true)).toEqual([]);
	});

	it('has each resource, and each operation of a resource, once', () => {
		const labels = rows.map(({ label }) => label);
		expect(new Set(labels).size).toBe(labels.length);
		expect(new Set(resources.map(({ value }) => value)).size).toBe(resources.length);
	});

	it('names lists Get Many, with Return All and Limit', () => {
		expect(
			rows.filter(({ operation }) => (operation.name === 'Get Many') !== (operation.value === 'getAll')).map(({ label }) => label),
		).toEqual([]);
		const listing = rows.filter(({ operation }) => operation.answer === 'records' || operation.value === 'getAll');
		expect(listing.length).toBeGreaterThan(0);
		for (const { label, operation } of listing) {
			const [returnAll, limit] = ['returnAll', 'limit'].map(
				(name) => operation.fields.find(({ property }) => property.name === name)?.property,
			);
			expect([label, returnAll?.default, limit?.default, limit?.typeOptions?.minValue]).toEqual([label, false, 50, 1]);
			expect(limit?.displayOptions?.show?.returnAll).toEqual([false]);
		}
	});

	it('waits for a record only where Keap gives one', () => {
		const facts = new Map(allOperations().map((fact) => [`${fact.method} ${fact.path}`, fact]));
		const asked = rows.flatMap((row) => variantsOf(row.operation).map((operation) => ({ ...row, operation })));
		const waiting = asked.filter(
			({ operation: { answer = 'record', bundledWrite, perform } }) =>
				answer === 'record' && (bundledWrite === undefined || perform !== undefined),
		);
		const wordless = waiting.filter(
			({ operation: { method, path } }) => facts.get(`${method} ${path}`)?.response === undefined && facts.has(`${method} ${path}`),
		);
		// Keap's list of events is read as a list by the row's own function.
		expect(wordless.map(({ label }) => label)).toEqual(node.description.name === 'keapAdmin' ? ['hook: getEventTypes'] : []);
	});

	it('shows what is required before what is not, and what is chosen among before what depends on it', () => {
		const conditions = ({ displayOptions: { show = {} } = {} }: INodeProperties): string[] =>
			Object.keys(show).filter((name) => name !== 'resource' && name !== 'operation');
		const problems = rows.flatMap(({ label, resource, operation }) => {
			const shown = description.properties.filter(
				({ displayOptions: { show } = {} }) => show?.resource?.includes(resource.value) && show.operation?.includes(operation.value),
			);
			const choosers = new Set(shown.flatMap(conditions));
			const always = shown.filter((property) => conditions(property).length === 0 && !choosers.has(property.name));
			const marks = always.map(({ required = false }) => required);
			const isLate = marks.includes(false) && marks.indexOf(false) < marks.lastIndexOf(true);
			const names = shown.map(({ name }) => name);
			const early = shown.filter((property, index) => conditions(property).some((chooser) => names.indexOf(chooser) > index));
			return [...(isLate ? [`${label}: ${names.join(', ')}`] : []), ...early.map(({ name }) => `${label}: ${name} is too early`)];
		});
		expect(problems).toEqual([]);
	});

	it('shows no two parameters of one name at once', () => {
		const top = description.properties;
		const clashes = top.flatMap((one, index) =>
			top
				.slice(index + 1)
				.filter((other) => other.name === one.name && canBeShownTogether(one, other))
				.map(() => one.name),
		);
		expect(clashes).toEqual([]);
	});

	it('has each name once inside a collection', () => {
		const namesIn = (property: INodeProperties): string[][] =>
			[membersOf(property), ...sectionsOf(property).map(({ values }) => values)].map((inner) => inner.map(({ name }) => name));
		expect(breaking((property) => namesIn(property).some((names) => new Set(names).size !== names.length))).toEqual([]);
		expect(parameters.flatMap(({ property }) => namesIn(property).flat())).not.toEqual([]);
	});

	it('asks for what chooses a variant before the lists that depend on it', () => {
		const shownFor = (resource: string, operation: string) =>
			description.properties.filter(({ displayOptions }) => {
				const { resource: resources = [], operation: operations = [] } = displayOptions?.show ?? {};
				return (resources as unknown[]).includes(resource) && (operations as unknown[]).includes(operation);
			});
		const first = rows
			.filter(({ operation }) => operation.variants !== undefined)
			.map(({ label, resource, operation }) => [label, shownFor(resource.value, operation.value)[0]?.name, operation.variants?.by]);
		expect(first.filter(([, name, by]) => name !== by)).toEqual([]);
		if (node.description.name === 'keapAdmin') expect(first).not.toEqual([]);
	});

	it('can name every record by list and by ID', () => {
		const locators = parameters.filter(({ property }) => property.type === 'resourceLocator');
		expect(locators.length).toBeGreaterThan(0);
		// Whatever is offered by name once is so everywhere.
		const named = new Set(
			locators
				.filter(({ property }) => property.modes?.some(({ name }) => name === 'name'))
				.map(({ property }) => property.modes?.[0]?.typeOptions?.searchListMethod ?? ''),
		);
		for (const { path, property, top } of locators) {
			const modes = (property.modes ?? []).map(({ displayName, name, type }) => [displayName, name, type]);
			expect([path, modes, property.default]).toEqual([
				path,
				[
					['From List', 'list', 'list'],
					['By ID', 'id', 'string'],
					...(property.modes?.[0]?.typeOptions?.searchListMethod === 'searchContacts'
						? [
								['By Email', 'email', 'string'],
								['By Email, the Oldest', 'oldestByEmail', 'string'],
							]
						: []),
					...(named.has(property.modes?.[0]?.typeOptions?.searchListMethod ?? '') ? [['By Name', 'name', 'string']] : []),
				],
				{ mode: 'list', value: '' },
			]);
			// Inside a collection the encoder alone checks the ID: the description stays small.
			expect(property.modes?.[1]?.validation ?? []).toHaveLength(property === top ? 1 : 0);
		}
	});

	it('has one form of ID for all parameters of one name: n8n holds a value to every one of them, shown or not', () => {
		const forms = new Map<string, Set<string>>();
		for (const { modes, name } of description.properties)
			for (const mode of modes ?? []) forms.set(name, (forms.get(name) ?? new Set()).add(JSON.stringify(mode.validation ?? [])));
		// One for the list, which has none, and one for the ID.
		expect([...forms].filter(([, found]) => found.size > 2).map(([name]) => name)).toEqual([]);
		expect(forms.size).toBeGreaterThan(0);
	});

	it('registers every method that it names, and no other', () => {
		const named = {
			listSearch: parameters.flatMap(({ property }) => (property.modes ?? []).map(({ typeOptions }) => typeOptions?.searchListMethod)),
			loadOptions: parameters.map(({ property }) => property.typeOptions?.loadOptionsMethod),
			resourceMapping: parameters.map(({ property }) => property.typeOptions?.resourceMapper?.resourceMapperMethod),
		};
		const { listSearch, loadOptions, resourceMapping } = node.methods ?? {};
		const registered = Object.entries({ listSearch, loadOptions, resourceMapping }).map(([kind, methods]) => [
			kind,
			Object.keys(methods ?? {}).sort(),
		]);
		const used = Object.entries(named).map(([kind, names]) => [kind, [...new Set(names.filter((name) => name !== undefined))].sort()]);
		expect(registered).toEqual(used);
	});

	it('is light enough for the browser, and plain', () => {
		const json = JSON.stringify(description);
		expect(Buffer.byteLength(json)).toBeLessThan(MOST_BYTES);
		expect(json.match(/\p{Extended_Pictographic}/gu) ?? []).toEqual([]);
	});
});
