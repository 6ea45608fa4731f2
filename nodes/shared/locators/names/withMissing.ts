import { groupBy } from '../../catalogue/batching/bundle';
import { folded } from '../../catalogue/fields/near';
import type { Call, Operation, Work } from '../../catalogue/operation/types';
import { cachedLookup, doubtOf, isCancelled } from '../../transport';
import { idOf, NoneNamed } from './matching';
import type { Maker, Named } from './named';

type Making = Named & { readonly maker: Maker };

/** What was found for each text: an ID, or the error that says why there is none. */
type Found = ReadonlyMap<string, string | Error>;

/** What the texts mean, and which items have them. */
interface Texts {
	readonly nameOf: (text: string) => string;
	readonly wanting: (text: string) => readonly Call[];
}

/**
 * Makes the records that names were looked for in vain, for the items that want it: one for each name, however many items have it and
 * however it is written. A node that stops at the first error makes none in a run that can't go on.
 */
export async function withMissing(work: Work, named: Making, found: Found, { nameOf, wanting }: Texts): Promise<Found> {
	const { option } = named.maker;
	const makers = (text: string): Call[] => wanting(text).filter(({ values }) => values[option.name] === true);
	const isMade = (text: string): boolean => found.get(text) instanceof NoneNamed && makers(text).length > 0;
	const missing = [...found.keys()].filter(isMade);
	if (missing.length === 0) return withOffer(found, option, wanting);
	const inTheWay = [...found].find(([text, result]) => result instanceof Error && !isMade(text))?.[1];
	if (inTheWay !== undefined && !work.context.continueOnFail())
		return new Map([...found, ...missing.map((text) => [text, inTheWay] as const)]);
	const made = await Promise.all(
		groupBy(missing, (text) => folded(nameOf(text))).map(async (texts): Promise<Array<[string, string | Error]>> => {
			const result = await makeOnce(work, named, nameOf(texts[0] ?? ''), texts.flatMap(makers));
			return texts.map((text) => [text, result]);
		}),
	);
	await named.maker.made?.(work.context);
	return new Map([...found, ...made.flat()]);
}

/** The errors, with the way to make what is missing where each operation that asked has it. */
const withOffer = (found: Found, option: Maker['option'], wanting: Texts['wanting']): Found =>
	new Map(
		[...found].map(([text, result]) => {
			if (!(result instanceof NoneNamed) || !wanting(text).every(({ operation }) => offers(operation, option.name))) return [text, result];
			const advice = `${result.advice ?? ''} Or let it be made: Options > ${option.displayName}.`;
			// An agent gives values and sees no switches.
			return [text, new NoneNamed(result.message, advice.trim(), result.parameter, result.advice, result.within)];
		}),
	);

const offers = ({ fields }: Pick<Operation, 'fields'>, name: string): boolean =>
	fields.some(({ property, members = [] }) => property.name === name || offers({ fields: members }, name));

/** Executions side by side share one request. One that may have been carried out is not made again by a further try of the run. */
async function makeOnce(work: Work, named: Making, name: string, calls: readonly Call[]): Promise<string | Error> {
	const part = `make ${named.one} ${folded(name)}`;
	for (const { item } of calls) {
		const settled = work.tries.recall(item, part);
		if (settled !== undefined && 'error' in settled) return settled.error;
	}
	const making = cachedLookup(work.context, part, async () => await named.maker.make(work, name));
	return await making.catch(async (error: Error) => {
		if (isCancelled(error) || work.signal.aborted) throw error;
		if (doubtOf(error) !== 'harmful') return (await madeMeanwhile(work, named, name)) ?? error;
		for (const { item } of calls) work.tries.keep(item, part, { error });
		return error;
	});
}

/** Keap refuses a second record of a name: one that another program has made since the list was read is the one that is meant. */
async function madeMeanwhile(work: Work, named: Making, name: string): Promise<string | undefined> {
	const options = await named.readAgain?.(work).catch(() => undefined);
	const id = options === undefined ? undefined : idOf(named, options, name);
	return typeof id === 'string' ? id : undefined;
}
