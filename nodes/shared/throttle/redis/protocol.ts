import type { WindowHeaders } from '../quota/quotaHeaders';

/** What a process tells of its calls. `ago`: milliseconds since it happened. */
export type CallEvent = { ago: number } &
	/** Sent later than it was to be; or `blind`, which somebody else sends, nobody knows when. */
	(
		| { type: 'late'; id: string; blind: boolean }
		| { type: 'back'; id: string; unsent: boolean; probe: boolean; order?: number; minute?: WindowHeaders; day?: WindowHeaders }
		| {
				type: 'done';
				id: string;
				/** How many milliseconds before its answer the call had certainly arrived. */
				arrived: number;
				probe: boolean;
				/** Keap let it through. */
				passed: boolean;
				/** Number of the call among those of all processes, for what the headers said; none when Redis had not given one. */
				order?: number;
				minute?: WindowHeaders;
				day?: WindowHeaders;
		  }
		| { type: 'pause'; ms: number; tooFast: boolean }
		| { type: 'dayOver' }
	);

/** A slot is asked for. */
export interface Ask {
	id: string;
	person: boolean;
	execution: boolean;
	/** Its answer will not be seen: others need not wait for it. */
	blind: boolean;
	/** Calls of the minute to leave alone. */
	reserve: number;
	/** Milliseconds that the answer needs on its way back. */
	lead: number;
}

/** One message to the script. */
export interface Message {
	/** This process, for as long as it lives. */
	name: string;
	/** The name of the memory that Redis had when this process last spoke with it. */
	born?: string;
	/**
	 * Calls of the last minute, given when Redis may not know them: each with the milliseconds for which it still counts,
	 * and those since its send.
	 */
	known?: ReadonlyArray<readonly [string, number, number]>;
	/** Calls under way for so long that their lease needs renewing. */
	open: readonly string[];
	/** UTC day by this process's clock (days since 1970), and its own calls on it. */
	day: number;
	calls: number;
	events: readonly CallEvent[];
	/** Distance between two calls in milliseconds; 0 for none. */
	gap: number;
	/** A call keeps `span` milliseconds from the one `memory` calls before it. */
	memory: number;
	span: number;
	perMinute: number;
	perDay: number;
	/** The highest limits of minute and day that count when Keap's headers name them. */
	most: readonly [perMinute: number, perDay: number];
	ask?: Ask;
}

/** The script's answer. */
export interface Reply {
	born: string;
	/** `stranger`: Redis does not know what this process knows; it has to be told first. */
	verdict: 'told' | 'go' | 'wait' | 'day' | 'stranger';
	/** Milliseconds: until the call may be sent, until it is worth to ask again, or until the day begins anew. */
	wait: number;
	order: number;
	/** This call goes ahead, the others wait for its answer. */
	probe: boolean;
	left: number;
	dayLeft: number;
	/** Milliseconds since 1970 by Redis' clock. */
	dayResetsAt: number;
	/** Processes that have spoken within the last minute, this one included. */
	processes: number;
	pausedFor: number;
	limit?: number;
	dayLimit?: number;
}

const VERDICTS: ReadonlySet<string> = new Set(['told', 'go', 'wait', 'day', 'stranger']);

/**
 * @param raw what the script gave
 * @throws Error when that is not an answer of the script
 */
export function readReply(raw: unknown): Reply {
	if (!Array.isArray(raw) || raw.length !== 12) throw new Error('Redis answered the quota script with something else');
	const texts = raw.map(String);
	const text = (place: number) => texts[place] ?? '';
	const number = (place: number) => {
		const value = Number(text(place));
		if (!Number.isFinite(value)) throw new Error('Redis answered the quota script with something that is not a number');
		return value;
	};
	const optional = (place: number) => (text(place) === '' ? undefined : number(place));
	const verdict = text(1);
	if (!isVerdict(verdict)) throw new Error('Redis answered the quota script with something else');
	return {
		born: text(0),
		verdict,
		wait: number(2),
		order: number(3),
		probe: number(4) === 1,
		left: number(5),
		dayLeft: number(6),
		dayResetsAt: number(7),
		processes: number(8),
		pausedFor: number(9),
		limit: optional(10),
		dayLimit: optional(11),
	};
}

function isVerdict(text: string): text is Reply['verdict'] {
	return VERDICTS.has(text);
}
