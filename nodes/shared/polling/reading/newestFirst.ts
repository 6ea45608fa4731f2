import type { IDataObject } from 'n8n-workflow';

import type { Position } from '../../transport/pages';
import { type Change, isFresh, type Pass, type Progress, type TrailPage } from '../checkpoint/checkpoint';
import { LARGE_PAGE, SMALL_PAGE } from '../list/polledList';
import { atOrAbove, thinned } from './trail';
import type { ListReader, ReadPage } from './listReader';

type Trail = Extract<Progress, { trail: readonly TrailPage[] }>;

/** A small page has room for this many remembered records and for what is usually new. */
const FEW = 80;

/**
 * From the newest record down, page by page, to the watermark. The oldest changes are delivered first. When that takes more
 * than one poll, the pages passed are remembered as a trail: the next polls go on downwards, and then, from the oldest page
 * up, read only the pages from which they deliver.
 */
export async function readNewestFirst(reader: ListReader): Promise<Pass<IDataObject>> {
	const { progress } = reader.checkpoint;
	const trail = progress !== undefined && 'trail' in progress ? progress : undefined;
	if (trail?.start !== undefined) return await upTheTrail(reader, trail.trail, trail.start, trail.sure);
	return await downToTheWatermark(reader, trail);
}

async function downToTheWatermark(reader: ListReader, going?: Trail): Promise<Pass<IDataObject>> {
	const { watermark, delivered } = reader.checkpoint;
	let size = going === undefined && delivered.size <= FEW ? SMALL_PAGE : LARGE_PAGE;
	let walk = new Walk(reader, going?.trail);
	let token = going?.next;
	for (;;) {
		const page = await walk.page(token, size, token !== undefined && token === going?.next);
		if (page === 'gone') return await downToTheWatermark(reader);
		if (page === undefined) {
			// Only the newest changes have been read, and the oldest go first: nothing is delivered yet.
			const progress = token === undefined ? undefined : { trail: thinned(walk.trail), next: token };
			return { ...reader.passOf({ reach: watermark - 1, whole: false, resume: () => progress }), changes: [], passed: new Map() };
		}
		if (walk.isAtWatermark(page) || page.next === undefined) {
			return walk.passOf(going !== undefined, (lowestLeft) => {
				if (lowestLeft === undefined && going === undefined) return undefined;
				return walk.trail.length < 2
					? undefined
					: { trail: thinned(walk.trail), start: atOrAbove(walk.trail, lowestLeft ?? walk.first - 1), sure: walk.sureTo };
			});
		}
		token = page.next;
		if (size === SMALL_PAGE) [size, token, walk] = [LARGE_PAGE, undefined, new Walk(reader)];
	}
}

async function upTheTrail(reader: ListReader, trail: readonly TrailPage[], start: number, sure = -Infinity): Promise<Pass<IDataObject>> {
	const { watermark } = reader.checkpoint;
	const pagesAtOnce = Math.max(1, Math.ceil(reader.limit / LARGE_PAGE));
	for (let first = start - pagesAtOnce + 1; first > 0; first -= pagesAtOnce) {
		const walk = new Walk(reader, trail, first);
		let token: Position | undefined = trail[first]?.[0] ?? undefined;
		for (let isFirst = true; ; isFirst = false) {
			const page = await walk.page(token, LARGE_PAGE, isFirst);
			if (page === 'gone') return await downToTheWatermark(reader);
			const same = { trail, start: first + pagesAtOnce - 1, ...(Number.isFinite(sure) && { sure }) };
			if (page === undefined)
				return { ...reader.passOf({ reach: watermark - 1, whole: false, resume: () => same }), changes: [], passed: new Map() };
			const isPassed = page.fresh === 0 && (page.changes.at(-1)?.position ?? Infinity) <= sure;
			if (walk.isAtWatermark(page) || isPassed || page.next === undefined) break;
			token = page.next;
		}
		if (!reader.isQuiet)
			return walk.passOf(true, (lowestLeft) =>
				lowestLeft === 0 ? undefined : { trail, start: lowestLeft ?? first - 1, sure: Math.max(sure, walk.sureTo) },
			);
	}
	return await downToTheWatermark(reader);
}

