import { onAbort } from '../runtime/abort';
import type { Priority, QuotaView } from './quota/limits';
import { Backoff } from './backoff';
import { monotonic } from '../runtime/clock';
import { type Job, FlowQueue } from './flowQueue';
import { AGAIN, Queue, RANK } from './queue';
import {
	AcquireStopped,
	CredentialHeld,
	DailyQuotaUsedUp,
	type Demand,
	type QuotaWindows,
	type Refusal,
	type Slot,
	SlotMissed,
} from './quota/windows';

/** Milliseconds after which a flow that its credential's limits hold back is tried again, when it is unknown when there will be room. */
const LOOK_MS = 1_000;
/** Longest time between two such tries: a clock that was set back, or a machine that slept, must not hold a flow for longer. */
const LONGEST_MS = 30_000;

/** A call that asks for a slot. */
export interface Ticket {
	/** Calls of one flow keep their order; flows take turns. */
	flow: string;
	priority: Priority;
	/** From `Throttle.nextOrder`; the same for all tries of one request. */
	order: number;
	/** How many more calls the flow means to make. */
	backlog?: number;
	/** The answers of this flow's calls are not seen by this package: n8n sends them itself. */
	unobserved?: boolean;
	signal?: AbortSignal;
}

/** A ticket with the name of the credential that its call is made with. */
type CredentialTicket = Ticket & { credential: string };

/** The wait for a slot was given up because the ticket's signal aborted: nothing was sent. */
export class CallCancelled extends Error {}

/**
 * All calls with one key, whichever node, workflow or dropdown makes them. The windows say when the next call may go,
 * the queue says who is next.
 */
export class KeyThrottle {
	private readonly flows = new Map<string, FlowQueue>();
	private readonly backoff = new Backoff();
	private readonly queue = new Queue((rank) => this.stepBackFor(rank));
	private head?: { flow: FlowQueue; stop: AbortController };
	private waiting = 0;
	private orders = 0;

	constructor(private windows: QuotaWindows) {}

	/** Other windows of the same key take over; a slot that is being waited for still comes from those before. */
	use(windows: QuotaWindows): void {
		this.windows = windows;
	}

	/** Limits have changed: flows that were held back by them are looked at again. */
	limitsChanged(): void {
		for (const flow of this.flows.values()) if (flow.held) this.release(flow);
	}

	/** The position of a new request in its flow. */
	nextOrder(): number {
		return ++this.orders;
	}

	/** See `Throttle.schedule`. */
	async schedule<T>(ticket: CredentialTicket, send: (slot: Slot) => Promise<T>): Promise<T> {
		for (;;) {
			const [ended] = await Promise.allSettled([send(await this.nextSlot(ticket))]);
			if (ended.status === 'fulfilled') return ended.value;
			if (!(ended.reason instanceof SlotMissed)) throw ended.reason;
		}
	}

	private async nextSlot(ticket: CredentialTicket): Promise<Slot> {
		if (ticket.signal?.aborted) throw new CallCancelled();
		if (this.waiting === 0 && !this.head) {
			const { credential, priority, unobserved, backlog = 0 } = ticket;
			const slot = this.windows.tryAcquire({ credential, priority, unobserved, backlog: () => 1 + backlog });
			if (slot) return slot;
		}
		return await this.slotFor(ticket);
	}

	/** See `Throttle.refused`. */
	refused(why: Refusal, sentAt: number, atLeast = 0): void {
		if (why === 'day') this.windows.dayUsedUp();
		const pause = Math.max(this.backoff.refused(why, sentAt, monotonic()), atLeast);
		if (pause > 0) this.windows.pause(pause, why);
	}

	/** Keap has let a call through. */
	passed(sentAt: number): void {
		this.backoff.passed(sentAt);
	}

	/** What is left. Where Redis counts for several processes, it is asked first. */
	async freshView(credential: string): Promise<QuotaView> {
		await this.windows.refresh?.();
		return this.view(credential);
	}

	/** See `Throttle.dueIn`. */
	dueIn(credential: string): number {
		const perMinute = Math.max(1, this.windows.view(credential).minute.limit);
		const minutesAhead = Math.floor(this.waiting / perMinute);
		return this.windows.dueIn(credential) + minutesAhead * 60_000;
	}

	view(credential: string): QuotaView {
		const { perSecond, minute, day, inFlight, pausedUntil, headersAt } = this.windows.view(credential);
		const iso = (time: number | undefined) => (time === undefined ? null : new Date(time).toISOString());
		return {
			second: { limit: perSecond },
			minute: { ...minute, used: minute.limit - minute.available },
			day: {
				limit: day.limit,
				available: day.available,
				used: day.limit - day.available,
				resetsAt: new Date(day.resetsAt).toISOString(),
			},
			waiting: this.waiting,
			inFlight,
			pausedUntil: iso(pausedUntil),
			source: headersAt === undefined ? 'ownCount' : 'headers',
			asOf: iso(headersAt),
		};
	}

