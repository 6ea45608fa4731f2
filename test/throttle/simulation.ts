import { keapRequest } from '../../nodes/shared/transport';
import type { KeapContext, KeapRequest } from '../../nodes/shared/transport';
import { executeContext } from '../support/context';
import { VirtualClock } from './virtualClock';
import { type GatewayOptions, VirtualGateway } from './virtualGateway';

/** The world of one simulated test: its clock, its gateway, and a fresh throttle. */
export interface World {
	clock: VirtualClock;
	gateway: VirtualGateway;
	/** Makes one call; the path's last segment names it. */
	call(name: string | number, context?: KeapContext, request?: Partial<KeapRequest>): Promise<unknown>;
	/** Makes so many calls at once and returns the virtual milliseconds from now to the last arrival. */
	backlog(calls: number, context?: KeapContext): Promise<number>;
}

const SHARED = Symbol.for('n8n-nodes-keap');
const START = Date.UTC(2026, 0, 15, 12, 0, 17, 300);

/** The gateway that the mocked `send` of `http.ts` speaks to; set by `simulate`. */
export const wire: { gateway?: VirtualGateway } = {};

/** Runs a test in virtual time, with nothing left over from others. */
export async function simulate(options: GatewayOptions & { startsAt?: number }, test: (world: World) => Promise<void>): Promise<void> {
	const clock = new VirtualClock(options.startsAt ?? START);
	clock.install();
	Reflect.deleteProperty(globalThis, SHARED);
	try {
		const gateway = new VirtualGateway(options);
		wire.gateway = gateway;
		const standard = executeContext();
		const call: World['call'] = async (name, context = standard, request = {}) =>
			(await keapRequest(context, { method: 'POST', path: '/crm/rest/v2/{name}', pathParams: { name }, ...request })).body;
		const backlog: World['backlog'] = async (calls, context) => {
			const start = clock.elapsed();
			const all = Promise.all(Array.from({ length: calls }, async (_, index) => await call(index, context)));
			await clock.settle(all);
			return Math.max(...gateway.arrivals) - start;
		};
		await test({ clock, gateway, call, backlog });
	} finally {
		clock.uninstall();
		Reflect.deleteProperty(globalThis, SHARED);
	}
}

/** The least time that limits of 5 and 120 allow for so many calls, in milliseconds. */
export function optimum(calls: number): number {
	return Math.floor((calls - 1) / 120) * 60_000 + ((calls - 1) % 120) * 200;
}
