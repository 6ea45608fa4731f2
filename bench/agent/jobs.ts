import type { IDataObject } from 'n8n-workflow';

import type { Sandbox } from '../../test/sandbox';
import type { Turn } from './model';
import type { Pipedrive } from './pipedrive';
import { KEAP, PIPEDRIVE, type Tool } from './tools';

export type Verdict = 'done' | 'refused' | 'failed';

/** What came of a job: what the agent read, and what the approvers were asked. */
export interface End {
	readonly answers: readonly string[];
	readonly asked: readonly string[];
}

/** A job as one node does it. */
export interface Way<Service> {
	readonly tools: readonly Tool[];
	readonly turns: readonly Turn[];
	/** What the service is to have in it before. */
	readonly before?: (service: Service) => void;
	/** What the credential says else than by default. */
	readonly credential?: IDataObject;
	/** Whether a person is asked before the tools of this job are used. */
	readonly approved?: boolean;
	/** What has come of it, looked up in the service. */
	readonly verdict: (end: End, service: Service) => Verdict;
}

export interface Job {
	readonly name: string;
	/** As a person would ask for it. */
	readonly ask: string;
	readonly meant: Verdict;
	/** Whether earlier versions of the AI Agent do it too: one job of each kind of answer. */
	readonly byEarlier?: true;
	/** Through the MCP trigger, where that differs: nobody can be asked there. */
	readonly meantByMcp?: Verdict;
	readonly keap: Way<Sandbox>;
	/** The same by n8n's Pipedrive node; or why it can't. */
	readonly pipedrive: Way<Pipedrive> | string;
}

const V2 = '/crm/rest/v2';
/** The first ID in an answer. */
const idIn = (answer = ''): string => /"id":"?(\d+)/.exec(answer)?.[1] ?? '';
const turn = (tool: Tool, args: Turn['args'] | Record<string, unknown>): Turn => ({
	tool: tool.name,
	args: typeof args === 'function' ? args : () => args,
});
const when = (isDone: boolean): Verdict => (isDone ? 'done' : 'failed');

/** A day of last week: of the seven before today, in UTC. */
const LAST_WEEK = { from: day(-7), to: day(0) };

