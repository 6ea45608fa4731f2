import { BadInput, shown } from '../operation/badInput';
import { countryOf } from './countries';

/** A locale as Keap writes it: `en_US`, also for `en-us`. @throws BadInput for what is no language and country */
export function locale(written: string): string {
	const [, language = '', country = ''] = /^([a-z]{2})[-_]([a-z]{2})$/i.exec(written.trim()) ?? [];
	const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
	if (language === '' || names.of(language) === undefined || countryOf(country)?.alpha2 !== country.toUpperCase()) {
		throw new BadInput(`is not a locale: ${shown(written)}`, 'A locale is a language and a country, such as en_US or de_AT.');
	}
	return `${language.toLowerCase()}_${country.toUpperCase()}`;
}
