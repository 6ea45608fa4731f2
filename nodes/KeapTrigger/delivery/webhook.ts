import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { kept, knowsToken } from '../subscription/address';
import { itemsOf, readDelivery } from './delivery';
import { passesTags } from './filters';
import { type Seen, withoutRepeats } from './dedupe';
import { rememberSecret, secretName } from '../subscription/secrets';
import { chosenEvents, filtersOf, passesDeliveries, repeatsOf } from '../form/settings';

const SECRET = 'X-Hook-Secret';

/** Answers by ourselves; no execution starts. */
function answer(context: IWebhookFunctions, status: number, body?: IDataObject): IWebhookResponseData {
	const response = context.getResponseObject().status(status);
	if (body === undefined) response.end();
	else response.json(body);
	return { noWebhookResponse: true };
}

/**
 * Takes what Keap sends: a handshake is answered, a delivery starts an execution, anything else starts nothing.
 * Nothing is asked of Keap here, so that it has its answer at once: records are fetched by the execution.
 */
export async function receive(this: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { token, event } = this.getQueryData() as IDataObject;
	// As n8n does of an address that nobody listens at.
	if (!(await knowsToken(this, token))) return answer(this, 404, { code: 404, message: 'The requested webhook is not registered.' });

	const secret = this.getHeaderData()[SECRET.toLowerCase()];
	const body: unknown = this.getBodyData();
	if (typeof secret === 'string' && secret !== '') {
		this.getResponseObject().setHeader(SECRET, secret);
		rememberSecret(secretName(String(event), String(token)), secret);
		if (typeof readDelivery(body) === 'number') return answer(this, 200);
	}
	return receiveDelivery(this, body);
}

function receiveDelivery(context: IWebhookFunctions, body: unknown): IWebhookResponseData {
	const delivery = readDelivery(body);
	if (delivery === 400)
		return answer(context, 400, { message: 'This is no delivery of a REST hook: event_key and object_keys are wanted' });
	if (delivery === 413) return answer(context, 413, { message: 'This is more than a delivery of a REST hook holds' });
	// The hook of an event that is no longer chosen: it goes with the next activation, Keap need not try again.
	if (!chosenEvents(context).includes(delivery.eventKey)) return answer(context, 200);
	const isWhole = passesDeliveries(context);
	const filters = filtersOf(context);
	const wanted = itemsOf(delivery).filter((item) => isWhole || passesTags(item, filters));
	const data = kept(context) as { seen?: Seen };
	const { fresh, seen } = withoutRepeats(wanted, data.seen ?? {}, repeatsOf(context), Date.now());
	if (Object.keys(seen).length > 0 || data.seen !== undefined) data.seen = seen;
	if (fresh.length === 0) return answer(context, 200);
	return { workflowData: [isWhole ? [{ json: body as IDataObject }] : fresh.map((json) => ({ json }))] };
}