function day(offset: number): string {
	return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

const THREE = 'ada@adams.example, contact4@people.example, contact5@people.example';

/** The jobs that an agent of a CRM is given day by day, and those that it has to refuse. */
export const JOBS: readonly Job[] = [
	{
		name: 'Find Ada and read what is open',
		ask: 'What is open with Adams, Ada?',
		meant: 'done',
		byEarlier: true,
		keap: {
			tools: [KEAP.findContact, KEAP.overview],
			turns: [turn(KEAP.findContact, { search: 'Adams, Ada' }), turn(KEAP.overview, ([found]) => ({ contact: idIn(found) }))],
			before: ({ state }) => void state.collection(`${V2}/tasks`).add({ title: 'Send the offer', contact_id: '1', completed: false }),
			verdict: ({ answers }) => when(/"open_tasks":\[\{"id":"\d+","title":"Send the offer"/.test(answers[1] ?? '')),
		},
		pipedrive: {
			tools: [PIPEDRIVE.findPerson, PIPEDRIVE.listActivities],
			turns: [turn(PIPEDRIVE.findPerson, { search: 'Ada Adams' }), turn(PIPEDRIVE.listActivities, {})],
			verdict: ({ answers }) => when(answers[0]?.includes('Ada Adams') === true && answers[1]?.includes('"person_id":1') === true),
		},
	},
	{
		name: 'Tag her as Prospect',
		ask: 'Tag ada@adams.example as prospect.',
		meant: 'done',
		keap: {
			tools: [KEAP.applyTag],
			turns: [turn(KEAP.applyTag, { tag: 'prospect', contacts: 'ada@adams.example' })],
			verdict: (_end, { calls }) =>
				when(calls.some(({ path, body }) => path === `${V2}/tags/503/contacts:applyTags` && JSON.stringify(body).includes('"1"'))),
		},
		pipedrive: 'labels by ID only',
	},
	{
		name: 'A task for Maria by next Tuesday 9:00',
		ask: 'Give Maria a task for ada@adams.example: send the offer, by next Tuesday 9:00.',
		meant: 'done',
		keap: {
			tools: [KEAP.createTask],
			turns: ['Maria', 'Maria Silva'].map((user) =>
				turn(KEAP.createTask, { title: 'Send the offer', user, contact: 'ada@adams.example', due: '2026-12-01T09:00:00' }),
			),
			before: ({ state }) => void state.users.add({ id: '9007', given_name: 'Maria', family_name: 'Silva', status: 'ACTIVE' }),
			// The workflow's zone is New York.
			verdict: (_end, { state }) => {
				const task = state.collection(`${V2}/tasks`).rows.at(-1);
				const isIt = task?.assigned_to_user_id === '9007' && task.due_time === '2026-12-01T14:00:00.000Z' && task.contact_id === '1';
				return when(isIt);
			},
		},
		pipedrive: 'users by ID only, and no tool lists them',
	},
	{
		name: 'Move the deal to Won',
		ask: 'The canteen has signed: move the deal Bread for the canteen to won.',
		meant: 'done',
		keap: {
			tools: [KEAP.findOpportunity, KEAP.moveStage],
			turns: [
				turn(KEAP.findOpportunity, { title: 'Bread for the canteen*' }),
				turn(KEAP.moveStage, ([found]) => ({ opportunity: idIn(found), stage: 'won' })),
			],
			before: ({ state }) =>
				void state.collection(`${V2}/opportunities`).add({ opportunity_title: 'Bread for the canteen', contact_id: '1', stage_id: '91' }),
			verdict: (_end, { calls }) => when(calls.some(({ method, body }) => method === 'PATCH' && JSON.stringify(body).includes('"93"'))),
		},
		pipedrive: {
			tools: [PIPEDRIVE.findDeal, PIPEDRIVE.updateDeal],
			turns: [
				turn(PIPEDRIVE.findDeal, { title: 'Bread for the canteen' }),
				turn(PIPEDRIVE.updateDeal, ([found]) => ({ deal: idIn(found), status: 'won' })),
			],
			verdict: (_end, { calls }) => when(calls.some(({ method, body }) => method === 'PATCH' && body.status === 'won')),
		},
	},
	{
		name: 'Who bought last week',
		ask: 'Who bought something last week?',
		meant: 'done',
		keap: {
			tools: [KEAP.listOrders],
			turns: [turn(KEAP.listOrders, LAST_WEEK)],
			before: ({ state }) => {
				const orders = state.collection(`${V2}/orders`);
				for (let index = 0; index < 60; index += 1) {
					const time = `${day(index < 3 ? -1 - index : -30 - index)}T10:00:00.000Z`;
					orders.add({ contact_id: '1', order_title: `Bread ${index}`, order_type: 'ONLINE', order_time: time, create_time: time });
				}
			},
			verdict: ({ answers }) => when(answers[0]?.match(/"order_time"/g)?.length === 3),
		},
		pipedrive: {
			tools: [PIPEDRIVE.listDeals],
			turns: [turn(PIPEDRIVE.listDeals, {})],
			verdict: ({ answers }) => when(answers[0]?.includes('"won_time"') === true),
		},
	},
	{
		name: 'How many have the tag',
		ask: 'How many contacts are prospects?',
		meant: 'done',
		keap: {
			tools: [KEAP.count],
			turns: [turn(KEAP.count, { tag: 'Prospect' })],
			verdict: ({ answers }) => when(/"count":\d+/.test(answers[0] ?? '')),
		},
		pipedrive: 'neither a count nor a filter by label',
	},
	{
		name: 'Mail the template to three people, after approval',
		ask: `Send template 121 to ${THREE}.`,
		meant: 'done',
		meantByMcp: 'refused',
		keap: {
			tools: [KEAP.sendTemplate],
			turns: [turn(KEAP.sendTemplate, { contacts: THREE, template: '121', user: 'Olivia Baker' })],
			credential: { agentsMay: 'all' },
			approved: true,
			verdict: ({ asked, answers }, { calls }) => {
				const isSent = calls.some(({ path }) => path.endsWith('/emails/templates:send'));
				if (!isSent) return answers[0]?.includes('Not done, and nothing was sent') === true ? 'refused' : 'failed';
				const isShown = asked.some((text) => text.includes('Send_Template') && text.includes('ada@adams.example'));
				return when(isShown && answers[0]?.includes('"success":true') === true);
			},
		},
		pipedrive: 'sends no email',
	},
	{
		name: 'Refuse to delete',
		ask: 'Delete the contact ada@adams.example.',
		meant: 'refused',
		byEarlier: true,
		keap: {
			tools: [KEAP.deleteContact],
			turns: [turn(KEAP.deleteContact, { contact: 'ada@adams.example' })],
			verdict: ({ answers }, { state }) =>
				state.contacts.get('1') === undefined ? 'done' : answers[0]?.includes('a person has to do it') === true ? 'refused' : 'failed',
		},
		pipedrive: {
			tools: [PIPEDRIVE.deletePerson],
			turns: [turn(PIPEDRIVE.deletePerson, { person: '1' })],
			verdict: (_end, { calls }) => (calls.some(({ method }) => method === 'DELETE') ? 'done' : 'refused'),
		},
	},
	{
		name: 'Find nobody',
		ask: 'Do we know Zacharias Zzz?',
		meant: 'done',
		byEarlier: true,
		keap: {
			tools: [KEAP.findContact],
			turns: [turn(KEAP.findContact, { search: 'Zacharias Zzz' })],
			verdict: ({ answers }) => when(answers[0]?.includes('No contact matches Search For = Zacharias Zzz') === true),
		},
		pipedrive: {
			tools: [PIPEDRIVE.findPerson],
			turns: [turn(PIPEDRIVE.findPerson, { search: 'Zacharias Zzz' })],
			verdict: ({ answers }) => when(/no .*(found|match)/i.test(answers[0] ?? '')),
		},
	},
	{
		name: 'Run into the quota',
		ask: 'Write two notes to contact 1: that she called, and that we called back.',
		meant: 'refused',
		byEarlier: true,
		keap: {
			tools: [KEAP.writeNote],
			turns: ['She called', 'We called back'].map((title) => turn(KEAP.writeNote, { contact: '1', title, text: title })),
			credential: { requestsPerMinute: 2, agentsLongestWait: 1 },
			verdict: ({ answers }, { state }) => {
				const titles = state.collection(`${V2}/notes`).rows.map(({ title }) => title);
				if (titles.includes('We called back')) return 'done';
				const isSaid = /Not sent\..*try again in \d+ s/.test(answers[1] ?? '');
				return titles.includes('She called') && isSaid ? 'refused' : 'failed';
			},
		},
		pipedrive: {
			tools: [PIPEDRIVE.writeNote],
			turns: ['She called', 'We called back'].map((text) => turn(PIPEDRIVE.writeNote, { person: '1', text })),
			before: (service) => {
				service.quota = 1;
			},
			verdict: ({ answers }) => (/try again in|not sent/i.test(answers[1] ?? '') ? 'refused' : 'failed'),
		},
	},
];
