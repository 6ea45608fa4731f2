import { randomBytes } from 'node:crypto';
import { EVENT_KEYS } from './events';
import { Courier, type Delivery, type HookTimes } from './courier';

export type HookStatus = 'Unverified' | 'Verified' | 'Inactive';

/** One subscription. */
export interface Hook {
	key: string;
	eventKey: string;
	hookUrl: string;
	status: HookStatus;
}

/** One changed object of a delivery; `contactGroup` events carry more. */
export type ObjectKey = { id: number } & Record<string, unknown>;

/** When Keap calls the receiver of a new hook: before it answers the request, after, or not at all (it cannot be reached). */
export type HandshakeOrder = 'before' | 'after' | 'never';

/** The account's REST hooks: who listens to what, the handshake, and what changes raise. */
export class Hooks {
	readonly all = new Map<string, Hook>();
	/** Every attempt to deliver, oldest first. */
	readonly deliveries: Delivery[] = [];
	/** What this account offers. */
	eventKeys: readonly string[] = EVENT_KEYS;
	handshakeOrder: HandshakeOrder = 'before';
	/** The name of the secret's header, in whatever case. */
	secretHeader = 'X-Hook-Secret';
	/** The secrets of the last handshakes, by key. */
	readonly secrets = new Map<string, string>();
	private readonly courier: Courier;
	private serial = 0;

	constructor(times: Partial<HookTimes> = {}) {
		this.courier = new Courier(times, this.deliveries);
	}

	/** Subscribes; the hook delivers nothing until it is verified. */
	add(eventKey: string, hookUrl: string): Hook {
		const hook: Hook = { key: String(++this.serial + 40), eventKey, hookUrl, status: 'Unverified' };
		this.all.set(hook.key, hook);
		return hook;
	}

	/**
	 * Calls the receiver with a fresh secret, in the header and as `verification_key` in the body: 200 and the same secret back
	 * in the header make the hook Verified.
	 */
	async handshake(hook: Hook): Promise<void> {
		const secret = randomBytes(12).toString('hex');
		this.secrets.set(hook.key, secret);
		const answer = await this.courier.post(hook.hookUrl, JSON.stringify({ verification_key: secret }), {
			'content-type': 'application/json',
			[this.secretHeader]: secret,
		});
		if (answer?.status === 200 && answer.headers.get('x-hook-secret') === secret) hook.status = 'Verified';
	}

	/** The same in the order that is set. @returns when the request may be answered */
	async introduce(hook: Hook): Promise<void> {
		if (this.handshakeOrder === 'before') await this.handshake(hook);
		if (this.handshakeOrder === 'after') this.courier.later(20, async () => await this.handshake(hook));
	}

	/** The receiver sends the secret of the last handshake by itself. False if it is another one. */
	verifyLate(hook: Hook, secret: string | undefined): boolean {
		if (secret === undefined || this.secrets.get(hook.key) !== secret) return false;
		hook.status = 'Verified';
		return true;
	}

	/** Something happened to an object: every hook that listens gets a message, up to 1,000 objects at a time. */
	raise(eventKey: string, ...objects: ObjectKey[]): void {
		for (const hook of this.all.values()) if (hook.eventKey === eventKey) this.courier.send(hook, objects);
	}

	/** Resolves when nothing is on its way or waits for another attempt. */
	async quiet(): Promise<void> {
		await this.courier.quiet();
	}

	/** Forgets all hooks and what was on its way. */
	clear(): void {
		this.courier.stop();
		this.all.clear();
		this.secrets.clear();
		this.deliveries.length = 0;
	}
}
