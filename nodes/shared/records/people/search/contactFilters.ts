import { plainText } from '../../../locators/prefixSearch';

/** Keap looks at those slots alone that are named. */
const PHONES = 'phone_fields==PHONE1,PHONE2,PHONE3,PHONE4,PHONE5;phone_number==';
/** With fewer digits it is no phone number that anybody would search by; Keap compares the whole number. */
const LEAST_DIGITS_OF_PHONE = 5;
/** From here on a whole number is rather a phone number than an ID. */
const USUAL_DIGITS_OF_PHONE = 7;
const MOST_DIGITS_OF_ID = 9;

const emailBegins = (text: string): string => `email==${text}*`;
const named = (given: string, family: string): string => `given_name==${given}*;family_name==${family}*`;
const distinct = (filters: readonly string[]): string[] => [...new Set(filters)];

/** The address alone, also of `Ada Adams <ada@adams.example>`, as mail programs copy it. */
export const addressIn = (text: string): string => (/<([^<>]*@[^<>]*)>/.exec(text)?.[1] ?? text).replace(/ /g, '');

/** Whether this is a number, however it is grouped; a text with a letter is a name or an address. */
const isNumber = (text: string): boolean => /\d/.test(text) && !/\p{L}/u.test(text);

/** `ada.work`, `info_`, `maria7`: one word that is rather the beginning of an address than a name. */
const beginsAddress = (word: string): boolean => /[\d_+]|\.[^.]/.test(word);

/** Words that a family name of several words begins with: *van Dyke*, *de la Cruz*. */
const PARTICLE = /^(?:af|al|av|bin|da|de|del|della|den|der|di|do|dos|du|el|la|le|mac|mc|san|st\.?|ten|ter|van|von|zu|zum|zur)$/i;

function byNumber(text: string): string[] {
	const digits = text.replace(/\D/g, '');
	const isId = /^[1-9]\d*$/.test(text) && digits.length <= MOST_DIGITS_OF_ID;
	const ids = isId ? [`ids==${text}`] : [];
	const phones = digits.length < LEAST_DIGITS_OF_PHONE && isId ? [] : [text, digits].map((number) => PHONES + number);
	return distinct(digits.length < USUAL_DIGITS_OF_PHONE ? [...ids, ...phones] : [...phones, ...ids]);
}

function byWords(words: readonly [string, string, ...string[]]): string[] {
	const [one, two] = words;
	const end = words.at(-1) ?? two;
	if (words.length === 2) return distinct([named(one, two), named(two, one)]);
	const family = words.findIndex((word) => PARTICLE.test(word));
	if (family === 0) return distinct([named(end, words.slice(0, -1).join(' ')), named(one, end)]);
	if (family > 0 && family < words.length - 1) return distinct([named(one, words.slice(family).join(' ')), named(one, end)]);
	// "Mary Jane Watson" has a second first name, "Ana García López" a second last name, "Watson Mary Jane" is written as in a register.
	return distinct([named(one, end), named(one, two), named(two, one)]);
}

/**
 * The filters to try for what somebody types to find a contact, the likeliest first. Each is a call, for Keap joins conditions by AND
 * only; the next one is tried only where those before have found nobody. `[]` for a text with nothing in it.
 */
export function contactFilters(typed: string): string[] {
	const text = plainText(typed);
	if (text === '') return [];
	if (text.includes('@')) return [emailBegins(addressIn(text))];
	if (isNumber(text)) return byNumber(text);
	// "Adams, Ada" is written as in a register.
	const [family = '', given = ''] = text.split(/ ?, ?/, 2);
	if (family !== '' && given !== '') return [named(given.split(' ', 1)[0] ?? given, family)];
	const [one = text, two, ...more] = (family === '' ? given : family).split(' ').filter((word) => word !== '');
	if (two !== undefined) return byWords([one, two, ...more]);
	const names = [`given_name==${one}*`, `family_name==${one}*`];
	return beginsAddress(one) ? [emailBegins(one), ...names] : [...names, emailBegins(one)];
}
