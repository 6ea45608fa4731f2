import fc from 'fast-check';
import { type CustomField, encodeCustomField } from '../../../nodes/shared/catalogue/customFields/customFieldModel';
import { BadInput } from '../../../nodes/shared/catalogue/operation/badInput';
import { checkedCustomFields } from '../../sandbox/handlers/customFieldRules';
import { RecordStore } from '../../sandbox/store/recordStore';
import { anyValue } from '../../support/anyValue';

const TYPES = [
	...['TEXT', 'TEXT_AREA', 'PHONE_NUMBER', 'NAME', 'URL', 'HOLOGRAM', 'EMAIL', 'YES_NO', 'DATE', 'DATE_TIME', 'CURRENCY', 'DECIMAL_NUMBER'],
	...['PERCENT', 'WHOLE_NUMBER', 'YEAR', 'USER', 'USER_LIST_BOX', 'DROPDOWN', 'RADIO', 'LIST_BOX'],
];
const CHOICES = ['Rye', 'Sourdough', 'Rolls, sweet'];
const CHOSEN = ['DROPDOWN', 'RADIO', 'LIST_BOX'];

const fieldOf = (type: string): CustomField => ({
	id: '7',
	label: 'Size',
	type,
	choices: CHOSEN.includes(type) ? CHOICES.map((label, index) => ({ id: String(index + 1), label })) : [],
});

/** What the sandbox, which was not written with the encoders, makes of a value that is sent. */
function stored(type: string, content: unknown): unknown {
	const model = new RecordStore();
	const options = CHOICES.map((label, index) => ({ id: String(index + 1), label }));
	model.add({ id: '7', label: 'Size', field_type: type, ...(CHOSEN.includes(type) && { options }) });
	return checkedCustomFields([{ id: '7', content }], model)[0]?.content;
}

describe('whatever is given to a custom field', () => {
	it.each(TYPES)('of the type %s is what Keap keeps, nothing, or says what is wrong', (type) => {
		fc.assert(
			fc.property(anyValue(['rye', 'Rolls, sweet', 'Rye,rolls, SWEET', 2, ['Rye', 2], '["Rye"]']), (raw) => {
				let content: unknown;
				try {
					content = encodeCustomField(fieldOf(type), raw);
				} catch (error) {
					expect(error).toBeInstanceOf(BadInput);
					expect(error).toMatchObject({ parameter: 'Custom Fields > Size' });
					return;
				}
				// Nothing is written for nothing: an empty content would empty the field.
				expect(content).not.toBe('');
				expect(content).not.toBeNull();
				if (content === undefined) return;
				if (Array.isArray(content)) expect(content.length).toBeGreaterThan(0);
				if (type !== 'USER_LIST_BOX') expect(stored(type, content)).toEqual(content);
			}),
			{ numRuns: 500 },
		);
	});
});
