import type { IExecuteFunctions } from 'n8n-workflow';

import { sharingProblemOf } from '../transport';

/** A hint under the node when n8n's processes do not share the quota although they are to: the log alone is seldom read. */
export async function hintAtSharing(context: IExecuteFunctions): Promise<void> {
	if (typeof context.addExecutionHints !== 'function') return;
	// An unusable credential was already reported by the item.
	const [problem] = await Promise.allSettled([sharingProblemOf(context, 0)]);
	if (problem.status === 'rejected' || problem.value === undefined) return;
	context.addExecutionHints({ type: 'warning', location: 'outputPane', message: escaped(problem.value) });
}

/** n8n shows a hint as HTML. */
export function escaped(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
