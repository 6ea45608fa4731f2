import { closeConnections } from '../../nodes/shared/transport/http/dispatchers';
import { serveList, type SimulatedKeap } from './simulatedKeap';
import { SimulatedList } from './simulatedList';

export const START = Date.UTC(2026, 0, 1);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** A simulated Keap for each test of a file. The clock of n8n is the list's unless `Date.now` is mocked otherwise. */
export function simulatedKeap(): () => SimulatedKeap {
	let keap: SimulatedKeap | undefined;
	beforeEach(async () => {
		const made = await serveList(new SimulatedList(START));
		keap = made;
		jest.spyOn(Date, 'now').mockImplementation(() => made.list.now);
	});
	afterEach(async () => {
		jest.restoreAllMocks();
		await closeConnections();
		await keap?.close();
	});
	return () => {
		if (!keap) throw new Error('The fixture is there inside tests only');
		return keap;
	};
}
