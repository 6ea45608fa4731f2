import { notFound } from '../../errors';
import type { Handler } from '../../types';
import { crud, type Kind } from '../commerce/crud';

const WEBFORM: Kind = {
	what: 'webform',
	param: 'webform_id',
	store: ({ state }) => state.collection('/crm/rest/v2/webforms'),
};

/** The form's HTML, as a page has it. */
const html: Handler = ({ state, params }) => {
	const form = state.collection('/crm/rest/v2/webforms').get(params.webform_id ?? '');
	if (!form) throw notFound('webform', params.webform_id ?? '');
	return {
		status: 200,
		data: Buffer.from(`<form action="${String(form.webform_url)}" method="POST"><!-- ${String(form.name)} --></form>`),
		headers: { 'content-type': 'text/html;charset=UTF-8' },
	};
};

export const WEBFORM_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(WEBFORM, { list: 'listWebforms' }),
	'v2/getHtml': html,
};
