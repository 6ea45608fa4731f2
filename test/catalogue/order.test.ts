import { nodes } from '../../nodes';
import { inOrder } from '../../nodes/shared/catalogue/order';
import { toProperties } from '../../nodes/shared/catalogue/properties';

const named = (name: string, type: 'string' | 'collection' = 'string') => ({ property: { displayName: name, name, type, default: '' } });
const names = (all: ReadonlyArray<{ property: { name: string } }>) => all.map(({ property }) => property.name).join(' ');

describe('the order of the parameters', () => {
	const [given, family, required] = [named('given'), named('family'), named('email')];

	it('is on each form that of its row, whichever row names a parameter first', () => {
		expect(
			names(
				inOrder(
					[given, family, required],
					[
						[given, family],
						[required, given, family],
					],
				),
			),
		).toBe('email given family');
	});

	it('takes what came first where two rows contradict each other', () => {
		expect(
			names(
				inOrder(
					[given, family],
					[
						[given, family],
						[family, given],
					],
				),
			),
		).toBe('given family');
	});

	it("puts the values for an update before the account's own fields, those before the rarer ones, and what comes out behind all", () => {
		const rarer = named('additionalFields', 'collection');
		const update = named('updateFields', 'collection');
		const form = [named('options'), named('output'), rarer, named('setCustomFields'), update, given];
		expect(names(inOrder(form, [form]))).toBe('given updateFields setCustomFields additionalFields output options');
	});

	const PLACED =
		/^(output|outputFields|setCustomFields|customFields|options|filters|customFieldFilters|additionalFields|updateFields|returnAll|limit)$/;

	it.each(nodes.flatMap(({ name, resources }) => (resources === undefined ? [] : [[name, resources] as const])))(
		'of %s is on every form that of the row, the variant and the record first, but for what has a place of its own',
		(_name, resources) => {
			const properties = toProperties(resources);
			for (const { value, operations } of resources) {
				for (const operation of operations) {
					const shown = properties.filter(({ displayOptions: { show } = {} }) =>
						[
							[show?.resource, value],
							[show?.operation, operation.value],
						].every(([all, one]) => Array.isArray(all) && all.includes(one as string)),
					);
					const lead = ({ to, property }: (typeof operation.fields)[number]) =>
						property.name === operation.variants?.by ? 0 : to?.in === 'path' ? 1 : 2;
					const asInRow = [...operation.fields].sort((a, b) => lead(a) - lead(b));
					const plain = (all: readonly string[]) => all.filter((one) => !PLACED.test(one));
					expect([value, operation.value, plain(shown.map((property) => property.name))]).toEqual([
						value,
						operation.value,
						plain(asInRow.map(({ property }) => property.name)),
					]);
				}
			}
		},
	);
});
