import { monotonic } from '../../runtime/clock';
import type { LocalWindows } from '../local/localWindows';
import { WindowedMinimum } from '../local/windowedMinimum';
import { paceOf, UNSURE_MS } from '../local/pacer';
import type { RedisLink } from './link';
import type { CallJournal } from './callJournal';
import { type Ask, type CallEvent, type Message, readReply, type Reply } from './protocol';

/** What is not urgent waits so long for a message that goes anyway. */
const GATHER_MS = 20;
/** Longest time that an answer is believed to need on its way back. */
const LONGEST_WAY_MS = 400;

/** What happened, without its time. */
type News = CallEvent extends infer Each ? (Each extends CallEvent ? Omit<Each, 'ago'> : never) : never;

/** Exchanges messages with the script: gathers what happened, and writes back what Redis has lost. */
export class RedisSession {
	private readonly keys: string[];
	private news: Array<{ news: News; at: number }> = [];
	private born?: string;
	/** Redis may not know what the memory holds. */
	private owes = true;
	private timer?: NodeJS.Timeout;
	private sentAt = -Infinity;
	/** The shortest of late: believing in a longer one would send calls before their moment. */
	private readonly roundTrip = new WindowedMinimum();

	constructor(
		private readonly name: string,
		private readonly own: LocalWindows,
		private readonly memory: CallJournal,
		private readonly link: RedisLink,
		keyName: string,
		private readonly heard: (reply: Reply) => void,
	) {
		this.keys = ['state', 'log', 'sends', 'peers', 'days'].map((part) => `${keyName}:${part}`);
	}

	/** Milliseconds that an answer of Redis needs on its way back, about. */
	get wayBack(): number {
		const { ms } = this.roundTrip;
		return ms === Infinity ? 0 : Math.min(LONGEST_WAY_MS, ms / 2);
	}

	/** Tells Redis something with the next message; at once when others wait for it. */
	tell(news: News, urgent = false): void {
		// While Redis is away the memory keeps what matters.
		if (!this.link.up) return;
		this.news.push({ news, at: monotonic() });
		if (urgent) void this.send();
		else this.timer ??= setTimeout(() => void this.send(), GATHER_MS);
	}

	/** Tells Redis all that this process knows of its last minute, because it may have forgotten. */
	async writeBack(): Promise<void> {
		this.owes = true;
		await this.send();
	}

	/** Sends a message if none has gone for so long. */
	keepAlive(ms: number): void {
		if (this.link.up && monotonic() - this.sentAt >= ms) void this.send();
	}

	/**
	 * Sends what there is to tell, and asks for a slot.
	 *
	 * @returns the answer, or `undefined` when Redis is away
	 */
	async send(ask?: Omit<Ask, 'lead'>): Promise<Reply | undefined> {
		clearTimeout(this.timer);
		this.timer = undefined;
		const told = this.news;
		this.news = [];
		// Twice at most: a stranger gets to know everything with the second message.
		for (let attempt = 0; attempt < 3; attempt++) {
			const reply = await this.exchange(told, ask);
			if (!reply || reply.verdict !== 'stranger') return reply;
			this.owes = true;
		}
		return undefined;
	}

	private async exchange(told: RedisSession['news'], ask?: Omit<Ask, 'lead'>): Promise<Reply | undefined> {
		const at = monotonic();
		this.sentAt = at;
		const wroteBack = this.owes;
		const raw = await this.link.run(this.keys, JSON.stringify(this.message(told, ask)));
		if (raw === undefined) {
			this.owes = true;
			return undefined;
		}
		try {
			const reply = readReply(raw);
			this.roundTrip.add(monotonic() - at);
			this.born = reply.born;
			if (wroteBack && reply.verdict !== 'stranger') this.owes = false;
			this.heard(reply);
			return reply;
		} catch (error) {
			this.link.distrust(error);
			return undefined;
		}
	}

	private message(told: RedisSession['news'], ask?: Omit<Ask, 'lead'>): Message {
		const now = monotonic();
		const { perSecond, perMinute, perDay } = this.own.limits.highest;
		const { exact, gap, memory } = paceOf(perSecond);
		return {
			name: this.name,
			...(this.born !== undefined && { born: this.born }),
			...(this.owes && { known: this.memory.all() }),
			open: this.memory.open(),
			...this.own.today(),
			events: told.map(({ news, at }) => ({ ...news, ago: Math.round((now - at) * 1_000) / 1_000 })),
			gap,
			memory,
			span: memory * exact + UNSURE_MS,
			perMinute,
			perDay,
			most: [10 * perMinute, 10 * perDay],
			...(ask && { ask: { ...ask, lead: this.wayBack } }),
		};
	}
}
