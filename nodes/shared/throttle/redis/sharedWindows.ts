import { randomUUID } from 'node:crypto';
import type { QuotaHeaders } from '../quota/quotaHeaders';
import type { KeapLimits } from '../quota/limits';
import { ConditionVariable, epoch, monotonic } from '../../runtime/clock';
import { type LocalWindows, MOST_IN_FLIGHT, type OwnSlot } from '../local/localWindows';
import {
	AcquireStopped,
	DailyQuotaUsedUp,
	type Demand,
	type QuotaWindows,
	type Refusal,
	type Slot,
	type WindowsView,
} from '../quota/windows';
import type { RedisLink } from './link';
import { CallJournal } from './callJournal';
import { RedisSession } from './session';
import type { Reply } from './protocol';

/** A slot that is used later than this after its moment is told to Redis: the others have to keep their distance from it. */
const LATE_MS = 5;
/** A slot that nobody has used for so long after its moment goes back. */
const STALE_MS = 500;
/** Longest wait without looking again: another process may have given slots back. */
const LOOK_MS = 2_000;
/** A call gives Redis up after so many failures and goes by its process's own windows. */
const MOST_FAILURES = 2;
/** As long as Redis has never told how many processes there are: those who share have more than one. */
const ASSUMED_PROCESSES = 3;
/** Processes that lose sight of each other let a second pass before each goes by itself. */
const APART_MS = 1_000;
/** What a process did last is written back this often while it still counts: Redis may have been emptied. */
const TEND_MS = 1_000;

/** A slot that Redis has granted to this process, for whichever of its calls is next. */
interface Grant {
	id: string;
	/** Monotonic milliseconds. */
	due: number;
	order: number;
	probe: boolean;
}

/**
 * The windows of one key, counted for several processes in Redis. Each process also counts for itself: that is what it
 * goes by while Redis is away, and what it writes back when Redis returns.
 */
export class SharedWindows implements QuotaWindows {
	private readonly name = `p${randomUUID()}`;
	private readonly memory = new CallJournal();
	private readonly bell = new ConditionVariable();
	private readonly messenger: RedisSession;
	private hand?: Grant;
	private last?: Reply;
	private ids = 0;
	private processes = ASSUMED_PROCESSES;
	private tending?: NodeJS.Timeout;
	/** Ends a wait by the own windows: Redis is there again. */
	private backAgain?: () => void;

	/**
	 * @param own the process's own windows of the key
	 * @param link the way to Redis
	 * @param keyName name of the key that does not tell the key, with the prefix
	 */
	constructor(
		private readonly own: LocalWindows,
		private readonly link: RedisLink,
		keyName: string,
	) {
		this.messenger = new RedisSession(this.name, own, this.memory, link, keyName, (reply) => this.heard(reply));
		link.onChange((up) => this.changed(up));
		own.share(link.up ? 1 : this.processes);
	}

	setLimits(credential: string, limits: KeapLimits): boolean {
		return this.own.setLimits(credential, limits);
	}

	pause(ms: number, why: Refusal): void {
		this.own.pause(ms, why);
		this.messenger.tell({ type: 'pause', ms, tooFast: why === 'second' || why === 'unknown' }, true);
	}

	dayUsedUp(): void {
		this.own.dayUsedUp();
		this.messenger.tell({ type: 'dayOver' }, true);
		this.bell.notifyAll();
	}

	/** Redis has to be asked, and that takes a moment. */
	tryAcquire(): Slot | undefined {
		return undefined;
	}

	async acquire(demand: Demand, signal: AbortSignal): Promise<Slot> {
		for (let failures = 0; ;) {
			await this.link.begin();
			if (signal.aborted) throw new AcquireStopped();
			if (!this.link.up || failures >= MOST_FAILURES) {
				const slot = await this.alone(demand, signal, failures < MOST_FAILURES);
				if (slot) return slot;
			} else if (this.hand) {
				const slot = await this.fromHand(this.hand, demand, signal);
				if (slot) return slot;
			} else if (this.own.inFlight >= MOST_IN_FLIGHT) {
				await this.bell.wait(monotonic() + LOOK_MS, signal);
			} else if (!(await this.ask(demand, signal))) {
				failures++;
			}
		}
	}

	async refresh(): Promise<void> {
		await this.link.begin();
		await this.messenger.send();
	}

	view(credential: string): WindowsView {
		const view = this.own.view(credential);
		const { last } = this;
		if (!this.link.up || !last) return view;
		return {
			...view,
			minute: { ...view.minute, available: Math.max(0, last.left) },
			day: { ...view.day, available: last.dayLeft, resetsAt: last.dayResetsAt },
			...(last.pausedFor > 0 && { pausedUntil: epoch() + last.pausedFor }),
		};
	}

