import type { ILoadOptionsFunctions } from 'n8n-workflow';

import { locatedId } from '../catalogue/fields/encode';

/** The ID of a record that another parameter of the form names already; undefined while it is empty or an expression. */
export function chosenRecord(context: ILoadOptionsFunctions, parameter: string): string | undefined {
	try {
		return locatedId(context.getCurrentNodeParameter(parameter));
	} catch {
		return undefined;
	}
}
