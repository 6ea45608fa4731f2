import type { ICredentialsDecrypted, INode, INodeCredentialTestResult } from 'n8n-workflow';

import { type KeapCredentials, parseKeapCredentials } from '../credential/credentials';
import { checkSharing } from '../throttle/redis/check';
import { nameOf } from '../throttle/redis/connection/settings';
import { throttleFor } from '../throttle/registry';
import { CallCancelled } from '../throttle/throttle';
import { DailyQuotaUsedUp, type Slot } from '../throttle/quota/windows';
import { monotonic } from '../runtime/clock';
import { type Asking, failed, oneTry, prepare, tryIn, type Wire } from './attempt';
import type { KeapRequest } from './message/types';

/** What Keap is asked for: cheap, and every key may. */
const REQUEST: KeapRequest = { method: 'GET', path: '/crm/rest/v1/setting/application/enabled', expects: { record: ['value'] } };
/** A person waits for the end of the test, for ten seconds at most: so long for a slot, and then so long for the answer. */
const SLOT_MS = 4_000;
const ANSWER_MS = 5_500;

/** Errors of n8n name a node; the test of a credential has none. */
const NODE: INode = {
	id: 'keap-credential-test',
	name: 'Keap credential',
	type: 'n8n-nodes-keap.keap',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * n8n's test of a Keap credential: Keap's account has to answer, and where the quota is to be shared, its Redis has to be of
 * use. Takes ten seconds at most. Every node names it in `testedBy`.
 *
 * @returns `OK` only when both is so; otherwise what is wrong and what would help, in the words that the nodes have for it
 */
export async function testKeapCredential({ data = {} }: Pick<ICredentialsDecrypted, 'data'>): Promise<INodeCredentialTestResult> {
	let credentials: KeapCredentials;
	try {
		credentials = parseKeapCredentials(data);
	} catch (error) {
		return { status: 'Error', message: textOf(error) };
	}
	const { sharing } = credentials;
	const [wrongWithKeap, wrongWithRedis] = await Promise.all([askKeap(credentials), sharing && checkSharing(sharing)]);
	const said = [wrongWithKeap ?? 'Keap has answered.'];
	if (wrongWithRedis !== undefined) said.push(wrongWithRedis);
	else if (sharing) said.push(`The Redis at ${nameOf(sharing)}, which shares the quota, has answered too.`);
	// The editor asks the main process; workers may lie in another network.
	said.push('Tested from this n8n process, not from others.');
	return { status: wrongWithKeap === undefined && wrongWithRedis === undefined ? 'OK' : 'Error', message: said.join(' ') };
}

/** @returns nothing when the account has answered properly */
async function askKeap(credentials: KeapCredentials): Promise<string | undefined> {
	const asking: Asking = { node: NODE, apiKey: credentials.apiKey, keyName: credentials.keyName, request: REQUEST, tries: 1 };
	try {
		const wire = prepare(credentials, { ...REQUEST, timeoutMs: ANSWER_MS });
		const tried = await sendSoon(credentials, wire, asking);
		const { answer, misfit, outcome } = tried;
		if (answer !== undefined && answer.status < 300 && misfit === undefined) return undefined;
		if (outcome.kind === 'refused') {
			return "Keap takes no more calls with this key at the moment, because its quota is used up: the key could not be tested. Try again in a minute; if the day's quota is used up, after 00:00 UTC.";
		}
		return textOf(failed(asking, outcome, tried, false));
	} catch (error) {
		return textOf(error);
	}
}

/** In a slot of the throttle, ahead of all workflows. When there is none soon it goes without one: Keap can only refuse it. */
async function sendSoon(credentials: KeapCredentials, wire: Wire, asking: Asking) {
	const throttle = throttleFor(credentials);
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), SLOT_MS);
	const ticket = { flow: '', priority: 'person' as const, order: throttle.nextOrder(), signal: patience.signal };
	const [tried] = await Promise.allSettled([oneTry(wire, throttle, ticket, asking)]);
	clearTimeout(timer);
	if (tried.status === 'fulfilled') return tried.value;
	if (!(tried.reason instanceof CallCancelled || tried.reason instanceof DailyQuotaUsedUp)) throw tried.reason;
	return await tryIn(noSlot(), wire, throttle, asking);
}

function noSlot(): Slot {
	return { sentAt: monotonic(), sent: () => undefined, answered: () => undefined, unused: () => undefined };
}

function textOf(error: unknown): string {
	const { message, description } = error as { message: string; description?: string | null };
	return [message, description]
		.map((part) => part?.trim() ?? '')
		.filter((part) => part !== '')
		.map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
		.join(' ');
}