	private async slotFor(ticket: CredentialTicket): Promise<Slot> {
		const { credential, priority, order, backlog = 0, unobserved, signal } = ticket;
		const id = `${priority} ${credential} ${ticket.flow}`;
		const known = this.flows.get(id);
		const flow = known ?? new FlowQueue(id, priority, credential, unobserved);
		this.flows.set(id, flow);
		return await new Promise<Slot>((resolve, reject) => {
			const leave = () => {
				flow.remove(job);
				this.oneLess(flow);
				reject(new CallCancelled());
			};
			const job: Job = {
				order,
				backlog,
				start: (slot) => {
					stopListening();
					resolve(slot);
				},
				fail: (error) => {
					stopListening();
					reject(error);
				},
			};
			const stopListening = onAbort(signal, leave);
			flow.add(job);
			this.waiting++;
			this.offer(flow, RANK[priority]);
			if (!known) this.yieldTo(flow);
		});
	}

	/** A flow that has been served lets one new flow go before it, then none until it is served again: many new flows must not starve it. */
	private yieldTo(flow: FlowQueue): void {
		const { head } = this;
		if (!head || head.flow === flow || head.flow.priority !== flow.priority || head.flow.progress !== 'started') return;
		head.flow.progress = 'yielded';
		head.stop.abort();
	}

	/** Puts the flow's next call into the queue. */
	private offer(flow: FlowQueue, rank: number): void {
		if (flow.queued || flow.held || flow.size === 0) return;
		flow.queued = true;
		this.queue.add(rank, async () => await this.serve(flow));
	}

	/** Runs when the flow is at the head of the queue: waits for a slot, then starts the call that is next at that moment. */
	private async serve(flow: FlowQueue): Promise<void> {
		const usual: number = RANK[flow.priority];
		let nextRank = usual;
		// A flow of higher priority may have entered the queue since this one was taken out of it.
		if (this.queue.hasBefore(usual - AGAIN)) {
			nextRank -= AGAIN;
		} else if (flow.size > 0) {
			const stop = new AbortController();
			this.head = { flow, stop };
			const demand = this.demandOf(flow);
			try {
				let slot: Slot | undefined = await this.windows.acquire(demand, stop.signal);
				while (slot) {
					this.start(flow, slot);
					// While nobody else waits, there is nobody to take turns with.
					slot = flow.size > 0 && flow.size === this.waiting ? this.windows.tryAcquire(demand) : undefined;
				}
			} catch (error) {
				if (error instanceof AcquireStopped) nextRank -= flow.progress === 'yielded' ? 0 : AGAIN;
				else this.couldNotGo(flow, error);
			}
			this.head = undefined;
		}
		flow.queued = false;
		this.offer(flow, nextRank);
		if (flow.size === 0) this.drop(flow);
	}

	private demandOf({ priority, credential, unobserved }: FlowQueue): Demand {
		return { priority, credential, unobserved, backlog: () => this.backlog(), flows: () => this.executions() };
	}

	/** Gives the slot to the flow's next call, or back when the last one has just left. */
	private start(flow: FlowQueue, slot: Slot): void {
		const job = flow.shift();
		if (!job) return slot.unused();
		flow.progress = 'started';
		this.oneLess(flow);
		job.start(slot);
	}

	private couldNotGo(flow: FlowQueue, error: unknown): void {
		if (error instanceof CredentialHeld) {
			const delay = error.until === Infinity ? LOOK_MS : Math.min(LONGEST_MS, Math.max(1, Math.ceil(error.until - monotonic())));
			flow.held = setTimeout(() => this.release(flow), delay);
		} else if (error instanceof DailyQuotaUsedUp) {
			// Other credentials with the same key may wait for the next day, or have a quota of their own left.
			for (const each of this.flows.values()) if (each.credential === flow.credential) this.failAll(each, error);
		} else {
			for (const each of this.flows.values()) this.failAll(each, error instanceof Error ? error : new Error(String(error)));
		}
	}

	private release(flow: FlowQueue): void {
		clearTimeout(flow.held);
		flow.held = undefined;
		this.offer(flow, RANK[flow.priority]);
	}

	private drop(flow: FlowQueue): void {
		clearTimeout(flow.held);
		flow.held = undefined;
		if (this.flows.get(flow.id) === flow) this.flows.delete(flow.id);
	}

	/** A call of higher priority has come while the head waits, perhaps for longer than the new call would have to. */
	private stepBackFor(rank: number): void {
		if (this.head && rank < RANK[this.head.flow.priority] - AGAIN) this.head.stop.abort();
	}

	/** One call less waits in the flow. */
	private oneLess(flow: FlowQueue): void {
		this.waiting--;
		if (flow.size > 0) return;
		if (this.head?.flow === flow) this.head.stop.abort();
		else if (flow.held) this.drop(flow);
	}

	private failAll(flow: FlowQueue, error: Error): void {
		for (let job = flow.shift(); job; job = flow.shift()) {
			this.waiting--;
			job.fail(error);
		}
		if (!flow.queued) this.drop(flow);
	}

	private backlog(): number {
		let calls = 0;
		for (const flow of this.flows.values()) if (flow.priority === 'execution') calls += flow.backlog;
		return calls;
	}

	private executions(): number {
		let count = 0;
		for (const flow of this.flows.values()) if (flow.priority === 'execution' && flow.size > 0) count++;
		return count;
	}
}
