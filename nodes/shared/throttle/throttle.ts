import { onAbort } from '../runtime/abort';
import type { Priority, QuotaView } from './quota/limits';
import { Backoff } from './backoff';
import { monotonic } from '../runtime/clock';
import { type Job, FlowQueue } from './flowQueue';
import { AGAIN, Queue, RANK } from './queue';
import { AcquireStopped, type QuotaWindows, type Refusal, type Slot } from './quota/windows';

/** Who asks for a turn. */
export interface Ticket {
	/** Calls of one flow keep their order; flows take turns. */
	flow: string;
	priority: Priority;
	/** From `Throttle.nextOrder`; the same for all tries of one request. */
	order: number;
	/** How many more calls the flow means to make. */
	backlog?: number;
	/** Nobody here will see the answers of this flow's calls. */
	blind?: boolean;
	signal?: AbortSignal;
}

/** The wait for a turn was given up because the ticket's signal aborted. */
export class TurnCancelled extends Error {}

/**
 * All calls with one key, whichever node, workflow or dropdown makes them. The windows say when the next call may go,
 * the queue says who is next.
 */
export class Throttle {
	private readonly lanes = new Map<string, FlowQueue>();
	private readonly backoff = new Backoff();
	private readonly queue = new Queue((rank) => this.stepBackFor(rank));
	private head?: { lane: FlowQueue; stop: AbortController };
	private waiting = 0;
	private orders = 0;

	constructor(private windows: QuotaWindows) {}

	/** Other windows of the same key take over; a slot that is being waited for still comes from those before. */
	use(windows: QuotaWindows): void {
		this.windows = windows;
	}

	/** A place in the order of a flow, for a request about to be made. */
	nextOrder(): number {
		return ++this.orders;
	}

	/**
	 * Waits for the ticket's turn, then sends.
	 *
	 * @param send must end the slot with `answered` or `unused`
	 * @throws TurnCancelled when the ticket's signal aborts before the turn; nothing is sent then
	 * @throws DailyQuotaUsedUp when the day is used up and the credential says to fail
	 */
	async schedule<T>(ticket: Ticket, send: (slot: Slot) => Promise<T>): Promise<T> {
		if (ticket.signal?.aborted) throw new TurnCancelled();
		if (this.waiting === 0 && !this.head) {
			const slot = this.windows.tryAcquire({ priority: ticket.priority, blind: ticket.blind, backlog: () => 1 + (ticket.backlog ?? 0) });
			if (slot) return await send(slot);
		}
		return await send(await this.turn(ticket));
	}

	/**
	 * Keap has answered 429: the whole key pauses.
	 *
	 * @param sentAt when the refused call was sent, in monotonic milliseconds
	 */
	refused(why: Refusal, sentAt: number): void {
		if (why === 'day') this.windows.dayUsedUp();
		const pause = this.backoff.refused(why, sentAt, monotonic());
		if (pause > 0) this.windows.pause(pause, why);
	}

	/** Keap has let a call through. */
	passed(sentAt: number): void {
		this.backoff.passed(sentAt);
	}

	/** What is left, after asking who counts for several processes, if anybody does. */
	async freshView(): Promise<QuotaView> {
		await this.windows.refresh?.();
		return this.view();
	}

	view(): QuotaView {
		const { perSecond, minute, day, inFlight, pausedUntil, headersAt } = this.windows.view();
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

	private async turn({ flow, priority, order, backlog = 0, blind = false, signal }: Ticket): Promise<Slot> {
		const id = `${priority} ${flow}`;
		const known = this.lanes.get(id);
		const lane = known ?? new FlowQueue(id, priority, blind);
		this.lanes.set(id, lane);
		return await new Promise<Slot>((resolve, reject) => {
			const leave = () => {
				lane.remove(job);
				this.left(lane);
				reject(new TurnCancelled());
			};
			const job: Job = {
				order,
				backlog,
				start: (slot) => {
					stay();
					resolve(slot);
				},
				fail: (error) => {
					stay();
					reject(error);
				},
			};
			const stay = onAbort(signal, leave);
			lane.add(job);
			this.waiting++;
			this.offer(lane, RANK[priority]);
			if (!known) this.giveWayTo(lane);
		});
	}

	/** A flow that has had its turn lets a new one go first, once until its next turn: many new ones must not stop it. */
	private giveWayTo(lane: FlowQueue): void {
		const { head } = this;
		if (!head || head.lane === lane || head.lane.priority !== lane.priority || head.lane.turn !== 'had') return;
		head.lane.turn = 'givenAway';
		head.stop.abort();
	}

	/** Puts the lane's next call into the queue. */
	private offer(lane: FlowQueue, rank: number): void {
		if (lane.queued || lane.size === 0) return;
		lane.queued = true;
		this.queue.add(rank, async () => await this.serve(lane));
	}

	/** Runs when the lane stands at the head of the queue: waits for a slot and starts the call that is next by then. */
	private async serve(lane: FlowQueue): Promise<void> {
		const usual: number = RANK[lane.priority];
		let rankNext = usual;
		// A better one may have come into the queue since this one was taken out of it.
		if (this.queue.hasBefore(usual - AGAIN)) {
			rankNext -= AGAIN;
		} else if (lane.size > 0) {
			const stop = new AbortController();
			this.head = { lane, stop };
			const demand = { priority: lane.priority, blind: lane.blind, backlog: () => this.backlog() };
			try {
				let slot: Slot | undefined = await this.windows.acquire(demand, stop.signal);
				while (slot) {
					this.start(lane, slot);
					// While nobody else waits, there is nobody to take turns with.
					slot = lane.size > 0 && lane.size === this.waiting ? this.windows.tryAcquire(demand) : undefined;
				}
			} catch (error) {
				if (error instanceof AcquireStopped) rankNext -= lane.turn === 'givenAway' ? 0 : AGAIN;
				else this.failAll(error instanceof Error ? error : new Error(String(error)));
			}
			this.head = undefined;
		}
		lane.queued = false;
		this.offer(lane, rankNext);
		if (lane.size === 0) this.lanes.delete(lane.id);
	}

	/** Gives the slot to the lane's next call, or back when the last one has just left. */
	private start(lane: FlowQueue, slot: Slot): void {
		const job = lane.shift();
		if (!job) return slot.unused();
		lane.turn = 'had';
		this.left(lane);
		job.start(slot);
	}

	/** A better call has come while the head waits, perhaps for longer than the better one has to. */
	private stepBackFor(rank: number): void {
		if (this.head && rank < RANK[this.head.lane.priority] - AGAIN) this.head.stop.abort();
	}

	/** One call less waits in the lane. */
	private left(lane: FlowQueue): void {
		this.waiting--;
		if (lane.size === 0 && this.head?.lane === lane) this.head.stop.abort();
	}

	private failAll(error: Error): void {
		for (const lane of this.lanes.values()) {
			for (let job = lane.shift(); job; job = lane.shift()) {
				this.waiting--;
				job.fail(error);
			}
		}
	}

	private backlog(): number {
		let calls = 0;
		for (const lane of this.lanes.values()) if (lane.priority === 'execution') calls += lane.backlog;
		return calls;
	}
}
