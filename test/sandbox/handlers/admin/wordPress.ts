import { ApiError, badRequest, notFound } from '../../errors';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { bodyOf } from '../commerce/crud';
import { checkGiven, checkNotBlank } from '../commerce/rules';
import { checkReference } from '../references';

const options = ({ state }: Pick<Exchange, 'state'>) => state.collection('/crm/rest/v2/integrations/wordpress/options');

const optionOf = (exchange: Exchange): KeapRecord => {
	const key = exchange.params.option_key ?? '';
	const found = options(exchange).get(key);
	if (!found) throw notFound('opt-in option', key);
	return found;
};

const view = ({ id, name }: KeapRecord) => ({ key: id, name });

/** No paging: the answer has a token that no parameter takes. */
const list: Handler = (exchange) => ({
	status: 200,
	body: { wordpress_opt_in_options: options(exchange).rows.map(view), next_page_token: '' },
});

const add: Handler = (exchange) => {
	const fields = bodyOf(exchange);
	checkGiven(fields, 'key', 'name');
	checkNotBlank(fields, 'name');
	const key = String(fields.key);
	if (!/^[A-Za-z0-9]+$/.test(key)) throw badRequest(`key must be letters and digits, not "${key}"`, 'key');
	if (options(exchange).has(key)) throw new ApiError(409, `key: there is an option ${key} already`);
	options(exchange).set(key, { id: key, name: fields.name });
	return { status: 201, body: { key, name: fields.name } };
};

/** Whether the goal was reached is said in the body, not by the status. */
const achieve: Handler = (exchange) => {
	optionOf(exchange);
	const fields = bodyOf(exchange);
	checkGiven(fields, 'contact_id');
	checkReference(fields, 'contact_id', exchange.state.contacts);
	return { status: 202, body: { successful: exchange.state.commerce.goalsAchieved } };
};

const remove: Handler = (exchange) => {
	options(exchange).delete(optionOf(exchange).id);
	return { status: 204 };
};

export const WORDPRESS_HANDLERS: Readonly<Record<string, Handler>> = {
	'v2/achieveIntegrationsWordPressOptInGoal': achieve,
	'v2/addIntegrationsWordPressOptIn': add,
	'v2/deleteIntegrationsWordPressOptIn': remove,
	'v2/listIntegrationsWordPressOptInOptions': list,
};
