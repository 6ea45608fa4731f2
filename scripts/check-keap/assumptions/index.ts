import type { Assumption } from '../types';
import { ANSWERS } from './answers';
import { LISTS } from './lists';
import { MONEY } from './money';
import { NOT_ASKED } from './notAsked';
import { RECORDS } from './records';
import { WRITES } from './writes';

/** Everything that is believed of Keap, by how it is asked; `docs/assumptions.md` is written from it. */
export const GROUPS: ReadonlyArray<{ title: string; assumptions: readonly Assumption[] }> = [
	{ title: 'Answers, keys and quota', assumptions: ANSWERS },
	{ title: 'Lists, filters and hooks', assumptions: LISTS },
	{ title: 'Records', assumptions: RECORDS },
	{ title: 'Money', assumptions: MONEY },
	{ title: 'Writing (asked with `--write` only)', assumptions: WRITES },
	{ title: 'Not asked', assumptions: NOT_ASKED },
];

export const ASSUMPTIONS: readonly Assumption[] = GROUPS.flatMap(({ assumptions }) => assumptions);
