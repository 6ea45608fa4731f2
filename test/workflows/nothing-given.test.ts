import type { GenericValue, INodeParameters } from 'n8n-workflow';

import type { Field } from '../../nodes/shared/catalogue/operation/types';
import { rawSamples } from '../catalogue/contract/samples';
import { allVariants, variantLabel, type Row } from '../catalogue/nodes';
import { startKeap, type Keap } from '../support/keap';
import { byId, errorsOf, errorText, itemsOf, on } from './helpers';

const NOTHING = '={{ $json.none }}';

/** n8n itself drops an expression in place of a list of entries. */
const isAsked = ({ property }: Field): boolean => property.required === true && property.type !== 'fixedCollection';
/** The parameters that are to be filled in, the one that chooses the variant aside, and those of the other of two ways to give something. */
const neededOf = ({ operation, variant }: Row): Field[] =>
	operation.fields.filter((field) => isAsked(field) && field.property.name !== variant?.by && field.property.displayOptions === undefined);

/** A row with a value in every parameter that needs one, and another value in one of them. */
function filledIn(row: Row, field: Field, value: GenericValue): INodeParameters {
	const needed = row.operation.fields.filter(({ property }) => property.required === true);
	const samples = Object.fromEntries(needed.map((one) => [one.property.name, rawSamples(one)[0]]));
	const { name, type } = field.property;
	return {
		resource: row.resource.value,
		operation: row.operation.value,
		...(samples as INodeParameters),
		...(row.variant && { [row.variant.by]: row.variant.value }),
		[name]: (type === 'resourceLocator' ? { __rl: true, mode: 'id', value } : value) as string,
	};
}

const cases = allVariants.flatMap((row) =>
	neededOf(row).map((field) => [variantLabel(row), field.property.displayName, row, field] as const),
);

/** One for all: nothing is sent. */
let keap: Keap;
beforeAll(async () => {
	keap = await startKeap();
});
afterAll(async () => await keap.close());

describe('an expression that comes to nothing', () => {
	it('is looked at in hundreds of parameters', () => expect(cases.length).toBeGreaterThan(400));

	it.each(cases)('%s names it: %s', async (_row, displayName, row, field) => {
		const said = `${displayName} is empty: the expression "{{ $json.none }}" came to nothing`;
		const parameters = filledIn(row, field, NOTHING);
		expect(errorText(await keap.run(parameters))).toContain(said);
		const result = await keap.run(
			parameters,
			itemsOf(11, () => ({})),
			{ onError: 'continueRegularOutput' },
		);
		expect(errorsOf(result.items('Keap'))).toEqual(Array.from({ length: 11 }, () => expect.stringContaining(said)));
		expect(keap.newCalls()).toEqual([]);
	});
});

const refuses = (validation: readonly unknown[]): boolean =>
	validation.some((rule) => !new RegExp((rule as { properties: { regex: string } }).properties.regex).test('ab c!'));

describe('what can be no ID', () => {
	const numbered = cases.filter(([, , , { property }]) => property.modes?.some(({ validation = [] }) => refuses(validation)));

	it.each(numbered)('%s says it once for %s, however many items there are', async (_row, _displayName, row, field) => {
		const run = keap.run(
			filledIn(row, field, 'ab c!'),
			itemsOf(11, () => ({})),
		);
		await expect(run).rejects.toThrow(/^The 'Keap' node has issues:\n- [^\n]*$/);
		expect(keap.newCalls()).toEqual([]);
	});

	it('is shown as it was given where a code or a name would do', async () => {
		const result = await keap.run(on('country')('get', { countryCode: byId('ab c!') }));
		expect(errorText(result)).toContain('Country is neither a code nor a name: "ab c!"');
	});
});
