import { epoch, monotonic } from '../../runtime/clock';
import type { WindowHeaders } from '../quota/quotaHeaders';
import type { Turn } from '../local/turns';

/** So many processes are assumed before Redis or Keap has said anything: fewer are soon noticed, more would be refused by the dozen. */
const ASSUMED = 50;
/** Where there are more than these, their turns meet too often: each takes less than its part. */
const MANY = 8;
/** Who shares a quota has more than one process. */
const LEAST = 3;
const MOST = 256;

/**
 * What a process believes of the others while it cannot reach Redis: how many there are, and when it is its turn. From Redis it
 * knows their number, its place among them and a common clock. Without it, it begins as one of many, and learns from Keap's
 * headers which part of the minute's calls is its own.
 */
export class Apart {
	private known?: Turn;
	private of = ASSUMED;
	private place = Math.floor(Math.random() * ASSUMED);

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
		const seen = Math.ceil((limit - available) / own);
		this.fewer(Math.max(seen > MANY ? seen * 2 : seen, this.of / 2));
	}

	/** The number of processes, this one included, and this one's turn. */
	get turn(): Turn {
		return { of: this.of, place: this.place, origin: this.known?.origin ?? monotonic() - epoch() };
	}

	private fewer(processes: number): void {
		if (this.known) {
			while (this.of > this.known.of && this.of / 2 >= processes) this.of /= 2;
			this.place %= this.of;
			return;
		}
		const of = Math.max(LEAST, Math.ceil(processes));
		if (of >= this.of) return;
		this.of = of;
		this.place = Math.floor(Math.random() * of);
	}
}
