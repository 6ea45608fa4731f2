import type { Handler } from '../../types';
import { CONFIGURATION_HANDLERS } from './configuration';
import { CUSTOM_FIELD_HANDLERS } from './customFieldModels';
import { LOCALE_HANDLERS } from './locales';
import { REPORT_HANDLERS } from './reports';
import { WORDPRESS_HANDLERS } from './wordPress';

/** How the account itself is set up. */
export const ADMIN_HANDLERS: Readonly<Record<string, Handler>> = {
	...CONFIGURATION_HANDLERS,
	...CUSTOM_FIELD_HANDLERS,
	...LOCALE_HANDLERS,
	...REPORT_HANDLERS,
	...WORDPRESS_HANDLERS,
};
