import { epoch, monotonic } from '../../../runtime/clock';
import type { WindowHeaders } from '../../quota/quotaHeaders';
import type { Turn } from '../../local/turns';
import { Strangers } from './strangers';

/** Where there are more than these, their turns meet too often: each takes less than its part. */
const MANY = 8;
const MOST = 256;

/**
 * What a process believes of the others while it cannot reach Redis: how many there are, and when it is its turn. From Redis it
 * knows their number, its place among them and a common clock; it keeps that for as long as it lives. Where Redis has never said
 * anything, Keap's answers have to.
 */
export class Apart {
	private known?: { of: number; place: number; origin: number };
	private of = 1;
	private place = 0;
	private readonly strangers: Strangers;

	/** @param gap milliseconds between two calls of all processes together */
	constructor(gap: () => number) {
		this.strangers = new Strangers(gap);
	}

	/**
	 * Redis has named the processes.
	 *
	 * @param now milliseconds since 1970 by Redis' clock, at this moment
	 */
	hear(of: number, place: number, now: number): void {
		this.known = { of, place, origin: monotonic() - now };
		this.of = of;
		this.place = place;
	}

	/** Keap has refused a call for coming too fast, although it was this process's turn: there are more than it believes. */
	refused(): void {
		if (!this.known) return this.strangers.refused();
		if (this.of * 2 > MOST) return;
		// Every other one of the turns that it had: those of the others stay theirs.
		if (Math.random() < 0.5) this.place += this.of;
		this.of *= 2;
	}

	/**
	 * Keap has answered.
	 *
	 * @param minute what its headers say of the minute
	 * @param own calls of this process in it
	 */
	answered({ limit, available }: WindowHeaders, own: number): void {
		if (limit === undefined || available === undefined || own <= 0) return;
		const used = limit - available;
		if (!this.known) return this.strangers.answered({ limit, used, own });
		const seen = Math.ceil(used / own);
		const processes = Math.max(seen > MANY ? seen * 2 : seen, this.of / 2);
		while (this.of > this.known.of && this.of / 2 >= processes) this.of /= 2;
		this.place %= this.of;
	}

	/** This process's turn; none when it has found that nobody else calls. */
	get turn(): Turn | undefined {
		const { known, of, place } = this;
		if (known) return { of, place, origin: known.origin, processes: of };
		const turn = this.strangers.turn;
		return turn && { ...turn, origin: monotonic() - epoch() };
	}
}
