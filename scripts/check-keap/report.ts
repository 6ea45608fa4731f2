import type { Result } from './run';

/** Takes out whatever a report must not hold, should a probe ever let it through: the key, addresses, links. */
export const clean = (text: string, apiKey: string): string =>
	(apiKey === '' ? text : text.replaceAll(apiKey, '***'))
		.replace(/\S+@\S+/g, '***')
		.replace(/https?:\/\/\S+/g, '***')
		.replace(/[|\r\n]+/g, ' ')
		.slice(0, 200);

const ORDER = ['different', 'unknown', 'as believed'] as const;

/** The results as a table of Markdown, those that need somebody's attention first; nothing in it says whose account it was. */
export function reportOf(results: readonly Result[], apiKey: string): string {
	const rows = ORDER.flatMap((verdict) =>
		results
			.filter((result) => result.verdict === verdict)
			.map(({ assumption, seen }) => `| ${assumption.id} | ${assumption.question} | ${verdict} | ${clean(seen, apiKey)} |`),
	);
	const count = (verdict: string) => results.filter((result) => result.verdict === verdict).length;
	return [
		'| check | question | verdict | seen |',
		'| --- | --- | --- | --- |',
		...rows,
		'',
		`${count('as believed')} as believed, ${count('different')} different, ${count('unknown')} unknown.`,
	].join('\n');
}
