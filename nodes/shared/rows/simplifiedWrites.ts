import type { Operation } from '../catalogue/operation/types';
import { output } from '../catalogue/output/parameters';
import type { RecordKind } from '../records/kind/record';

/**
 * Lets the writes among some rows answer with a simplified record too, where Keap answers them with the whole one: whoever makes an
 * order goes on with its total, and that is in cents unless it is simplified.
 */
export const simplifiedWrites = ({ simplify: simplifier }: Pick<RecordKind, 'simplify'>, rows: readonly Operation[]): Operation[] =>
	rows.map((row) => {
		const { answer = 'record', fields, method } = row;
		if (simplifier === undefined || method === 'GET' || answer !== 'record' || row.simplify !== undefined) return row;
		return { ...row, fields: [...fields, ...output], simplify: simplifier };
	});
