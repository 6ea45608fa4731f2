import { fieldsOf, listIn } from '../keap';
import { asBelieved, different, judge, kindOf, mayNot, unknown } from '../findings';
import type { Assumption } from '../types';
import { NO_ID, V1, V2 } from '../workbench';

const PROFILE = `${V2}/businessProfile`;
const A_CONTACT = { page_size: 1 };
const FIVE_MINUTES = 300_000;

/** The gateway and its headers, errors, versions. */
export const ANSWERS: readonly Assumption[] = [
	{
		id: 'quota-headers',
		question: 'Does every answer say how much of the day and of the minute is left?',
		believed: '`x-keap-product-quota-*` for the day and `x-keap-product-throttle-*` for the minute, as numbers in text.',
		source: "Recorded answers of 2026; Keap's developer portal names the limits.",
		restsOn: ['nodes/shared/throttle/quota/quotaHeaders.ts'],
		otherwise: 'The throttle goes by the limits of the credential alone and cannot see what other programs spend.',
		asked: 'Reads the business profile and looks at the headers.',
		reads: async (keap) => {
			const { headers } = await keap.get(PROFILE);
			const names = ['quota-limit', 'quota-available', 'throttle-limit', 'throttle-available'];
			const missing = names.filter((name) => !/^\d+$/.test(headers[`x-keap-product-${name}`] ?? ''));
			if (missing.length > 0) return different(`no number in: ${missing.join(', ')}`);
			return asBelieved(`${headers['x-keap-product-quota-limit']} a day, ${headers['x-keap-product-throttle-limit']} a minute`);
		},
	},
	{
		id: 'quota-units',
		question: 'Are the two product limits a day and a minute?',
		believed: '`time-unit` is `day` for the quota and `minute` for the throttle, `interval` is 1.',
		source: 'Recorded answers of 2026.',
		restsOn: ['nodes/shared/throttle/quota/quotaHeaders.ts'],
		otherwise: 'What is left would be held against the wrong window: too many calls, or pauses for nothing.',
		asked: 'Reads the business profile and looks at the headers.',
		reads: async (keap) => {
			const { headers } = await keap.get(PROFILE);
			const units = ['quota-time-unit', 'quota-interval', 'throttle-time-unit', 'throttle-interval'].map(
				(name) => headers[`x-keap-product-${name}`] ?? '',
			);
			if (units.every((text) => text === '')) return unknown('the headers are empty');
			return judge(units.join(' ') === 'day 1 minute 1', units.join(' '));
		},
	},
	{
		id: 'tenant-id',
		question: 'Does an answer name the account?',
		believed: '`x-keap-tenant-id` is there and not empty with a key that Keap knows.',
		source: 'Recorded answers of 2026.',
		restsOn: ['nodes/shared/polling', 'nodes/shared/throttle'],
		otherwise: 'A trigger cannot notice that its key now belongs to another account.',
		asked: 'Reads the business profile and looks whether the header has a value; the value is not shown.',
		reads: async (keap) => {
			const id = (await keap.get(PROFILE)).headers['x-keap-tenant-id'];
			return judge(id !== undefined && id !== '', id === undefined ? 'no such header' : id === '' ? 'an empty value' : 'a value');
		},
	},
	{
		id: 'tenant-windows',
		question: 'Do the limits of the whole account come as two windows in one header?',
		believed: '`x-keap-tenant-throttle-limit` is like `10000|250000`: minute and day.',
		source: 'Recorded answers of 2026.',
		restsOn: ['nodes/shared/throttle/quota/quotaHeaders.ts'],
		otherwise: 'The limits of the whole account are not kept to; a 429 would be the first sign.',
		asked: 'Reads the business profile and looks at the header.',
		reads: async (keap) => {
			const limit = (await keap.get(PROFILE)).headers['x-keap-tenant-throttle-limit'] ?? '';
			if (limit === '' || limit === '|') return unknown('the header is absent or empty');
			return judge(/^\d+\|\d+$/.test(limit), `${limit.split('|').length} values`);
		},
	},
	{
		id: 'date-header',
		question: "Does an answer carry Keap's own clock?",
		believed: 'A `Date` header, within minutes of the right time.',
		source: 'HTTP asks for it; answers recorded behind the same gateway have it.',
		restsOn: ['nodes/shared/polling'],
		otherwise: 'A poll takes the machine’s clock instead, or what it has seen.',
		asked: 'Reads the business profile and compares the header with the clock of this machine.',
		reads: async (keap) => {
			const date = Date.parse((await keap.get(PROFILE)).headers.date ?? '');
			if (Number.isNaN(date)) return different('no date');
			const off = Math.abs(Date.now() - date);
			return judge(
				off < FIVE_MINUTES,
				off < FIVE_MINUTES ? 'within five minutes' : `${Math.round(off / 60_000)} minutes apart (or this machine's clock is wrong)`,
			);
		},
	},
	{
		id: 'wrong-key',
		question: 'Is a key that Keap does not know refused with 401?',
		believed: '401, whatever the path; it counts nowhere.',
		source: 'Measured by an integrator on 2026-08-11.',
		restsOn: ['nodes/shared/transport/errors', 'credentials'],
		otherwise: 'The credential test and the errors would give the wrong advice.',
		asked: 'Reads the business profile with a made-up key.',
		reads: async (keap) => {
			const { status } = await keap.withKey('n8n-nodes-keap-check-no-key').ask('GET', PROFILE);
			return judge(status === 401, `status ${status}`);
		},
	},
	{
		id: 'unknown-path',
		question: 'Is a path that Keap does not have answered with 404 and a web page?',
		believed: 'Status 404, HTML with the title "Keap - Page Not Found".',
		source: 'Recorded answer of 2024; a production log of 2026.',
		restsOn: ['nodes/shared/transport/errors'],
		otherwise: 'The error of a wrong path would name another reason.',
		asked: 'Reads a path that cannot exist.',
		reads: async (keap) => {
			const { status, message } = await keap.ask('GET', `${V2}/n8n-nodes-keap-check`);
			const page = /Keap - Page Not Found/.test(message);
			return judge(status === 404 && page, `status ${status}, ${page ? 'the web page' : 'not the web page'}`);
		},
	},
	{
		id: 'missing-record',
		question: 'Is a record that does not exist a 404 that Keap itself answers?',
		believed: 'Status 404 in JSON with a `message`.',
		source: 'Recorded answers of 2024 and 2026.',
		restsOn: ['nodes/shared/transport/errors', 'nodes/shared/catalogue/batching'],
		otherwise: 'A deletion would not count as done where the record is gone already, and a bundle could not name the missing one.',
		asked: 'Reads a contact with an ID that no account has.',
		reads: async (keap) => {
			const { status, message } = await keap.ask('GET', `${V2}/contacts/${NO_ID}`);
			return judge(status === 404 && !/web page/i.test(message), `status ${status}`);
		},
	},
	{
		id: 'v1-links',
		question: 'Does a list of version 1 always name a next page?',
		believed: '`next` is there on the last page, too, and points behind the end.',
		source: 'Recorded answers of 2022, 2024 and 2026.',
		restsOn: ['nodes/shared/transport/pages.ts'],
		otherwise: 'Nothing: the reader stops at an empty page, at `count`, and without `next`.',
		asked: 'Reads one contact by version 1, behind all others.',
		reads: async (keap) => {
			const { status, body } = await keap.get(`${V1}/contacts`, { limit: 1, offset: NO_ID });
			if (status === 403) return mayNot;
			return judge(typeof fieldsOf(body).next === 'string', `\`next\` is ${kindOf(fieldsOf(body).next)}, status ${status}`);
		},
	},
	{
		id: 'v1-behind-the-end',
		question: 'Is an offset behind the end of a list of version 1 an empty list?',
		believed: 'Status 200 and no records.',
		source: 'Recorded answers of 2024.',
		restsOn: ['nodes/shared/transport/pagination.ts'],
		otherwise: 'Reading a list of exactly full pages would end in an error.',
		asked: 'Reads one contact by version 1, behind all others.',
		reads: async (keap) => {
			const reply = await keap.get(`${V1}/contacts`, { limit: 1, offset: NO_ID });
			if (reply.status === 403) return mayNot;
			const list = fieldsOf(reply.body).contacts;
			return judge(Array.isArray(list) && list.length === 0, `status ${reply.status}, contacts is ${kindOf(list)}`);
		},
	},
	{
		id: 'v1-times',
		question: 'Are times of version 1 readable as ISO 8601?',
		believed: '`2024-11-20T18:34:12.000+0000`: the offset without a colon.',
		source: 'Recorded answers of 2024.',
		restsOn: ['nodes/KeapPollingTrigger', 'nodes/shared/polling'],
		otherwise: 'Appointments could not be put in the order of their changes.',
		asked: 'Reads one contact by version 1 and looks at the form of its dates.',
		reads: async (keap) => {
			const [contact] = listIn(await keap.get(`${V1}/contacts`, { limit: 1 }), 'contacts');
			const time = contact?.date_created;
			if (typeof time !== 'string') return unknown('no contact with a date');
			const form = time.replace(/\d/g, '0');
			return judge(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/.test(time), form);
		},
	},
	{
		id: 'v2-ids',
		question: 'Are IDs of version 2 texts of digits?',
		believed: 'Texts, all digits.',
		source: "Keap's description; recorded answers.",
		restsOn: ['nodes/shared/locators', 'nodes/shared/catalogue/fields'],
		otherwise: 'IDs from Keap would be refused before the next call.',
		asked: 'Reads one contact by version 2 and looks at its ID’s form.',
		reads: async (keap) => {
			const [contact] = listIn(await keap.get(`${V2}/contacts`, A_CONTACT), 'contacts');
			if (!contact) return unknown('no contact');
			const { id } = contact;
			return judge(
				typeof id === 'string' && /^\d+$/.test(id),
				typeof id === 'string' && !/^\d+$/.test(id) ? 'a text with other signs' : kindOf(id),
			);
		},
	},
	{
		id: 'pipelines-path',
		question: 'Do deals, pipelines and stages stand under version 2?',
		believed: '`/crm/rest/v2/pipelines`, as the other records.',
		source: "Keap's description of the pipelines service of 2025-05-29; its base path is not confirmed anywhere.",
		restsOn: [
			'nodes/shared/records/sales/pipelines.ts',
			'nodes/KeapSales/resources/deal.ts',
			'nodes/shared/records/sales/pipelineStages.ts',
		],
		otherwise: 'Every operation of Deal, Pipeline and Stage fails with 404.',
		asked: 'Lists one pipeline.',
		reads: async (keap) => {
			const { status } = await keap.get(`${V2}/pipelines`, { page_size: 1 });
			return status === 403 ? mayNot : judge(status === 200, `status ${status}`);
		},
	},
];
