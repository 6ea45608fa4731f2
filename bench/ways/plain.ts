import Bottleneck from 'bottleneck';
import { request } from 'undici';
import { type Scene, TAG, type Way } from '../work';

interface Answer {
	status: number;
	body: { contacts?: unknown[]; next_page_token?: string };
}

/** Sends one request and reads its answer; nothing else. */
type Send = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<Answer>;

const bare =
	({ url, apiKey }: Scene): Send =>
	async (method, path, body) => {
		const headers = { 'X-Keap-API-Key': apiKey, 'content-type': 'application/json' };
		const answer = await request(url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
		return { status: answer.statusCode, body: (await answer.body.json().catch(() => ({}))) as Answer['body'] };
	};

/** The call that one item takes. */
function callFor({ work, contactIds }: Scene, index: number): Parameters<Send> {
	if (work.name === 'create')
		return ['POST', '/crm/rest/v2/contacts', { email_addresses: [{ email: `bench${index}@people.example`, field: 'EMAIL1' }] }];
	if (work.name === 'tag') return ['POST', `/crm/rest/v2/tags/${TAG}/contacts:applyTags`, { contact_ids: [contactIds[index]] }];
	return ['GET', `/crm/rest/v2/contacts/${contactIds[index]}`];
}

const isGood = ({ status }: Answer) => status >= 200 && status < 300;

/** Pages one after the other until the first that fails. */
async function list(send: Send, pathOf: (page: number, token: string) => string): Promise<number> {
	let rows = 0;
	let token = '';
	for (let page = 0; ; page++) {
		const answer = await send('GET', pathOf(page, token));
		const contacts = answer.body.contacts ?? [];
		if (!isGood(answer) || contacts.length === 0) return rows;
		rows += contacts.length;
		token = answer.body.next_page_token ?? '';
		if (!token && pathOf(page, token) === pathOf(page + 1, token)) return rows;
	}
}

const v2Page = (_page: number, token: string) =>
	`/crm/rest/v2/contacts?page_size=1000${token ? `&page_token=${encodeURIComponent(token)}` : ''}`;
const v1Page = (page: number) => `/crm/rest/v1/contacts?limit=50&offset=${page * 50}`;

async function oneByOne(scene: Scene, pathOf: typeof v2Page): Promise<number> {
	const send = bare(scene);
	if (scene.work.name === 'list') return await list(send, pathOf);
	let good = 0;
	for (let index = 0; index < scene.work.size; index++) if (isGood(await send(...callFor(scene, index)))) good++;
	return good;
}

/** A loop that awaits one request after the other. */
export const bareLoop: Way = async (scene) => await oneByOne(scene, v2Page);

/** How n8n's built-in Keap node asks: one after the other, without a throttle, lists by v1 pages of 50. */
export const builtInPattern: Way = async (scene) => await oneByOne(scene, v1Page);

/** Bottleneck as its README sets a reservoir up, with these limits. */
export const bottleneckReadme: Way = async (scene) => {
	const limiter = new Bottleneck({ minTime: 200, reservoir: 120, reservoirRefreshAmount: 120, reservoirRefreshInterval: 60_000 });
	const send = bare(scene);
	const throttled: Send = async (...call) => await limiter.schedule(async () => await send(...call));
	try {
		if (scene.work.name === 'list') return await list(throttled, v2Page);
		const answers = Array.from({ length: scene.work.size }, async (_, index) => await throttled(...callFor(scene, index)));
		return (await Promise.all(answers)).filter(isGood).length;
	} finally {
		await limiter.disconnect();
	}
};
