import type { IDataObject } from 'n8n-workflow';

import { BadInput, shown } from '../../catalogue/operation/badInput';
import { located, text } from '../../catalogue/fields/encode';
import { nameLabel } from '../../locators/labels';
import { defineRecord } from '../kind/record';

/** Keap takes letters and digits only. @throws BadInput for anything else */
export function encodeOptionKey(raw: unknown): string | undefined {
	const key = text()(located(raw));
	if (key === undefined || /^[A-Za-z0-9]+$/.test(key)) return key;
	throw new BadInput(`is not a key: ${shown(key)}`, 'The key of an opt-in option has letters and digits only, such as newsletter.');
}

/** What visitors of a WordPress site can sign up for; a goal in Keap waits for each. Keap knows them by a key. */
export const wordPressOptIns = defineRecord({
	// Without the hyphen, which n8n's linter takes for a mistake in the names of actions.
	one: 'opt in option',
	path: '/crm/rest/v2/integrations/wordpress/options',
	records: 'wordpress_opt_in_options',
	parameter: 'optionKey',
	id: 'option_key',
	unpaged: true,
	expects: ['key'],
	label: nameLabel('name'),
	findBy: { by: 'list', inside: ({ key, name }) => [{ id: key, name } as IDataObject] },
	idForm: {
		example: 'newsletter',
		regex: '^\\s*[A-Za-z0-9]*\\s*$',
		errorMessage: 'A key has letters and digits only',
		encode: encodeOptionKey,
	},
});
