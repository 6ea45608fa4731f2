import { badRequest } from '../../errors';
import type { Exchange, Handler, KeapRecord } from '../../types';
import { without } from '../../without';
import { crud, type Kind, recordOf } from '../commerce/crud';
import { compareValues } from '../matching';
import { pageToken, tokenOffset } from '../pageToken';

/** A saved search: its columns, and the rows that it comes to. Two columns may have one name. */
type Column = { name: string; label: string };
type Row = ReadonlyArray<{ field_name: string; value: string }>;

const DEFAULT_PAGE = 1_000;

const REPORT: Kind = {
	what: 'report',
	param: 'report_id',
	store: ({ state }) => state.collection('/crm/rest/v2/reporting/reports'),
	readers: { created_time: ({ created_time: time }) => [time] },
	view: (report) => without(report, 'columns', 'rows'),
};

const columnsOf = (report: KeapRecord): Column[] => (report.columns ?? []) as Column[];
const valueOf = (row: Row, field: string): string => row.find(({ field_name: name }) => name === field)?.value ?? '';

function checkColumn(report: KeapRecord, name: string, at: string): void {
	if (!columnsOf(report).some((column) => column.name === name))
		throw badRequest(
			`${at}: the report has no column ${name}; known are ${columnsOf(report)
				.map((column) => column.name)
				.join(', ')}`,
			at,
		);
}

function sorted(report: KeapRecord, orderBy: string | undefined): Row[] {
	const rows = [...((report.rows ?? []) as Row[])];
	if (orderBy === undefined) return rows;
	const [field = '', direction, ...more] = orderBy.split(' ');
	checkColumn(report, field, 'order_by');
	if ((direction !== 'asc' && direction !== 'desc') || more.length > 0)
		throw badRequest(`order_by: "${orderBy}" must end in asc or desc`, 'order_by');
	const sign = direction === 'desc' ? -1 : 1;
	return rows.sort((left, right) => sign * compareValues(valueOf(left, field), valueOf(right, field)));
}

/** One page of rows. Here the token is called `page_token` on its way out, too. */
const run: Handler = (exchange: Exchange) => {
	const report = recordOf(REPORT, exchange);
	const { fields, order_by: orderBy, page_size: size, page_token: token } = exchange.query;
	const wanted = fields?.split(',');
	for (const name of wanted ?? []) checkColumn(report, name, 'fields');
	const rows = sorted(report, orderBy);
	const key = `report ${report.id}?${orderBy ?? ''}&${fields ?? ''}`;
	const from = token ? tokenOffset(token, key) : 0;
	const to = from + Math.min(Number(size ?? DEFAULT_PAGE), exchange.pageCap);
	return {
		status: 200,
		body: {
			results: rows.slice(from, to).map((row) => ({ columns: row.filter(({ field_name: name }) => wanted?.includes(name) ?? true) })),
			...(to < rows.length && { page_token: pageToken(to, key) }),
		},
	};
};

const model: Handler = (exchange) => ({ status: 200, body: { fields: columnsOf(recordOf(REPORT, exchange)) } });

export const REPORT_HANDLERS: Readonly<Record<string, Handler>> = {
	...crud(REPORT, { list: 'listReports', get: 'retrieveReport' }),
	'v2/retrieveReportModel': model,
	'v2/runReport': run,
};
