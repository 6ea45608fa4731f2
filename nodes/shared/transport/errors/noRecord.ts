/** What follows the name of a parameter in Keap's paths, and how a person would call that. */
const BY: ReadonlyArray<readonly [end: RegExp, by: string]> = [
	[/_?id$/i, 'with the ID '],
	[/_?code$/i, 'with the code '],
	[/_?key$/i, 'with the key '],
];

/**
 * That Keap has no such record, in the same words wherever it turns out: for one item or many.
 *
 * @param path the path template: what is missing is taken to be the last record that it names
 * @returns undefined where the path names none
 */
export function noRecord(
	path: string,
	pathParams: Readonly<Record<string, string | number>>,
): { message: string; description: string } | undefined {
	const named = [...path.matchAll(/([A-Za-z]+)\/\{(\w+)\}/g)].flatMap(([, segment = '', parameter = '']) => {
		const value = pathParams[parameter];
		return value === undefined ? [] : [{ kind: kindOf(segment, parameter), by: byOf(parameter), value }];
	});
	const missing = named.at(-1);
	if (missing === undefined) return undefined;
	const above = named.slice(0, -1).map(({ kind, by, value }) => `the ${kind} ${by}${value}`);
	const within = above.length === 0 ? '' : ` It was looked for in ${above.join(' and ')}.`;
	return {
		message: `Keap has no ${missing.kind} ${missing.by}${missing.value}`,
		description: `It may have been deleted or merged into another one.${within} Check the ID, and that the key belongs to the account that holds the record.`,
	};
}

const byOf = (parameter: string): string => BY.find(([end]) => end.test(parameter))?.[1] ?? '';

/** `contact_id` is a contact, `tag_category_id` a tag category; an `id` is what the segment before it lists. */
function kindOf(segment: string, parameter: string): string {
	const end = BY.find(([one]) => one.test(parameter))?.[0];
	const own = end === undefined ? '' : parameter.replace(end, '');
	return own === '' ? singular(words(segment)) : words(own);
}

const words = (name: string): string =>
	name
		.replace(/([a-z])([A-Z])/g, '$1 $2')
		.replaceAll('_', ' ')
		.toLowerCase();

const singular = (plural: string): string =>
	plural
		.replace(/ies$/, 'y')
		.replace(/(ss|us|x|ch|sh)es$/, '$1')
		.replace(/([^su])s$/, '$1');
