import { isRecord } from '../../runtime/isRecord';

/** Names under which APIs say where a list goes on. Keap's own are `next_page_token`, in version 1 `next`, and `page_token` in reports. */
const NAMES = /^(next|cursor|continu|has_?(more|next)|more_|is_?truncated$)|token$|cursor$|_next$/i;
/** Where the changes go on that come after this list, and not the list. */
const SYNC = 'sync_token';
/** Names of what may hold them. */
const HOLDERS = /^(_?links?|paging|pagination|page|page_?info|_?meta(data)?)$/i;

/**
 * Where an answer says that its list goes on, under whatever name.
 *
 * @param known names that the caller has read, and whose value was none
 * @returns the name, such as `paging.next`; `undefined` where nothing says so
 */
export function namesNextPage(body: unknown, known: readonly string[] = []): string | undefined {
	if (!isRecord(body)) return undefined;
	for (const [name, value] of Object.entries(body)) {
		if (known.includes(name) || name === SYNC) continue;
		if (NAMES.test(name.slice(0, 100)) && isFilled(value)) return name;
		if (!HOLDERS.test(name)) continue;
		const links = Array.isArray(value) ? value : [value];
		for (const link of links.slice(0, 20)) {
			const inner = isNextLink(link) ? 'next' : namesNextPage(link);
			if (inner !== undefined) return `${name}.${inner}`;
		}
	}
	return undefined;
}

/** `{rel: 'next', href: …}` */
const isNextLink = (link: unknown): boolean => isRecord(link) && link.rel === 'next' && isFilled(link.href ?? link.url);

/** A token, a link, a number or a yes. An object is one if anything is in it; a list is none, for records may be called so. */
function isFilled(value: unknown): boolean {
	if (isRecord(value)) return Object.keys(value).length > 0;
	return value === true || (typeof value === 'string' && value.trim() !== '') || (typeof value === 'number' && value > 0);
}

/** Names under which an answer may say how many records its list has. */
const TOTALS = ['count', 'total', 'total_count', 'totalCount', 'total_records', 'total_results', 'total_size', 'totalSize'] as const;

/** How many records a list has, as its answer says itself, in whichever words; `undefined` where it says nothing. */
export function totalOf(body: unknown): number | undefined {
	if (!isRecord(body)) return undefined;
	const total = TOTALS.map((name) => body[name]).find((value) => Number.isSafeInteger(numberIn(value)));
	return total === undefined ? undefined : numberIn(total);
}

const numberIn = (value: unknown): number =>
	typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : typeof value === 'number' ? value : NaN;
