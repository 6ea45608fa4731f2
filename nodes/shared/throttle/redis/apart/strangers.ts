import { monotonic } from '../../../runtime/clock';
import type { MinuteRule, Turn } from '../../local/turns';
import { CENSUS_TURNS, countsAfter, isTooFast, powerAbove, turnsFor } from './rounds';
import { between, type Mark, processesBetween, type Seen, Spending } from './spending';

/** After the first answer a process waits for what it can see in a second: whether anybody else calls. */
const LOOK_MS = 1_000;
/** Up to so many share the second; more than these go by the pace of the minute. */
const FEW = 4;
const FEWEST_TURNS = 2;
const MOST_OF_FEW = 8;
/** So many answers have to agree before a small number is believed. */
const PROBATION = 4;
/** What a newcomer takes for the number of those that it finds at work, where nothing better is known. */
const SOME = 13;
const MOST = 512;
/** Times that each of a few may have of what the minute has left. With three processes that is nine tenths of it together. */
const THRESHOLD = 3;
/** Calls that many leave of the minute: what they know of it is a round old. */
const SPARE = 3;
/** In the first minute nothing leaves it, so that differences show the number of processes. */
const FIRST_MS = 58_000;
const MINUTE_MS = 60_000;
/** So long the minute has to have room before one of many calls more often. */
const ROOM_MS = 20_000;
/** More of the second's calls than this are not made by a census, but by processes that missed it. */
const CENSUS_PACE = 0.67;
/** One of a few calls more often only where the second is then used by no more than this. */
const FULL_ENOUGH = 0.93;

type Phase =
	/** Nothing is known. */
	| 'new'
	/** The first answer is there. */
	| 'look'
	/** Four at most, as far as is known: they share the second, and bound each other's part of the minute by what is left of it. */
	| 'few'
	/** There are many: each makes one call, at a random moment. */
	| 'census'
	/** What Keap has counted by the end of the census is their number. */
	| 'count'
	/** Their number is known: time division, in the order in which Keap has counted them. */
	| 'many';

/**
 * How many processes call with the same key, and when it is this one's turn, where Redis has never said so. All that is there is
 * Keap's count of the minute in each answer. It numbers the calls of all processes: so each has a number of its own, which is its
 * place in the order; what it grows by between two answers shows how many others call; and after a time in which everybody has made
 * one call, it is their number. A 429 for the second says that there are more than five.
 */
export class Strangers {
	private phase: Phase = 'new';
	private of = MOST_OF_FEW;
	private place = 0;
	private processes = MOST_OF_FEW;
	private notBefore = -Infinity;
	private spending = new Spending();
	private startedAt?: number;
	/** Keap's number of the call by which this process has its place. */
	private number = 0;
	private probation = 0;
	/** Where the comparison of a phase begins. */
	private from?: Mark;
	private answersOfMore = 0;
	private refusalsInARow = 0;
	private refusedAt = -Infinity;
	private roomSince?: number;

	/** @param gap milliseconds between two calls of all processes together; 0 for none */
	constructor(private readonly gap: () => number) {}

	/** The turn but for its origin; none for a process that is alone. */
	get turn(): Omit<Turn, 'origin'> | undefined {
		const { of, place, processes, notBefore, phase } = this;
		if (phase === 'few' && of === 1) return undefined;
		return { of, place, processes, notBefore, minute: phase === 'new' || phase === 'count' ? undefined : this.minute };
	}

	private get minute(): MinuteRule {
		if (this.phase !== 'many') return { threshold: THRESHOLD };
		// Where their turns come faster than the minute allows, all of them may come before this one sees what is left.
		return { spare: isTooFast(this.processes, this.of) ? Math.max(SPARE, this.processes - 1) : SPARE };
	}

