import type { IDataObject } from 'n8n-workflow';

import { withFile } from '../../shared/catalogue/calls/binary';
import { toRequest } from '../../shared/catalogue/calls/request';
import * as fields from '../../shared/catalogue/fields/fields';
import { BadAnswer } from '../../shared/catalogue/operation/badAnswer';
import type { Field, Perform, Resource } from '../../shared/catalogue/operation/types';
import { webforms } from '../../shared/records/marketing/webforms';
import { crud } from '../../shared/rows/crud';
import { row } from '../../shared/rows/row';
import { createdAndUpdated } from '../../shared/rows/timeFilters';
import { keapRequest } from '../../shared/transport';

/** A page that some proxy or a maintenance put in Keap's place has no form in it. */
const FORM = /<form\b/i;

/** The HTML of a form, as a text in the item or as a file. Keap says nothing else of the form here, so the file is named after its ID. */
const getHtml: Perform = async (work, call) => {
	const { pathParams, values } = call;
	const id = pathParams.webform_id ?? '';
	const fileName = `webform-${id}.html`;
	const { body } = await keapRequest<Buffer>(work.context, { ...toRequest(call, work), expects: { file: fileName } });
	const html = body.toString('utf8');
	if (!FORM.test(html))
		throw new BadAnswer(
			`Keap's answer is not the HTML of the webform ${id}: it has no form`,
			'It may be the page of a proxy or of a maintenance. Try again later; if it stays so, open the form in Keap.',
		);
	const about: IDataObject = { id };
	if (values.htmlAs !== 'file') return { ...about, html };
	return await withFile(work, about, String(values.binaryPropertyName), body, fileName);
};

const outputField = fields.text('binaryPropertyName', 'Put Output File in Field', {
	in: 'none',
	default: 'data',
	description: 'The name of the output field to put the file in',
});
const shownForFile: Field = {
	...outputField,
	encode: (raw) => outputField.encode?.(raw) ?? 'data',
	property: { ...outputField.property, displayOptions: { show: { htmlAs: ['file'] } } },
};

const TYPES: readonly fields.Choice[] = [
	['FUNNEL', 'Funnel'],
	['INTERNAL', 'Internal'],
	['LANDING_PAGE', 'Landing Page'],
	['LEGACY', 'Legacy'],
	['STANDALONE', 'Standalone'],
	['SURVEY', 'Survey'],
	['TWITTER', 'Twitter'],
	['UNKNOWN', 'Unknown'],
];

export const webform: Resource = {
	value: 'webform',
	name: 'Webform',
	operations: [
		...crud(webforms, {
			filters: [
				...createdAndUpdated,
				fields.text('name', 'Name', { in: 'filter' }),
				fields.options('webformType', 'Type', { in: 'filter', choices: TYPES }),
			],
			getAll: { description: 'Retrieve a list of the forms for web pages, with their addresses' },
			create: false,
			delete: false,
			get: false,
			update: false,
		}),
		row('getHtml', 'Get HTML', 'GET /crm/rest/v2/webforms/{webform_id}:data', {
			action: 'Get the HTML of a webform',
			description: 'Retrieve the HTML of a form, to be put into a web page',
			fields: [
				webforms.inPath(),
				fields.options('htmlAs', 'Return HTML As', {
					in: 'none',
					required: true,
					choices: [
						['text', 'Text', 'In the field html of the item'],
						['file', 'File', 'In a binary field of the item'],
					],
					description: 'How the HTML comes out of the node',
				}),
				shownForFile,
			],
			perform: getHtml,
		}),
	],
};
