import { isRecord } from '../../runtime/isRecord';
import type { IDataObject } from 'n8n-workflow';

/** Records remembered at most: each one makes a list two, and all parts are asked for. */
const MOST = 20;
/** Records searched for in one poll: the next poll goes on. */
const MOST_A_POLL = 5;

/** Where the search for a record stands: it is among the numbers above `above`, up to and with `upTo`. */
export interface Search {
	/** From which end the numbers are halved: where several records are bad, each end leads to another one. */
	readonly from: 'lowest' | 'highest';
	readonly above: number;
	/** Undefined while no number is known that is high enough. */
	readonly upTo?: number;
}

/**
 * What is known of the records of one list that Keap fails to write out: a list with one of them in it is a 500. It is remembered
 * between polls, so that each is searched for once, reported once, and read around at once from then on.
 */
export class BadRows {
	/** Their numbers, where they can be known, in order. */
	readonly numbers: number[];
	/** Their places, as the reading around them names them, where numbers can't be known. */
	private readonly places: string[];
	/** Where such records stood the last time, counted from the beginning of a way of reading: a guess that saves calls. */
	readonly offsets: Record<string, number[]> = {};
	/** The search that the poll before could not bring to its end. */
	search: Search | undefined;
	private foundNow = 0;
	private readonly reports: IDataObject[] = [];

	constructor(stored: unknown = undefined) {
		const { numbers, offsets, places, search } = isRecord(stored) ? stored : {};
		this.numbers = listOf(numbers).filter((number) => typeof number === 'number');
		for (const [way, known] of Object.entries(isRecord(offsets) ? offsets : {}))
			this.offsets[way] = listOf(known).filter((offset) => typeof offset === 'number');
		this.places = listOf(places).filter((place) => typeof place === 'string');
		if (isRecord(search) && typeof search.above === 'number')
			this.search = {
				from: search.from === 'lowest' ? 'lowest' : 'highest',
				above: search.above,
				...(typeof search.upTo === 'number' && { upTo: search.upTo }),
			};
	}

	/** Whether one poll has searched enough. */
	get isEnough(): boolean {
		return this.foundNow >= MOST_A_POLL;
	}

	get isEmpty(): boolean {
		return this.numbers.length + this.places.length === 0 && this.search === undefined;
	}

	found(number: number): void {
		this.search = undefined;
		this.foundNow += 1;
		this.numbers.push(number);
		if (this.numbers.length > MOST) this.numbers.shift();
		this.numbers.sort((left, right) => left - right);
		this.report(String(number), `the record with the ID ${number}`);
	}

	/** Whether a record at this place is known. */
	knows(place: string): boolean {
		return this.places.includes(place);
	}

	/** @param side on which side of it the record stands, in a place that is written `above|below` */
	isBeside(side: 'above' | 'below', record: string): boolean {
		return this.places.some((place) => place.split('|')[side === 'above' ? 0 : 1] === record);
	}

	/**
	 * @param place as the reading around it names it
	 * @param isSame whether it is known already by another name
	 * @param text in words, after "Keap can't answer with"
	 */
	foundAt(place: string, isSame: boolean, text: string): void {
		if (!isSame && !this.knows(place)) this.report(null, text);
		if (!this.knows(place)) this.places.push(place);
		this.places.splice(0, this.places.length - MOST);
	}

	/** What has not been reported yet, as items. */
	takeReports(): IDataObject[] {
		return this.reports.splice(0);
	}

	toJSON(): IDataObject {
		const { numbers, offsets, places, search } = this;
		return { numbers, offsets, places, ...(search !== undefined && { search: { ...search } }) };
	}

	private report(id: string | null, text: string): void {
		const reason = `Keap can't answer with ${text}: it fails even when it is asked for that one alone. It was left out, and whether it is new is not known. Look at it in Keap.`;
		this.reports.push({ id, record_error: reason });
	}
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
