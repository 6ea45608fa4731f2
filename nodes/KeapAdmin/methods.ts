import type { INodeType } from 'n8n-workflow';

import { hookEvents } from '../shared/locators/hookEvents';
import { hooks } from '../shared/locators/hooks';

const locators = [hookEvents, hooks];

/** What the editor may call while somebody fills in the form. */
export const methods: NonNullable<INodeType['methods']> = {
	listSearch: Object.fromEntries(locators.map(({ method, search }) => [method, search])),
};
