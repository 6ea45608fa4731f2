import type { Hook, ObjectKey } from './hooks';

/** Times of deliveries in milliseconds. Keap's own: 30 to 60 s, then 30 to 60 s, 5 and 30 min; an answer within 30 s. */
export interface HookTimes {
	/** Before each of the four attempts. */
	attemptsMs: readonly number[];
	timeoutMs: number;
}

/** One attempt to deliver. */
export interface Delivery {
	key: string;
	eventKey: string;
	/** From 1. */
	attempt: number;
	body: { event_key: string; object_type: string; object_keys: ObjectKey[] };
	/** 0 without an answer. */
	status: number;
	ms: number;
}

/** The first attempt comes soon: who waits for it is a test or a developer. */
const TIMES: HookTimes = { attemptsMs: [20, 45_000, 300_000, 1_800_000], timeoutMs: 30_000 };
const MOST_OBJECTS = 1_000;

interface Parcel {
	hook: Hook;
	objects: ObjectKey[];
}

/** Carries deliveries to their receivers: batched, tried again, given up after the last attempt or a 410. */
export class Courier {
	private readonly times: HookTimes;
	private readonly timers = new Set<NodeJS.Timeout>();
	private readonly waiting = new Map<Hook, Parcel>();
	private underWay = 0;
	private listeners: Array<() => void> = [];
	private stopping = new AbortController();

	constructor(
		times: Partial<HookTimes>,
		private readonly log: Delivery[],
	) {
		this.times = { ...TIMES, ...times };
	}

	/** Takes objects for the hook's next delivery. */
	send(hook: Hook, objects: readonly ObjectKey[]): void {
		for (const object of objects) {
			const open = this.waiting.get(hook);
			if (open && open.objects.length < MOST_OBJECTS) open.objects.push(object);
			else this.open({ hook, objects: [object] });
		}
	}

	private open(parcel: Parcel): void {
		this.waiting.set(parcel.hook, parcel);
		this.later(this.times.attemptsMs[0] ?? 0, async () => {
			if (this.waiting.get(parcel.hook) === parcel) this.waiting.delete(parcel.hook);
			await this.attempt(parcel, 1);
		});
	}

	private async attempt({ hook, objects }: Parcel, attempt: number): Promise<void> {
		if (hook.status !== 'Verified') return;
		const body = { event_key: hook.eventKey, object_type: hook.eventKey.split('.')[0] ?? '', object_keys: objects };
		const from = performance.now();
		const answer = await this.post(hook.hookUrl, JSON.stringify(body), { 'content-type': 'application/json' });
		const status = answer?.status ?? 0;
		this.log.push({ key: hook.key, eventKey: hook.eventKey, attempt, body, status, ms: performance.now() - from });
		if (status >= 200 && status < 400) return;
		const wait = this.times.attemptsMs[attempt];
		if (status === 410 || wait === undefined) hook.status = 'Inactive';
		else this.later(wait, async () => await this.attempt({ hook, objects }, attempt + 1));
	}

	/** @returns undefined when nobody answers in time */
	async post(url: string, body: string, headers: Record<string, string>): Promise<Response | undefined> {
		try {
			const signal = AbortSignal.any([AbortSignal.timeout(this.times.timeoutMs), this.stopping.signal]);
			const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
			await response.arrayBuffer();
			return response;
		} catch {
			return undefined;
		}
	}

	/** Does something after a while; nothing of it outlives `stop`. */
	later(ms: number, work: () => Promise<void>): void {
		this.underWay++;
		const timer = setTimeout(() => {
			this.timers.delete(timer);
			void work().finally(() => this.done());
		}, ms);
		timer.unref();
		this.timers.add(timer);
	}

	private done(): void {
		this.underWay--;
		if (this.underWay === 0) for (const listener of this.listeners.splice(0)) listener();
	}

	async quiet(): Promise<void> {
		if (this.underWay > 0) await new Promise<void>((resolve) => this.listeners.push(resolve));
	}

	stop(): void {
		for (const timer of this.timers) {
			clearTimeout(timer);
			this.done();
		}
		this.timers.clear();
		this.waiting.clear();
		this.stopping.abort();
		this.stopping = new AbortController();
	}
}