/** Consecutive pages read by one poll, and up to where the changes on them are known to be complete. */
class Walk {
	readonly trail: TrailPage[];
	/** The index in the trail of the first page. */
	readonly first: number;
	private index: number;
	private readonly pageOf = new Map<string, number>();
	/**
	 * The list changes while its pages are read, so a record may be missed where two pages meet. Such a gap is open when the
	 * upper page ends with an undelivered record. It closes at the first record that was delivered earlier: the poll that
	 * delivered that one had also read what lies below it, so nothing further down can be missing.
	 */
	private slips = { isAfterFresh: false, isOpen: false, sureTo: Infinity };
	private top = Infinity;
	private hasPositions = false;

	/** @param at index of the first page in a trail that is known already; without it pages are added to its end */
	constructor(
		private readonly reader: ListReader,
		trail: readonly TrailPage[] = [],
		private readonly at?: number,
	) {
		this.trail = [...trail];
		this.first = at ?? trail.length;
		this.index = this.first;
		this.hasPositions = trail.length > 0;
		// Pages above were read by earlier polls, and their records are no longer in memory.
		this.slips.isAfterFresh = trail.length > 0 && at === undefined;
	}

	/** @param isRemembered whether the token is from an earlier poll: Keap may not know it any more */
	async page(token: Position | undefined, size: number, isRemembered: boolean): Promise<ReadPage | 'gone' | undefined> {
		const query = { order_by: `${this.reader.watched.list.order ?? ''} desc` };
		const page =
			isRemembered && token !== undefined ? await this.reader.pageAgain(query, size, token) : await this.reader.page(query, size, token);
		if (page === undefined || page === 'gone') return page;
		this.note(token ?? null, page);
		return page;
	}

	/** Whether what lies below this page is older than the watermark. */
	isAtWatermark({ records, changes }: ReadPage): boolean {
		const { isTooOld = () => false, list } = this.reader.watched;
		const oldest = changes.at(-1);
		const lowest = records.at(-1);
		if (oldest === undefined) return records.length > 0 && this.hasPositions;
		// Records without a position stand together, before all others or behind them.
		const isEnd = lowest !== undefined && oldest.record !== lowest && list.kind === 'time';
		this.hasPositions = true;
		return isEnd || oldest.position < this.reader.checkpoint.watermark || isTooOld(oldest.record);
	}

	/**
	 * @param isPart whether there are pages above that were not read
	 * @param resume gets the index of the lowest page from which the limit has left changes out, if it has
	 */
	passOf(isPart: boolean, resume: (lowestLeft: number | undefined) => Progress | undefined): Pass<IDataObject> {
		return this.reader.passOf({
			reach: isPart ? this.sureTo : this.reach,
			whole: !isPart,
			resume: (last) => resume(last === undefined ? undefined : this.lowestLeft(last)),
		});
	}

	/** The position up to which all changes were read and none can be missing. */
	get sureTo(): number {
		return Math.min(this.reach, this.top);
	}

	private get reach(): number {
		return this.slips.isOpen ? this.reader.checkpoint.watermark - 1 : this.slips.sureTo;
	}

	private note(token: Position | null, { changes, next }: ReadPage): void {
		const { reader, slips } = this;
		const top = changes[0]?.position ?? this.trail.at(-1)?.[1] ?? Number.MAX_SAFE_INTEGER;
		if (this.at === undefined) {
			this.index = this.trail.length;
			this.trail.push([token, top]);
		} else {
			const known = this.trail.findIndex(([other]) => other === token);
			if (known >= 0) this.index = known;
		}
		if (this.top === Infinity && changes.length > 0) this.top = top;
		slips.isOpen ||= token !== null && slips.isAfterFresh;
		for (const change of changes) {
			if (isFresh(reader.checkpoint, change)) {
				slips.isAfterFresh = true;
				this.pageOf.set(change.id, this.index);
			} else {
				if (slips.isOpen) slips.sureTo = change.position;
				[slips.isAfterFresh, slips.isOpen] = [false, false];
			}
		}
		if (next === undefined && this.at !== undefined) this.index = this.trail.length - 1;
	}

	private lowestLeft(last: Change<IDataObject>): number {
		const left = this.reader.changes.filter(
			({ id, position }) => position > last.position || (position === last.position && Number(id) > Number(last.id)),
		);
		return left.reduce((lowest, { id }) => Math.max(lowest, this.pageOf.get(id) ?? 0), 0);
	}
}
