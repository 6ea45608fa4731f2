import type { Field } from '../../nodes/shared/catalogue/operation/types';
import { defineLocator, OPAQUE } from '../../nodes/shared/locators/locator';

const search = async () => await Promise.resolve({ results: [] });
const options = { in: 'path', key: 'thing_id', required: true, description: 'The thing' } as const;
const numbered = defineLocator('searchThings', search).field('thingId', 'Thing', options);
const opaque = defineLocator('searchThings', search, OPAQUE).field('thingId', 'Thing', options);

/** Whether the editor lets a text pass for an ID. */
function editorTakes({ property }: Field, text: string): boolean {
	const validation = property.modes?.[1]?.validation?.[0];
	if (validation === undefined || !('properties' in validation)) throw new Error('The ID is not validated');
	const { regex } = validation.properties as { regex: string };
	return new RegExp(regex).test(text);
}

describe('a locator', () => {
	it('is picked from the list that its method searches, or named by its ID', () => {
		expect(numbered.property).toMatchObject({
			type: 'resourceLocator',
			required: true,
			default: { mode: 'list', value: '' },
			description: 'The thing',
		});
		const [list, byId] = numbered.property.modes ?? [];
		expect(list).toMatchObject({
			displayName: 'From List',
			name: 'list',
			typeOptions: { searchListMethod: 'searchThings', searchable: true },
		});
		expect(byId).toMatchObject({ displayName: 'By ID', name: 'id', type: 'string' });
	});

	it.each([
		['a number', '77', true, true],
		['a number with spaces around', ' 77 ', true, true],
		['letters and digits', '5f2b6c1e-7d3a', false, true],
		['a way up the path', '../7', false, false],
		['a path', '7/notes', false, false],
		['two', '7 8', false, false],
		['too many characters', '1'.repeat(65), false, false],
	])('takes %s (%j) for an ID alike in the editor and when it runs', (_what, text, asNumber, asOpaque) => {
		for (const [field, isTaken] of [
			[numbered, asNumber],
			[opaque, asOpaque],
		] as const) {
			expect(editorTakes(field, text)).toBe(isTaken);
			const encoded = (): unknown => field.encode?.({ __rl: true, mode: 'id', value: text });
			if (isTaken) expect(encoded()).toBe(text.trim());
			else expect(encoded).toThrow(expect.objectContaining({ name: 'BadInput' }));
		}
	});

	it('goes to the given target, as the ID alone', () => {
		expect(numbered.to).toEqual({ in: 'path', key: 'thing_id' });
		expect(numbered.encode?.({ __rl: true, mode: 'list', value: '77', cachedResultName: 'A thing' })).toBe('77');
		expect(numbered.encode?.(77)).toBe('77');
	});

	it('that is empty is refused where it is required, and not given elsewhere', () => {
		const optional = defineLocator('searchThings', search).field('thingId', 'Thing', { ...options, required: false });
		for (const raw of ['', { __rl: true, mode: 'list', value: '' }, { __rl: true, mode: 'id', value: null }]) {
			expect(() => numbered.encode?.(raw)).toThrow('is empty');
			expect(optional.encode?.(raw)).toBeUndefined();
		}
	});
});
