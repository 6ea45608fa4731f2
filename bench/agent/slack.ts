import { setTimeout as wait } from 'node:timers/promises';

import { type StandIn, standIn } from './standIn';

export interface Slack extends StandIn {
	/** The texts of the questions that were asked, and answered with yes. */
	readonly asked: string[];
}

const APPROVE = /https?:\/\/[^\s"\\|>]+approved=true[^\s"\\|>]*/;

/** n8n takes no click of what looks like a robot, such as a messenger's preview of the address. */
const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';

/** Stands in for Slack, and for a person there who approves whatever is asked: the click on the button is a call of its address. */
export async function approvingSlack(): Promise<Slack> {
	const asked: string[] = [];
	const server = await standIn(({ path, body }) => {
		const text = JSON.stringify(body);
		const address = APPROVE.exec(text)?.[0];
		if (path.endsWith('/chat.postMessage') && address !== undefined) {
			asked.push(text);
			void approve(address);
		}
		return { json: { ok: true, ts: '1.0', channel: 'C1', message: { text: '' } } };
	});
	return { ...server, asked };
}

/** n8n begins to wait only after Slack has answered: until then it does not know the address. */
async function approve(address: string): Promise<void> {
	for (let tries = 0; tries < 50; tries += 1) {
		await wait(200);
		const { ok } = await fetch(address, { headers: { 'user-agent': BROWSER } });
		if (ok) return;
	}
}