	/** Keap has refused a call for its second. */
	refused(): void {
		const now = monotonic();
		this.startedAt ??= now;
		this.notBefore = -Infinity;
		this.refusalsInARow++;
		const again = now - this.refusedAt < MINUTE_MS;
		this.refusedAt = now;
		if (this.phase === 'new' || this.phase === 'look' || (this.phase === 'few' && this.probation > 0)) {
			this.phase = 'census';
			this.of = CENSUS_TURNS;
			this.processes = 1;
		} else if (this.phase === 'few' && this.of === MOST_OF_FEW) {
			this.becomeMany(SOME);
		} else if (this.refusalsInARow > 1 || (this.phase === 'many' && again)) {
			this.of = Math.min(MOST, this.of * 2);
		}
		if (this.phase === 'count') return;
		// Its place is one that others have too.
		this.place = Math.floor(Math.random() * this.of);
		if (this.phase !== 'census') this.number = 1 + Math.floor(Math.random() * MOST);
	}

	/** Keap has let a call through. */
	answered(seen: Seen): void {
		this.beginAnew();
		const { mark, before } = this.spending.add(seen.used);
		this.startedAt ??= mark.at;
		this.notBefore = -Infinity;
		this.refusalsInARow = 0;
		this.judge[this.phase](seen, mark, before);
	}

	/** After a rest nothing is known of the others any more. */
	private beginAnew(): void {
		const { lastAt = Infinity } = this.spending;
		if (monotonic() - lastAt < MINUTE_MS + 2 * this.of * this.gap()) return;
		this.phase = 'new';
		this.startedAt = undefined;
		this.spending = new Spending();
	}

	private readonly judge: Record<Phase, (seen: Seen, mark: Mark, before?: Mark) => void> = {
		new: ({ used }, { at }) => {
			this.number = used;
			this.processes = 1;
			if (this.comesLate(used, at)) return this.becomeFew(MOST_OF_FEW, used);
			this.phase = 'look';
			this.of = FEWEST_TURNS;
			this.place = used % FEWEST_TURNS;
			this.notBefore = at + LOOK_MS;
		},

		look: ({ used, own }, mark) => {
			const others = used - this.number - 1;
			// The others of three have made four calls by now at most, and that only where this one was the first. Five have filled the second.
			if (others > (this.number === 1 ? FEW : FEW - 1) || this.number > FEW) return this.waitForCount(mark);
			if (used <= own) return this.becomeFew(1);
			this.becomeFew(FEW, used);
			this.processes = Math.max(2, others + 1);
			this.probation = PROBATION;
			this.from = mark;
			// A call of the first second must have left it before the third one comes.
			this.notBefore = mark.at + (FEW - 1) * this.gap();
		},

		few: (seen, mark, before) => {
			if (this.probation > 0 && this.from) return this.isProved(seen, mark, this.from);
			const { used, own } = seen;
			if (used <= own) return this.becomeFew(1);
			const byDifference = processesBetween(before, mark);
			const byLevel = this.levelCounts(mark.at, used) ? used / Math.max(own, leftOf(seen) / 2) : undefined;
			if (byDifference === undefined && byLevel === undefined) return;
			const processes = Math.max(byDifference ?? 0, byLevel ?? 0);
			this.processes = Math.max(1, Math.round(processes));
			const alone = (byDifference ?? processes) <= 1;
			const of = alone ? 1 : Math.max(FEWEST_TURNS, Math.min(MOST_OF_FEW, powerAbove(processes)));
			this.answersOfMore = processes > FEW + 0.5 ? this.answersOfMore + 1 : 0;
			if (this.answersOfMore >= (this.of === MOST_OF_FEW ? 2 : 3)) this.becomeMany(processes, mark);
			else if (of > this.of) this.becomeFew(of, used);
			else if (of < this.of || this.hasRoom(mark, before)) this.becomeFew(this.of / 2);
		},

		census: ({ used }, mark) => {
			// Others have been at work before: Keap's count is not that of the processes.
			if (this.comesLate(used, mark.at)) this.becomeFew(MOST_OF_FEW, used);
			else this.waitForCount(mark);
		},

		count: (seen, mark, before) => {
			const processes = seen.used - this.number;
			// The minute has begun anew.
			if (processes < 1) return this.becomeMany(SOME, mark);
			// Only who has missed the census calls so fast.
			if (before && (processes / (mark.at - before.at)) * this.gap() > CENSUS_PACE) return this.becomeMany(SOME, mark);
			this.processes = processes;
			if (processes <= FEW) return this.becomeFew(powerAbove(processes), this.number);
			this.becomeMany(processes, mark, this.number);
			this.notBefore = Math.max(mark.at, this.countAt(processes));
		},

		many: (seen, mark, before) => {
			const { limit, used, own } = seen;
			if (used <= own) return this.becomeFew(1);
			const left = leftOf(seen);
			const first = this.from && mark.at - (this.startedAt ?? mark.at) < FIRST_MS ? processesBetween(this.from, mark) : undefined;
			const turns = turnsFor(first ?? Math.max(used / Math.max(own, left), processesBetween(before, mark) ?? 0));
			this.processes = Math.max(1, Math.round(used / own));
			// What is seen differs between processes by a factor of two, without a reason to change anything.
			const certain = first !== undefined;
			if (turns >= (certain || left === 0 ? 2 : 4) * this.of) this.of = Math.min(MOST, this.of * 2);
			else if (certain ? turns <= this.of / 2 : this.roomLasts(turns <= this.of / (this.of < 64 ? 2 : 4) && left > limit / 4)) this.of /= 2;
			this.place = (this.number - 1) % this.of;
			if (this.of <= FEW) this.phase = 'few';
		},
	};

