import type { SandboxState } from './state';

const V2 = '/crm/rest/v2';

/** Automations beyond these, so that Keap's small pages of 25 matter. */
const MORE_AUTOMATIONS = 27;

const sequence = (id: string, name: string) => ({
	id,
	name,
	paths: [{ id: '1', items: [{ id: '1', name: 'Start', type: 'Start' }] }],
	active_contact_count: 0,
	active_contact_count_completed: 0,
});

/** Templates, automations, campaigns, pipelines: what an account has to start with. */
export function seedMarketing(state: SandboxState, time: string): void {
	const templates = state.collection(`${V2}/emails/templates`);
	templates.add({
		id: '121',
		piece_title: 'Welcome',
		subject: 'Welcome ~Contact.FirstName~',
		from_address: 'hello@bakery.example',
		categories: ['News'],
		content_type: 'HTML',
		text_body: 'Welcome',
		html_body: '<h1>Welcome</h1>',
	});
	templates.add({
		id: '122',
		piece_title: 'Reminder',
		subject: 'Bread course tomorrow',
		from_address: 'hello@bakery.example',
		categories: [],
		content_type: 'TEXT',
		text_body: 'See you',
		html_body: '',
	});
	for (const [id, name] of [
		['5', 'Sales'],
		['6', 'Events'],
	] as const)
		state.collection(`${V2}/automationCategory`).add({ id, name });
	const automations = state.collection(`${V2}/automations`);
	const goals = [{ id: '11', integration: 'bakeryShop', call_name: 'bought' }];
	automations.add({
		id: '301',
		title: 'Follow up',
		categories: ['5'],
		status: 'PUBLISHED',
		locked: false,
		active_contacts: 3,
		goals,
		sequences: [sequence('61', 'Emails')],
	});
	automations.add({
		id: '302',
		title: 'Spring offer',
		categories: [],
		status: 'DRAFT',
		locked: false,
		active_contacts: 0,
		goals: [{ id: '12', integration: 'bakeryShop', call_name: 'asked' }],
		sequences: [],
	});
	for (let index = 0; index < MORE_AUTOMATIONS; index++)
		automations.add({ title: `Automation ${index + 1}`, categories: [], status: 'PUBLISHED', locked: false, active_contacts: 0 });
	const campaigns = state.collection(`${V2}/campaigns`);
	campaigns.add({
		id: '41',
		name: 'Bread course',
		locked: false,
		published_status: true,
		date_created: time,
		sequences: [sequence('71', 'Invitation'), sequence('72', 'Thanks')],
		goals: [{ id: '81', name: 'Signed up', type: 'WebForm', next_sequence_ids: ['72'], previous_sequence_ids: ['71'] }],
	});
	campaigns.add({ id: '42', name: 'Newsletter', locked: false, published_status: false, date_created: time, sequences: [], goals: [] });
	state.collection(`${V2}/pipelines`).add({ id: '0a1b2c3d-sales', name: 'Sales' });
	for (const [id, name] of [
		['0a1b2c3d-new', 'New'],
		['0a1b2c3d-offer', 'Offer sent'],
		['0a1b2c3d-done', 'Done'],
	] as const)
		state.collection(`${V2}/stages`).add({ id, name, pipeline_id: '0a1b2c3d-sales' });
	state.collection(`${V2}/deals`).add({
		id: '4e5f6a7b-deal',
		name: 'Wedding cake',
		value: { amount: 420.5, currency: 'USD' },
		contact_ids: ['1'],
		owner_ids: ['9001'],
		stage_id: '0a1b2c3d-new',
		stage_assignment_time: time,
		task_ids: [],
		status: 'OPEN',
	});
	state.collection(`${V2}/customFields`).add({
		id: '8c9d0e1f-size',
		name: 'size',
		label: 'Size',
		description: 'How many guests',
		helper_text: '',
		default_value: 10,
		validators: [],
		display_options: { type: 'NUMBER', hidden: false },
		options: { display_type: 'LIST', groups: [] },
	});
}
