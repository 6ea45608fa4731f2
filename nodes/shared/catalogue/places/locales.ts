import { BadInput, shown } from '../operation/badInput';
import { countryOf } from './countries';

/** Languages by the countries in which Keap's users have contacts; any other one can be written, too. */
const COUNTRIES: Readonly<Record<string, string>> = {
	ar: 'AE SA',
	cs: 'CZ',
	da: 'DK',
	de: 'AT CH DE',
	el: 'GR',
	en: 'AU CA GB IE IN NZ SG US ZA',
	es: 'AR CL CO ES MX PE US',
	fi: 'FI',
	fr: 'BE CA CH FR',
	he: 'IL',
	hi: 'IN',
	hu: 'HU',
	id: 'ID',
	it: 'CH IT',
	ja: 'JP',
	ko: 'KR',
	ms: 'MY',
	nb: 'NO',
	nl: 'BE NL',
	pl: 'PL',
	pt: 'BR PT',
	ro: 'RO',
	ru: 'RU',
	sv: 'SE',
	th: 'TH',
	tr: 'TR',
	uk: 'UA',
	vi: 'VN',
	zh: 'CN HK TW',
};

export const LOCALES: readonly string[] = Object.entries(COUNTRIES).flatMap(([language, countries]) =>
	countries.split(' ').map((country) => `${language}_${country}`),
);

/** `English (United States)` for `en_US`. */
export const nameOfLocale = (code: string): string =>
	new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' }).of(code.replace('_', '-')) ?? code;

/** A locale as Keap writes it: `en_US`, also for `en-us`. @throws BadInput for what is no language and country */
export function locale(written: string): string {
	const [, language = '', country = ''] = /^([a-z]{2})[-_]([a-z]{2})$/i.exec(written.trim()) ?? [];
	const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
	if (language === '' || names.of(language) === undefined || countryOf(country)?.alpha2 !== country.toUpperCase()) {
		throw new BadInput(`is not a locale: ${shown(written)}`, 'A locale is a language and a country, such as en_US or de_AT.');
	}
	return `${language.toLowerCase()}_${country.toUpperCase()}`;
}
