import type { Hook } from '../../shared/hooks/hooks';
import { hookUrlOf, isAtWebhook, isHookUrl } from './hookUrl';

/** What has to be done so that Keap has exactly the hooks of this node. */
export interface Plan {
	/** Verified already. */
	good: Hook[];
	/** Made once, but no events come: `Unverified`, or `Inactive` after failures. */
	verify: Hook[];
	/** Events without a hook, with the address to give. */
	create: Array<{ eventKey: string; hookUrl: string }>;
	/** Of this node and no longer wanted: those of other events, second ones, and those with a former token. */
	remove: Hook[];
}

const RANK: readonly string[] = ['Verified', '', 'Unverified', 'Inactive'];
const rank = ({ status }: Hook): number => (RANK.includes(status) ? RANK.indexOf(status) : RANK.length);

export const isVerified = ({ status }: Hook): boolean => status === 'Verified';

/**
 * Compares what Keap has with what is wanted. Hooks of other workflows and programs, whose address is
 * another, are in none of the lists.
 *
 * @param webhookUrl the node's webhook address, without event and token
 */
export function planHooks(hooks: readonly Hook[], events: readonly string[], webhookUrl: string, token: string): Plan {
	const own = hooks.filter(({ hookUrl }) => isAtWebhook(webhookUrl, hookUrl));
	const plan: Plan = { good: [], verify: [], create: [], remove: [] };
	const used = new Set<Hook>();
	for (const eventKey of new Set(events)) {
		const [best] = own
			.filter((hook) => hook.eventKey === eventKey && isHookUrl(hook.hookUrl, webhookUrl, eventKey, token))
			.sort((one, other) => rank(one) - rank(other));
		if (!best) plan.create.push({ eventKey, hookUrl: hookUrlOf(webhookUrl, eventKey, token) });
		else {
			used.add(best);
			(isVerified(best) ? plan.good : plan.verify).push(best);
		}
	}
	plan.remove = own.filter((hook) => !used.has(hook));
	return plan;
}

/** Whether nothing has to be done. */
export const isInOrder = ({ verify, create, remove }: Plan): boolean => verify.length + create.length + remove.length === 0;
