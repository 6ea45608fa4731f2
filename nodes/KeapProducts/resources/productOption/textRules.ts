import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput } from '../../../shared/catalogue/operation/badInput';
import type { Call, Field } from '../../../shared/catalogue/operation/types';
import { inner } from '../../../shared/runtime/isRecord';

const SIGNS: readonly fields.Choice[] = [
	['NONE', 'Anything'],
	['LETTER', 'Letters'],
	['DIGIT', 'Digits'],
	['BOTH', 'Letters and Digits'],
];

/**
 * What a text that customers write has to be like.
 * @param within the object that Keap keeps it in: `text_rules.` of a new option, and none in an update
 */
export const textRules = (within: string): Field => fields.collection('textRules', 'Text Rules', rules(within), 'Add Rule');

const rules = (within: string): Field[] => [
	fields.boolean('allowSpaces', 'Allow Spaces', { key: `${within}allow_spaces`, description: 'Whether the text may have spaces in it' }),
	fields.text('errorMessage', 'Error Message', {
		key: `${within}error_message`,
		clearable: false,
		description: 'What customers read when their text breaks a rule',
	}),
	fields.number('maximumCharacters', 'Maximum Characters', {
		key: `${within}maximum_characters`,
		min: 0,
		whole: true,
		description: 'How long the text may be',
	}),
	fields.number('minimumCharacters', 'Minimum Characters', {
		key: `${within}minimum_characters`,
		min: 0,
		whole: true,
		description: 'How long the text has to be',
	}),
	...(['Contains', 'Ends', 'Starts'] as const).map((part) =>
		fields.options(`only${part === 'Contains' ? part : `${part}With`}`, `Only ${part === 'Contains' ? part : `${part} With`}`, {
			key: `${within}only_${part === 'Contains' ? 'contains' : `${part.toLowerCase()}_with`}`,
			clearable: false,
			choices: SIGNS,
			description: 'Which signs are allowed there',
		}),
	),
];

/** @throws BadInput when no text could be long and short enough */
export function checkCharacters({ body }: Call): void {
	const { minimum_characters: least, maximum_characters: most } = { ...body, ...inner(body.text_rules) };
	if (typeof least === 'number' && typeof most === 'number' && most < least)
		throw new BadInput('is less than Minimum Characters', 'Exchange the two, or correct one.', 'Maximum Characters');
}
