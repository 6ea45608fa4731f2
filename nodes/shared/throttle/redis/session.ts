import { monotonic } from '../../runtime/clock';
import type { LocalWindows } from '../local/localWindows';
import { WindowedMinimum } from '../local/windowedMinimum';
import type { RedisLink } from './connection/link';
import type { CallJournal } from './callJournal';
import { type Ask, type CallEvent, type Message, readReply, type Reply } from './protocol';

/** Longest delay of a report that other processes may need, and of one that nobody waits for; both go with an earlier message if there is one. */
const SOON_MS = 40;
const LATER_MS = 2_000;
/**
 * It is delayed further when this process will ask for a slot within this time: the report then goes with that message. In Redis the
 * call counts for a minute from its slot until its answer is reported, so that has to be before the minute is over.
 */
const LATEST_MS = 50_000;
/** Longest time that a message is believed to need one way. */
const LONGEST_WAY_MS = 400;
/** A process shows itself among those that spend from the account this often. */
const PRESENT_MS = 20_000;

/** All processes have found out that Redis has lost its memory so much later than they look for it. */
const SETTLE_MORE_MS = 500;

export type Urgency = 'now' | 'soon' | 'later';
/** What a process asks for, without what the session knows. */
export type Wish = Omit<Ask, 'lead' | 'base'>;

/** An answer, and by how many milliseconds it may be older than the way from Redis takes: Redis was slow, or this process stood still. */
export type Answer = Reply & { age: number };

/** What happened, without its time. */
type Report = CallEvent extends infer Each ? (Each extends CallEvent ? Omit<Each, 'ago'> : never) : never;

/** Names the keys of the script, see there. */
export interface KeyNames {
	/** In front of all. */
	prefix: string;
	/** What decides the slot of a cluster: the key, and its account once that is known. */
	home: string;
	/** The key. */
	key: string;
}

/** Exchanges messages with the script: gathers what happened, and writes back what Redis has lost. */
export class RedisSession {
	private reports: Array<{ report: Report; at: number }> = [];
	private born?: string;
	/** Redis may not know what the journal holds. */
	private owes = true;
	private timer?: NodeJS.Timeout;
	private timerAt = Infinity;
	private presentAt = -Infinity;
	/** How many processes there were when this one last showed itself. */
	private processes = 0;
	private bases = 0;
	private moved = false;
	/** The shortest recent one: with a longer one, calls would be sent too early. */
	private readonly roundTrip = new WindowedMinimum();

	/**
	 * @param onReply called with every answer
	 * @param onMoved called when another process has found the key's account
	 */
	constructor(
		private readonly name: string,
		private readonly own: LocalWindows,
		private readonly journal: CallJournal,
		private readonly link: RedisLink,
		private readonly names: KeyNames,
		private readonly onReply: (answer: Answer) => void,
		private readonly onMoved: (account: string) => void,
	) {}

	/** Milliseconds that a message needs one way, about. */
	get oneWay(): number {
		const { ms } = this.roundTrip;
		return ms === Infinity ? 0 : Math.min(LONGEST_WAY_MS, ms / 2);
	}

	/**
	 * Reports something with the next message, which goes the sooner the more others need it.
	 *
	 * @param next monotonic milliseconds of the next message that goes anyway; Infinity when none will
	 */
	report(report: Report, urgency: Urgency, next = Infinity): void {
		// While Redis is away the journal keeps what matters.
		if (!this.link.up) return;
		this.reports.push({ report, at: monotonic() });
		if (urgency === 'now') void this.send();
		else this.sendWithin(urgency === 'soon' ? SOON_MS : later(next));
	}

	/** Reports all that this process knows of its last minute, because Redis may have forgotten it. */
	async writeBack(): Promise<void> {
		this.owes = true;
		this.presentAt = -Infinity;
		await this.send();
	}

	/** Renews the leases of calls that take long. */
	renew(): void {
		if (this.link.up && this.journal.due) void this.send();
	}

	/** From now on the key is counted with its account; processes that still ask at the key's own counters are redirected. */
	move(account: string): void {
		if (this.moved) return;
		void this.exchange([], undefined, { moveTo: account });
		this.settleAt(account);
		void this.writeBack();
	}

