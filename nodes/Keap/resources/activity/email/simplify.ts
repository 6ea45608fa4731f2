import { fromBase64 } from '../../../../shared/catalogue/fields/encodeMore';
import { picked } from '../../../../shared/catalogue/simplify';
import type { Simplifier } from '../../../../shared/catalogue/operation/types';

const SHOWN = [
	'id',
	'contact_id',
	'subject',
	'sent_from_address',
	'sent_to_address',
	'sent_time',
	'opened_time',
	'clicked_time',
	'plain_content',
	'html_content',
];

/** An email record without what only machines read, its content as text instead of Base64. */
export const simplifyEmail: Simplifier = {
	shape: (record) => {
		const shown = picked(record, SHOWN);
		for (const name of ['plain_content', 'html_content']) if (name in shown) shown[name] = fromBase64(shown[name]) as string;
		return shown;
	},
};

const TEMPLATE_SHOWN = ['id', 'piece_title', 'subject', 'from_address', 'categories', 'content_type', 'text_body', 'html_body'];

/** A template by what people know of it; its bodies where Keap gives them. */
export const simplifyTemplate: Simplifier = { shape: (template) => picked(template, TEMPLATE_SHOWN) };
