import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { accountOfToken } from '../subscription/token';
import { REPORT } from '../subscription/report';
import { type Body, readCallBody } from './body';
import { type Delivery, itemsOf, readDelivery, saysSomething } from './delivery';
import { passesTags } from './filters';
import { withAccount } from './account';
import { shakeHands } from './handshake';
import { withoutDuplicates } from './dedupe/dedupe';
import { chosenEvents, filtersOf, passesDeliveries } from '../form/settings';

/** Answers by ourselves; no execution starts. */
function answer(context: IWebhookFunctions, status: number, body: IDataObject = {}): IWebhookResponseData {
	const response = context.getResponseObject().status(status);
	if (Object.keys(body).length === 0) response.end();
	else response.json(body);
	return { noWebhookResponse: true };
}

/**
 * Takes what Keap sends: a handshake is answered, a delivery starts an execution, anything else starts nothing.
 * Nothing is asked of Keap here, so that it has its answer at once: records are fetched by the execution.
 *
 * Whoever knows the token gets 200 whatever was sent. Keap tries a refused delivery four times and then gives up the whole hook,
 * and a body that can't be read today can't be read the fourth time either: refusing it would cost all events that follow.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { token, event } = this.getQueryData() as IDataObject;
	const account = await accountOfToken(this, token);
	// The answer that n8n gives for an address without a webhook.
	if (account === undefined) return answer(this, 404, { code: 404, message: 'The requested webhook is not registered.' });

	const body = await readCallBody(this);
	const greeting = shakeHands(this, body);
	const delivery = body !== undefined && 'read' in body ? readDelivery(body.read, typeof event === 'string' ? event : '') : undefined;
	if (delivery !== undefined) return passOnDelivery(this, delivery, String(token), account);
	if (greeting !== undefined) return answer(this, 200, greeting);
	return reportUnread(this, body);
}

/** An unreadable body becomes a failing execution that holds its text, so that nothing is lost silently. */
function reportUnread(context: IWebhookFunctions, body: Body): IWebhookResponseData {
	if (body === undefined || ('read' in body && !saysSomething(body.read))) {
		context.logger.warn('Keap Trigger: a call came in with no event and no object in it; nothing was started');
		return answer(context, 200);
	}
	const report = {
		message: 'A delivery came in that could not be read',
		description:
			'It is in the input of this execution. Keap has its answer and sends on. If a proxy stands in front of n8n, check that it passes bodies on unchanged; get what changed with Get Many, updated since the last execution.',
	};
	return {
		workflowData: [
			[{ json: { [REPORT]: report, body: ('read' in body ? JSON.stringify(body.read) : body.unreadable).slice(0, MOST_SHOWN) } }],
		],
	};
}

/** Characters of an unreadable body that an execution keeps. */
const MOST_SHOWN = 10_000;

function passOnDelivery(context: IWebhookFunctions, delivery: Delivery, token: string, account: string): IWebhookResponseData {
	// The hook of an event that is no longer chosen: it goes with the next activation, Keap need not try again.
	if (!chosenEvents(context).includes(delivery.eventKey)) return answer(context, 200);
	const isWhole = passesDeliveries(context);
	const filters = filtersOf(context);
	const wanted = itemsOf(delivery).filter((item) => isWhole || passesTags(item, filters));
	const fresh = withoutDuplicates(context, wanted, token);
	if (fresh.length === 0) return answer(context, 200);
	return { workflowData: [isWhole ? [{ json: delivery.whole }] : withAccount(fresh, account).map((json) => ({ json }))] };
}
