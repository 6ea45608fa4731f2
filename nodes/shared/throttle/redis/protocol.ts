import { epoch } from '../../runtime/clock';
import type { WindowHeaders } from '../quota/quotaHeaders';
import type { WindowsView } from '../quota/windows';

/** What a process reports of its calls. `ago`: milliseconds since it happened. */
export type CallEvent = { ago: number } &
	/** Sent later than granted; or `unobserved`: n8n itself sends the call, at a moment that is not known. */
	(
		| { type: 'late'; id: string; unobserved: boolean }
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

/** Slots are asked for: now, and as long as there is more to do. */
export interface Ask {
	/** Who asks: the process, and the credential whose calls it means to make. */
	id: string;
	/** Begins the names of the slots that are granted. */
	base: string;
	/** 0 a person at the editor, 1 a trigger, 2 an execution. */
	class: 0 | 1 | 2;
	/** Slots wanted, those in hand aside; 0 to stop waiting. */
	wanted: number;
	/** Executions that wait: the more, the more slots. */
	weight: number;
	/** Calls of executions that wait or are announced. */
	backlog: number;
	/** Its answer will not be seen, so others need not wait for it. */
	unobserved: boolean;
	/** Milliseconds that a message needs one way. */
	lead: number;
	/** Whether the calls fail when the day is used up, instead of waiting. */
	leaves: boolean;
	/** The limits of the credential, and this process's calls with it on the present UTC day. */
	own: { perSecond: number; perMinute: number; perDay: number; calls: number };
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
	/** For how many milliseconds a Redis that has lost its memory grants nothing, for all processes to write theirs back. */
	settle: number;
	/** UTC day by this process's clock (days since 1970), and its own calls on it. */
	day: number;
	calls: number;
	events: readonly CallEvent[];
	/** The highest limits of the credentials that this process uses with the key. */
	perSecond: number;
	perMinute: number;
	perDay: number;
	/** Whether the process is to be counted among those that spend from the account: this is sent only now and then. */
	present: boolean;
	/** The keys are those of an account. */
	moved: boolean;
	/** The key has turned out to belong to this account: whoever comes to its own keys is sent there. */
	moveTo?: string;
	ask?: Ask;
}

/** A granted slot. */
export interface GrantedSlot {
	id: string;
	/** Milliseconds until it may be used. */
	wait: number;
	/** Number of the call among those of all processes. */
	order: number;
	/** This call goes ahead, the others wait for its answer. */
	probe: boolean;
}

/** The script's answer. */
export interface Reply {
	born: string;
	/**
	 * `noted`: nothing was asked for. `wait`: come again after `wait` for more than was granted. `day`, `ownDay`: the day of
	 * the account or of the credential is used up. `held`: the credential's minute or second is. `stranger`: Redis does not
	 * know what this process knows, and has to be given it first. `moved`: the key is counted with its account.
	 */
	verdict: 'noted' | 'wait' | 'day' | 'ownDay' | 'held' | 'stranger' | 'moved';
	/** Milliseconds until it is worth to ask again. */
	wait: number;
	slots: GrantedSlot[];
	left: number;
	dayLeft: number;
	/** Milliseconds since 1970 by Redis' clock. */
	dayResetsAt: number;
	/** Processes that have spoken within the last minute, this one included. */
	processes: number;
	/** The place of this process among them, from 0; only when the message said that the process is present. */
	place?: number;
	/** Milliseconds since 1970 by Redis' clock. */
	now: number;
	pausedFor: number;
	limit?: number;
	dayLimit?: number;
	/** The account that the key belongs to, where the answer is `moved`. */
	account?: string;
}

const VERDICTS: ReadonlySet<unknown> = new Set(['noted', 'wait', 'day', 'ownDay', 'held', 'stranger', 'moved']);

/**
 * @param raw what the script returned
 * @throws Error when that is not an answer of the script
 */
export function readReply(raw: unknown): Reply {
	const reply = parse(raw);
	const number = (name: string, standard?: number): number => {
		const value = reply[name] ?? standard;
		if (typeof value === 'number' && Number.isFinite(value)) return value;
		throw new Error('Redis answered the quota script with something that is not a number');
	};
	const optional = (name: string) => (reply[name] === undefined ? undefined : number(name));
	const { verdict, born, account, slots } = reply;
	if (!isVerdict(verdict) || typeof born !== 'string') throw new Error('Redis answered the quota script with something else');
	const known = verdict === 'moved' ? 0 : undefined;
	return {
		born,
		verdict,
		wait: number('wait', known),
		slots: Array.isArray(slots) ? slots.map(readSlot) : [],
		left: number('left', known),
		dayLeft: number('dayLeft', known),
		dayResetsAt: number('dayResetsAt', known),
		processes: number('processes', known),
		place: optional('place'),
		now: number('now', known),
		pausedFor: number('pausedFor', known),
		limit: optional('limit'),
		dayLimit: optional('dayLimit'),
		...(typeof account === 'string' && { account }),
	};
}

/** What is left by the process's own count, as Redis, which counts for all processes, sees it. */
export function viewOf(own: WindowsView, { left, dayLeft, dayResetsAt, pausedFor }: Reply): WindowsView {
	return {
		...own,
		minute: { ...own.minute, available: Math.max(0, Math.min(own.minute.limit, left)) },
		day: { ...own.day, available: Math.min(own.day.available, dayLeft), resetsAt: dayResetsAt },
		...(pausedFor > 0 && { pausedUntil: epoch() + pausedFor }),
	};
}

function parse(raw: unknown): Record<string, unknown> {
	try {
		const parsed: unknown = JSON.parse(String(raw));
		if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
	} catch {
		// Said below.
	}
	return {};
}

function readSlot(raw: unknown): GrantedSlot {
	const [id, wait, order, probe] = Array.isArray(raw) ? (raw as unknown[]) : [];
	if (typeof id === 'string' && typeof wait === 'number' && typeof order === 'number') return { id, wait, order, probe: probe === 1 };
	throw new Error('Redis answered the quota script with something that is not a slot');
}

function isVerdict(value: unknown): value is Reply['verdict'] {
	return VERDICTS.has(value);
}