	/** Three that know of each other have not made more calls than this. */
	private isProved({ used, own }: Seen, mark: Mark, from: Mark): void {
		const { all, mine } = between(from, mark);
		this.probation--;
		if (all > (FEW - 1) * mine + 1 || used > (FEW - 1) * own + 1) this.waitForCount(mark);
	}

	/** More calls were made than there can have been since this process has begun: others were there before. */
	private comesLate(used: number, now: number): boolean {
		const { startedAt = now } = this;
		return used > 10 + (now - startedAt) / Math.max(1, this.gap());
	}

	/** Whether what all and this one have used of the minute says how many they are: not before each had a minute for it. */
	private levelCounts(now: number, used: number): boolean {
		return now - (this.startedAt ?? now) > MINUTE_MS || this.comesLate(used, now);
	}

	/** The second has room for twice as many calls of this process. */
	private hasRoom(mark: Mark, before?: Mark): boolean {
		if (!before || this.of <= FEW) return false;
		const { all } = between(before, mark);
		return all >= 0 && (all / (mark.at - before.at)) * this.gap() + 1 / this.of <= FULL_ENOUGH;
	}

	/** At random, so that not all of them take the same room. */
	private roomLasts(room: boolean): boolean {
		const now = monotonic();
		this.roomSince = room ? (this.roomSince ?? now) : undefined;
		if (this.roomSince === undefined || now - this.roomSince <= ROOM_MS || Math.random() < 0.5) return false;
		this.roomSince = undefined;
		return true;
	}

	private becomeFew(of: number, number?: number): void {
		this.phase = 'few';
		this.answersOfMore = 0;
		this.place = (number === undefined ? this.place : number - 1) % of;
		this.of = of;
	}

	private becomeMany(processes: number, from?: Mark, number = from?.used ?? 1): void {
		this.phase = 'many';
		this.probation = 0;
		this.processes = Math.round(processes);
		this.of = Math.min(MOST, turnsFor(processes));
		this.number = number;
		this.place = (number - 1) % this.of;
		this.from = from;
	}

	/** This process has made its call of the census. */
	private waitForCount(mark: Mark): void {
		this.phase = 'count';
		this.probation = 0;
		this.number = mark.used;
		this.of = 1;
		this.notBefore = Math.max(mark.at + LOOK_MS, this.countAt(this.number));
	}

	/** In monotonic milliseconds. */
	private countAt(number: number): number {
		return (this.startedAt ?? 0) + countsAfter(number, this.gap());
	}
}

const leftOf = ({ limit, used }: Seen): number => Math.max(0, limit - used - SPARE);
