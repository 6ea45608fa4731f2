import { type Call, type Reply, type StandIn, standIn } from './standIn';

const OWNER = { id: 11, name: 'Olivia Baker', email: 'olivia@bakery.example' };

const person = (id: number, name: string, email: string) => ({
	result_score: 1.29,
	item: {
		id,
		type: 'person',
		name,
		phones: ['+1 480 555 0101'],
		emails: [email],
		primary_email: email,
		visible_to: 3,
		owner: { id: OWNER.id },
		organization: { id: 31, name: 'Acme Corporation', address: null },
		custom_fields: [],
		notes: [],
		update_time: '2026-11-20 09:00:00',
	},
});

const PEOPLE = [person(1, 'Ada Adams', 'ada@adams.example'), person(2, 'Ben Adams', 'ben@adams.example')];

const activity = (id: number) => ({
	id,
	subject: `Call about order ${id}`,
	type: 'call',
	owner_id: OWNER.id,
	creator_user_id: OWNER.id,
	is_deleted: false,
	add_time: '2026-11-20T09:00:00Z',
	update_time: '2026-11-20T09:00:00Z',
	deal_id: id,
	lead_id: null,
	person_id: (id % 20) + 1,
	org_id: 31,
	project_id: null,
	due_date: '2026-12-01',
	due_time: '09:00',
	duration: '00:30',
	busy: true,
	done: false,
	marked_as_done_time: null,
	location: null,
	participants: [{ person_id: (id % 20) + 1, primary: true }],
	attendees: [],
	conference_meeting_client: null,
	conference_meeting_url: null,
	conference_meeting_id: null,
	public_description: null,
	priority: null,
	note: null,
});

const deal = (id: number) => ({
	id,
	title: id === 1 ? 'Bread for the canteen' : `Bread ${id}`,
	creator_user_id: OWNER.id,
	owner_id: OWNER.id,
	value: 100 + id,
	person_id: (id % 20) + 1,
	org_id: 31,
	stage_id: 5,
	pipeline_id: 1,
	currency: 'USD',
	archive_time: null,
	add_time: '2026-11-01T09:00:00Z',
	update_time: '2026-11-20T09:00:00Z',
	stage_change_time: '2026-11-20T09:00:00Z',
	status: id === 1 ? 'open' : 'won',
	is_archived: false,
	is_deleted: false,
	probability: null,
	lost_reason: null,
	visible_to: 3,
	close_time: '2026-11-20T09:00:00Z',
	won_time: id === 1 ? null : '2026-11-20T09:00:00Z',
	lost_time: null,
	local_won_date: '2026-11-20',
	local_lost_date: null,
	local_close_date: '2026-11-20',
	expected_close_date: null,
	label_ids: [],
	origin: 'ManuallyCreated',
	origin_id: null,
	channel: null,
	channel_id: null,
	source_lead_id: null,
	acv: null,
	arr: null,
	mrr: null,
	custom_fields: {},
});

const list = (count: number, make: (id: number) => unknown) => Array.from({ length: count }, (_, index) => make(index + 1));
const ok = (data: unknown, more: object = {}): Reply => ({ json: { success: true, data, additional_data: {}, ...more } });

export interface Pipedrive extends StandIn {
	/** After so many calls, each is refused: 429. */
	quota: number;
	/** Forgets the calls and the quota. */
	reset(): void;
}

/** A small stand-in of Pipedrive's API, with records as its documentation shows them: enough for the jobs that its node can do. */
export async function pipedrive(): Promise<Pipedrive> {
	const state = { quota: Infinity, counted: 0 };
	const answer = ({ method, path, query }: Call): Reply => {
		const limit = Number(query.get('limit') ?? 100);
		const term = (query.get('term') ?? '').toLowerCase();
		if (path.endsWith('Fields')) return ok([]);
		if (path.endsWith('/persons/search')) return ok({ items: PEOPLE.filter(({ item }) => item.name.toLowerCase().includes(term)) });
		if (path.endsWith('/deals/search')) return ok({ items: [{ result_score: 1.2, item: { ...deal(1), type: 'deal' } }] });
		if (path.endsWith('/activities')) return ok(list(Math.min(limit, 60), activity));
		if (method === 'PATCH' && /\/deals\/\d+$/.test(path)) return ok({ ...deal(1), status: 'won' });
		if (path.endsWith('/deals')) return ok(list(Math.min(limit, 60), (id) => deal(id + 1)));
		if (method === 'DELETE') return ok({ id: Number(path.split('/').at(-1)) });
		if (method === 'POST' && path.endsWith('/notes'))
			return ok({ id: 71, content: 'Called', person_id: 1, active_flag: true, user_id: 11 });
		return { status: 404, json: { success: false, error: `Nothing at ${path}` } };
	};
	const server = await standIn((call) => {
		state.counted += 1;
		if (state.counted <= state.quota) return answer(call);
		return { status: 429, json: { success: false, error: 'request over limit', code: 'rate_limit_exceeded', data: null } };
	});
	return {
		...server,
		get quota() {
			return state.quota;
		},
		set quota(calls) {
			state.quota = calls;
		},
		reset: () => {
			server.calls.length = 0;
			Object.assign(state, { quota: Infinity, counted: 0 });
		},
	};
}
