import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { isCancelled } from '../../transport';
import { descriptionOf, isFinished, type Outcome } from './outcome';
import type { Finished } from './types';

/** Stops the node with the error of the first failed item, and says how many others had been carried out: a rerun would do them again. Says also for how long the run had waited, if it did for long. */
export function throwFirst(
	outcomes: readonly Outcome[],
	{ total, written, waited }: { total: number; written: number; waited: string },
): void {
	const failures = outcomes
		.filter((outcome): outcome is Exclude<Outcome, Finished> => !isFinished(outcome))
		.sort((a, b) => a.call.item - b.call.item);
	// Items that were called off because another one failed say nothing of why.
	const failed = failures.find(({ error }) => !isCancelled(error)) ?? failures[0];
	if (failed === undefined) return;
	const { error, call } = failed;
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		// The error of a shared call names no item.
		error.context.itemIndex ??= call.item;
		if (total > 1 && written > 0) error.description = withCount(descriptionOf(error), total, written);
		error.description = withWait(descriptionOf(error), waited);
	}
	throw error;
}

/** An error that comes back in the next try of the run has a count already: it is brought up to date. */
const COUNT = / ?Of \d+ items, \d+ had already been carried out\..*$/s;

const withCount = (description: string | undefined, total: number, written: number): string =>
	`${(description ?? '').replace(COUNT, '')} Of ${total} items, ${written} had already been carried out. To keep their results and go on past failed items, set the node's On Error setting to Continue.`.trim();

/** An error that comes back in the next try of the run may have been added to already. */
const WAITED = / ?Waited [^.]* for Keap's quota\./;

const withWait = (description: string | undefined, waited: string): string | undefined =>
	waited === '' ? description : `${(description ?? '').replace(WAITED, '')} ${waited}`.trim();
