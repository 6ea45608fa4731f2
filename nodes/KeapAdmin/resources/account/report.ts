import { paging } from '../../../shared/catalogue/fields/commonFields';
import * as encode from '../../../shared/catalogue/fields/encode';
import { texts } from '../../../shared/catalogue/fields/encodeMore';
import * as fields from '../../../shared/catalogue/fields/fields';
import { BadInput, shown } from '../../../shared/catalogue/operation/badInput';
import type { Field, Resource } from '../../../shared/catalogue/operation/types';
import { reports } from '../../../shared/records/account/reports';
import { crud } from '../../../shared/rows/crud';
import { row } from '../../../shared/rows/row';
import { runReport } from './runReport';

/** A column's name, with the direction behind it as Keap wants it. @throws BadInput for more than a column and a direction */
function encodeOrder(raw: unknown): string | undefined {
	const order = encode.text()(raw);
	if (order === undefined) return undefined;
	const [, column, direction = 'asc'] = /^(\S+)(?:\s+(asc|desc))?$/i.exec(order) ?? [];
	if (column !== undefined) return `${column} ${direction.toLowerCase()}`;
	throw new BadInput(`is not a column: ${shown(raw)}`, 'Give the name of one column, with asc or desc behind it, such as "total desc".');
}

const orderByColumn: Field = fields.field(
	{
		name: 'orderByColumn',
		displayName: 'Order By',
		in: 'query',
		key: 'order_by',
		placeholder: 'e.g. total desc',
		description: 'A column as Get Columns names it, with asc or desc behind it',
	},
	{ type: 'string', default: '' },
	encodeOrder,
);

const columns: Field = fields.field(
	{
		name: 'columns',
		displayName: 'Columns',
		in: 'query',
		key: 'fields',
		placeholder: 'e.g. order_id,total',
		description: 'Names of the columns to return, with commas between them, as Get Columns gives them; all unless given',
	},
	{ type: 'string', default: '' },
	texts,
);

export const report: Resource = {
	value: 'report',
	name: 'Report',
	operations: [
		...crud(reports, {
			create: false,
			delete: false,
			update: false,
			filters: [
				fields.moment('createdAfter', 'Created After', { in: 'filter', key: 'since_created_time' }),
				fields.moment('createdBefore', 'Created Before', { in: 'filter', key: 'until_created_time' }),
				fields.text('name', 'Name', { in: 'filter' }),
			],
			getAll: { description: 'Retrieve a list of the saved searches and reports of the account' },
		}),
		row('getColumns', 'Get Columns', 'GET /crm/rest/v2/reporting/reports/{report_id}/model', {
			action: 'Get the columns of a report',
			description: 'Retrieve the names and labels of the columns that a report has',
			fields: [reports.inPath()],
			answer: 'nested',
			records: 'fields',
		}),
		// Keap calls it deprecated and has nothing in its place: https://developer.infusionsoft.com/docs/restv2/#tag/Reporting/operation/runReport
		row('run', 'Run', 'POST /crm/rest/v2/reporting/reports/{report_id}:run', {
			action: 'Run a report',
			description: 'Retrieve the rows of a report, one item each, with the names of the columns as keys. Each 1,000 rows take a call.',
			fields: [reports.inPath(), ...paging, fields.collection('options', 'Options', [columns, orderByColumn], 'Add Option')],
			answer: 'records',
			records: 'results',
			reads: true,
			perform: runReport,
		}),
	],
};
