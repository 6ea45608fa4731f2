import { BadInput, shown } from '../../../shared/catalogue/operation/badInput';
import * as fields from '../../../shared/catalogue/fields/fields';
import type { Field } from '../../../shared/catalogue/operation/types';

/** The time zone that is last to begin a day, in hours from Greenwich. */
const LAST_ZONE = -12;

/** A day that is over in every time zone: Keap reckons in that of the account, which nobody has to look up for it. */
function isOver(day: string): boolean {
	return day < new Date(Date.now() + LAST_ZONE * 3_600_000).toISOString().slice(0, 10);
}

/** A day that Keap takes only from today on. @throws BadInput for one that is over */
export function dayToCome(name: string, displayName: string, texts: fields.FieldTexts = {}): Field {
	const day = fields.day(name, displayName, texts);
	return {
		...day,
		encode: (raw) => {
			const value = day.encode?.(raw);
			if (typeof value === 'string' && isOver(value))
				throw new BadInput(`is in the past: ${shown(value)}`, 'Keap takes today and later days only.');
			return value;
		},
	};
}
