import type { IDataObject } from 'n8n-workflow';
import { type Seen, withoutRepeats } from '../../nodes/KeapTrigger/delivery/dedupe';

const MINUTE = 60_000;
const NOW = 30_000_000 * MINUTE;
const change = (id: number): IDataObject => ({ event_key: 'contact.edit', id, timestamp: '2026-01-05T12:00:00.000Z' });
const settings = { what: 'delivery', windowMs: 60 * MINUTE } as const;

describe('what was passed on', () => {
	it('is left out for as long as the window says, and comes again after it', () => {
		const { seen } = withoutRepeats([change(1)], {}, settings, NOW);
		const after = (minutes: number) => withoutRepeats([change(1)], seen, settings, NOW + minutes * MINUTE).fresh;
		expect([after(0), after(59), after(60)]).toEqual([[], [], []]);
		expect(after(62)).toEqual([change(1)]);
	});

	it('is the same whatever order its fields come in', () => {
		const { seen } = withoutRepeats([change(1)], {}, settings, NOW);
		expect(withoutRepeats([Object.fromEntries(Object.entries(change(1)).reverse())], seen, settings, NOW).fresh).toEqual([]);
	});

	it('is told by times that stand deeper, too', () => {
		const tagged = (timestamp: string): IDataObject => ({
			event_key: 'contactGroup.applied',
			id: 7,
			contact_details: [{ id: 1, timestamp }],
		});
		const [early, late] = [tagged('2026-01-05T12:00:00.000Z'), tagged('2026-01-05T12:01:00.000Z')];
		const after = (second: IDataObject, what: 'delivery' | 'record') => {
			const { seen } = withoutRepeats([early], {}, { ...settings, what }, NOW);
			return withoutRepeats([second], seen, { ...settings, what }, NOW).fresh;
		};
		expect([after(early, 'delivery'), after(late, 'delivery'), after(late, 'record')]).toEqual([[], [late], []]);
	});

	it('is forgotten after the window, and the oldest first when there is too much of it', () => {
		let seen: Seen = {};
		for (let minute = 0; minute < 50; minute++)
			seen = withoutRepeats(
				Array.from({ length: 100 }, (_none, index) => change(minute * 100 + index)),
				seen,
				settings,
				NOW + minute * MINUTE,
			).seen;
		expect(Object.keys(seen)).toHaveLength(3_000);
		const at = NOW + 50 * MINUTE;
		expect(withoutRepeats([change(4_999)], seen, settings, at).fresh).toEqual([]);
		expect(withoutRepeats([change(0)], seen, settings, at).fresh).toEqual([change(0)]);
		expect(withoutRepeats([], seen, settings, NOW + 200 * MINUTE).seen).toEqual({});
	});
});