	/**
	 * Sends what there is to report, and asks for slots.
	 *
	 * @param patience milliseconds to wait for the answer
	 * @returns the answer, or `undefined` when Redis is away
	 */
	async send(wish?: Wish, patience?: number): Promise<Answer | undefined> {
		clearTimeout(this.timer);
		this.timer = undefined;
		this.timerAt = Infinity;
		const { reports } = this;
		this.reports = [];
		// At most twice as a rule: the second message gives Redis all that it lacks, or goes to the keys of the account.
		for (let attempt = 0; attempt < 4; attempt++) {
			const reply = await this.exchange(reports, wish, {}, patience);
			if (reply?.verdict === 'moved' && reply.account !== undefined) {
				if (!this.moved) this.settleAt(reply.account);
				this.onMoved(reply.account);
			} else if (!reply || reply.verdict !== 'stranger') {
				return reply;
			}
			this.owes = true;
		}
		return undefined;
	}

	private settleAt(account: string): void {
		this.moved = true;
		this.names.home = account;
		this.born = undefined;
		this.owes = true;
		this.presentAt = -Infinity;
	}

	private sendWithin(ms: number): void {
		const at = monotonic() + ms;
		if (at >= this.timerAt) return;
		clearTimeout(this.timer);
		this.timerAt = at;
		this.timer = setTimeout(() => void this.send(), ms);
		this.timer.unref();
	}

	private async exchange(
		reports: RedisSession['reports'],
		wish?: Wish,
		more: Partial<Message> = {},
		patience?: number,
	): Promise<Answer | undefined> {
		const at = monotonic();
		const wroteBack = this.owes;
		const { home } = this.names;
		const message = { ...this.message(reports, wish), ...more };
		const raw = await this.link.run(this.keysFor(wish), JSON.stringify(message), patience);
		if (raw === undefined) {
			this.owes = true;
			return undefined;
		}
		try {
			const took = monotonic() - at;
			this.roundTrip.add(took);
			const reply = { ...readReply(raw), age: Math.max(0, took - 2 * this.oneWay) };
			if (reply.verdict === 'moved' || home !== this.names.home) return reply;
			this.born = reply.born;
			if (message.present) this.presentAt = at;
			// Its place among the processes may be another one then.
			if (message.present) this.processes = reply.processes;
			else if (reply.processes !== this.processes) this.presentAt = -Infinity;
			if (wroteBack && reply.verdict !== 'stranger') this.owes = false;
			this.onReply(reply);
			return reply;
		} catch (error) {
			this.link.distrust(error);
			return undefined;
		}
	}

	private keysFor(wish?: Wish): string[] {
		const { prefix, home, key } = this.names;
		const parts = ['account', 'log', 'days', `key:${key}`, 'peers'];
		if (wish) parts.push(`own:${key}:${credentialOf(wish)}:log`, `own:${key}:${credentialOf(wish)}:day`);
		return parts.map((part) => `${prefix}{${home}}:${part}`);
	}

	private message(reports: RedisSession['reports'], wish?: Wish): Message {
		const now = monotonic();
		const { perSecond, perMinute, perDay } = this.own.limits.highest;
		return {
			name: this.name,
			...(this.born !== undefined && { born: this.born }),
			...(this.owes && { known: this.journal.all() }),
			open: this.journal.open(),
			settle: this.link.lookMs + SETTLE_MORE_MS,
			...this.own.today(),
			events: reports.map(({ report, at }) => ({ ...report, ago: Math.round((now - at) * 1_000) / 1_000 })),
			perSecond,
			perMinute,
			perDay,
			present: now - this.presentAt > PRESENT_MS,
			moved: this.moved,
			...(wish && { ask: { ...wish, base: `${this.name}.${++this.bases}`, lead: this.oneWay } }),
		};
	}
}

function later(next: number): number {
	const until = next - monotonic() + SOON_MS;
	return until > 0 && until < LATEST_MS ? until : LATER_MS;
}

/** The last part of a wish's name. */
const credentialOf = ({ id }: Wish): string => id.slice(id.indexOf(' ') + 1);
