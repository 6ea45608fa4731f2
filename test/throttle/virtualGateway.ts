import type { HttpAnswer, HttpCall } from '../../nodes/shared/transport/http/http';

type Range = readonly [number, number];

export interface GatewayOptions {
	perSecond?: number;
	perMinute?: number;
	perDay?: number;
	/** How the gateway reads its limits; the strictest readings by default. */
	second?: 'rolling' | 'spikeArrest' | 'tokenBucket' | 'none';
	minute?: 'rolling' | 'fixedClock' | 'fixedFirst';
	/** Milliseconds on the way in, at work, on the way back; a range is drawn from evenly. */
	wayIn?: Range;
	work?: Range;
	wayBack?: Range;
	headers?: boolean;
	/** Name of the account that answers give, or the account of each key. Minute and day are counted for all keys together. */
	account?: string | ((key: string) => string);
	/** Changes an answer before it goes back. */
	alter?: (answer: HttpAnswer, call: HttpCall) => HttpAnswer;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Keap's gateway in virtual time: strict, with its headers, and with a memory of every arrival. */
export class VirtualGateway {
	/** Times of all arrivals, refused or not. */
	readonly arrivals: number[] = [];
	readonly paths: string[] = [];
	readonly refused = { second: 0, minute: 0, day: 0 };
	private accepted: number[] = [];
	private firstOfMinute = -Infinity;
	private tokens: number;
	private tokensAt = 0;
	private lastPassed = -Infinity;
	private dayUsed = 0;
	private day: number;
	private seed = 1;

	constructor(private readonly options: GatewayOptions = {}) {
		this.tokens = this.perSecond;
		this.day = Math.floor(Date.now() / DAY);
	}

	get perSecond(): number {
		return this.options.perSecond ?? 5;
	}

	get perMinute(): number {
		return this.options.perMinute ?? 120;
	}

	send = async (call: HttpCall): Promise<HttpAnswer> => {
		const { wayIn = [0, 0], work = [20, 20], wayBack = [0, 0], alter } = this.options;
		call.onSent();
		await this.travel(wayIn);
		const answer = this.named(this.arrive(call.path), call);
		await this.travel(answer.status === 200 ? work : [0, 0]);
		await this.travel(wayBack);
		return alter ? alter(answer, call) : answer;
	};

	private named(answer: HttpAnswer, { headers }: HttpCall): HttpAnswer {
		const { account } = this.options;
		if (account === undefined) return answer;
		const name = typeof account === 'string' ? account : account(headers['X-Keap-API-Key'] ?? '');
		return { ...answer, headers: { ...answer.headers, 'x-keap-tenant-id': name } };
	}

	/** Another program with the same key calls now. */
	spendElsewhere(): void {
		this.arrive('elsewhere', false);
	}

	/** The most arrivals in any rolling window of so many milliseconds. */
	most(windowMs: number): number {
		const times = [...this.arrivals].sort((a, b) => a - b);
		let first = 0;
		let most = 0;
		times.forEach((time, index) => {
			while (time - (times[first] ?? 0) >= windowMs) first++;
			most = Math.max(most, index - first + 1);
		});
		return most;
	}

	private arrive(path: string, ours = true): HttpAnswer {
		const now = performance.now();
		if (ours) {
			this.arrivals.push(now);
			this.paths.push(path);
		}
		const why = this.verdict(now);
		if (why) {
			if (ours) this.refused[why]++;
		} else {
			this.accepted.push(now);
			this.lastPassed = now;
			this.tokens--;
			this.dayUsed++;
		}
		const body = why === 'second' ? { fault: { detail: { errorcode: 'policies.ratelimit.SpikeArrestViolation' } } } : { ok: true };
		return { status: why ? 429 : 200, headers: this.headers(now), text: JSON.stringify(body) };
	}

	private verdict(now: number): 'second' | 'minute' | 'day' | undefined {
		const day = Math.floor(Date.now() / DAY);
		if (day !== this.day) this.dayUsed = 0;
		this.day = day;
		if (!this.secondAllows(now)) return 'second';
		if (this.minuteUsed(now) >= this.perMinute) return 'minute';
		return this.dayUsed >= (this.options.perDay ?? 15_000) ? 'day' : undefined;
	}

	private secondAllows(now: number): boolean {
		switch (this.options.second ?? 'rolling') {
			case 'spikeArrest':
				return now - this.lastPassed >= 1_000 / this.perSecond;
			case 'tokenBucket': {
				this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.tokensAt) / 1_000) * this.perSecond);
				this.tokensAt = now;
				return this.tokens >= 1;
			}
			case 'rolling':
				return this.accepted.filter((time) => now - time < 1_000).length < this.perSecond;
			default:
				return true;
		}
	}

	private minuteUsed(now: number): number {
		this.accepted = this.accepted.filter((time) => now - time < MINUTE);
		if (this.options.minute === 'fixedClock') {
			const start = now - (Date.now() % MINUTE);
			return this.accepted.filter((time) => time >= start).length;
		}
		if (this.options.minute === 'fixedFirst') {
			if (now - this.firstOfMinute >= MINUTE) this.firstOfMinute = now;
			return this.accepted.filter((time) => time >= this.firstOfMinute).length;
		}
		return this.accepted.length;
	}

	private headers(now: number): Record<string, string> {
		if (this.options.headers === false) return {};
		const used = Math.min(this.perMinute, this.minuteUsed(now));
		const perDay = this.options.perDay ?? 15_000;
		return {
			'x-keap-product-throttle-limit': String(this.perMinute),
			'x-keap-product-throttle-time-unit': 'minute',
			'x-keap-product-throttle-interval': '1',
			'x-keap-product-throttle-available': String(this.perMinute - used),
			'x-keap-product-throttle-used': String(used),
			'x-keap-product-quota-limit': String(perDay),
			'x-keap-product-quota-time-unit': 'day',
			'x-keap-product-quota-interval': '1',
			'x-keap-product-quota-available': String(perDay - this.dayUsed),
			'x-keap-product-quota-used': String(this.dayUsed),
			'x-keap-product-quota-expiry-time': String((this.day + 1) * DAY),
		};
	}

	private async travel([least, most]: Range): Promise<void> {
		if (most > 0) await new Promise<void>((resolve) => setTimeout(resolve, least + (most - least) * this.random()));
	}

	/** The same numbers in every run. */
	private random(): number {
		this.seed = (this.seed * 1_103_515_245 + 12_345) % 2_147_483_648;
		return this.seed / 2_147_483_648;
	}
}