	/** Asks Redis for a slot, and waits as it says. Returns whether it has answered. */
	private async ask(demand: Demand, signal: AbortSignal): Promise<boolean> {
		const id = `${this.name}.${++this.ids}`;
		const reply = await this.messenger.send({
			id,
			person: demand.priority === 'person',
			execution: demand.priority === 'execution',
			blind: demand.unobserved === true,
			reserve: 0,
		});
		if (!reply) return false;
		const now = monotonic();
		const { verdict, wait, order, probe } = reply;
		if (verdict === 'go') {
			this.hand = { id, due: now + wait - this.messenger.wayBack, order, probe };
			this.tend();
		} else if (verdict === 'day') {
			if (this.own.limits.entered(demand.credential).dailyQuotaAction === 'fail') throw new DailyQuotaUsedUp(reply.dayResetsAt);
			await this.bell.wait(now + wait, signal);
		} else {
			await this.bell.wait(now + Math.min(wait, LOOK_MS), signal);
		}
		return true;
	}

	/** Waits for the granted slot's moment. It stays in the hand, for whoever asks next, when this one no longer wants it. */
	private async fromHand(grant: Grant, { unobserved: blind = false, credential }: Demand, signal: AbortSignal): Promise<Slot | undefined> {
		while (monotonic() < grant.due && this.hand === grant) {
			if (signal.aborted) throw new AcquireStopped();
			await this.bell.wait(grant.due, signal);
		}
		if (this.dropStale() || this.hand !== grant) return undefined;
		this.hand = undefined;
		return this.slot(grant.id, this.own.take({ credential, unobserved: blind }), blind, grant);
	}

	/** By the own windows alone, until Redis is there again. */
	private async alone(demand: Demand, signal: AbortSignal, untilUp: boolean): Promise<Slot | undefined> {
		const stop = new AbortController();
		const leave = () => stop.abort();
		signal.addEventListener('abort', leave, { once: true });
		this.backAgain = untilUp ? leave : undefined;
		const [got] = await Promise.allSettled([this.own.acquire(demand, stop.signal)]);
		signal.removeEventListener('abort', leave);
		this.backAgain = undefined;
		if (got.status === 'fulfilled') return this.slot(`${this.name}.${++this.ids}`, got.value, demand.unobserved);
		if (got.reason instanceof AcquireStopped && !signal.aborted) return undefined;
		throw got.reason;
	}

	private slot(id: string, own: OwnSlot, blind = false, grant?: Grant): Slot {
		this.memory.add(id);
		this.tend();
		const probe = grant?.probe ?? false;
		const back = (unsent: boolean, said: object = {}) => {
			this.memory.forget(id);
			this.messenger.tell({ type: 'back', id, unsent, probe, ...said });
		};
		const over = () => this.bell.notifyAll();
		return {
			get sentAt() {
				return own.sentAt;
			},
			sent: () => {
				own.sent();
				this.memory.sent(id, own.sentAt);
				if (grant && (blind || own.sentAt > grant.due + LATE_MS)) this.messenger.tell({ type: 'late', id, blind }, true);
			},
			answered: (quota, status) => {
				own.answered(quota, status);
				const said = wordOf(quota, grant?.order);
				if (status === 429) {
					back(false, said);
				} else {
					this.memory.answered(id);
					const arrived = Math.max(0, monotonic() - own.sentAt - own.lateness());
					this.messenger.tell({ type: 'done', id, arrived, probe, passed: status > 0, ...said }, probe);
				}
				over();
			},
			unused: () => {
				own.unused();
				back(true);
				over();
			},
		};
	}

	private heard(reply: Reply): void {
		this.last = reply;
		this.processes = reply.processes;
		this.own.observeOthers({ minute: { available: Math.max(0, reply.left), limit: reply.limit } });
	}

	private changed(up: boolean): void {
		this.hand = undefined;
		this.own.share(up ? 1 : this.processes);
		// What the others have sent in this second is not known here.
		if (!up) this.own.rest(APART_MS);
		if (up) void this.messenger.writeBack();
		this.backAgain?.();
		this.bell.notifyAll();
	}

	/** Gives a slot back that nobody wants any more. Returns whether there was one. */
	private dropStale(): boolean {
		const { hand } = this;
		if (!hand || monotonic() < hand.due + STALE_MS) return false;
		this.hand = undefined;
		this.messenger.tell({ type: 'back', id: hand.id, unsent: true, probe: hand.probe });
		return true;
	}

	/** Speaks with Redis now and then for as long as there is something that it must not forget. */
	private tend(): void {
		if (this.tending !== undefined) return;
		this.tending = setTimeout(() => {
			this.tending = undefined;
			this.dropStale();
			if (this.memory.empty && !this.hand) return;
			this.messenger.keepAlive(TEND_MS);
			this.tend();
		}, TEND_MS);
		this.tending.unref();
	}
}

function wordOf(quota: QuotaHeaders | undefined, order: number | undefined): object {
	return quota && order !== undefined ? { order, ...quota } : {};
}
