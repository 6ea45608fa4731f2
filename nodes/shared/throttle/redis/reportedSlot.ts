import type { QuotaHeaders, WindowHeaders } from '../quota/quotaHeaders';
import type { Slot } from '../quota/windows';
import { monotonic } from '../../runtime/clock';
import type { LocalWindows, OwnSlot } from '../local/localWindows';
import type { CallJournal } from './callJournal';
import type { Grant } from './waiter';
import type { RedisSession } from './session';

/**
 * A slot that is used later than this after its moment is reported soon: the others have to keep their distance from it. The
 * margin in the distances of a second is a little more.
 */
const LATE_MS = 10;
/** A call that may have arrived so much later than it was sent is reported soon, for the same reason. */
const UNEVEN_MS = 20;

/**
 * A slot that is used later than this after its moment comes between those of others. A new connection is mostly there sooner;
 * where it is not, the next slot finds it open.
 */
const MISSED_MS = 250;

/** One answer of so many is reported within seconds in any case: its headers show what other programs have spent. */
const HEARD_EACH = 16;

/** What a slot needs to report what becomes of it. */
export interface Reporting {
	own: LocalWindows;
	journal: CallJournal;
	session: RedisSession;
	/** When this process will come to Redis for a slot, in monotonic milliseconds; Infinity when it will not. */
	nextVisit(): number;
	/** Something has become free. */
	changed(): void;
	/** An answer has named what is left of the minute. */
	said(minute: WindowHeaders): void;
}

/**
 * A slot of the process's own windows that also reports to Redis.
 *
 * @param id names the call in Redis
 * @param unobserved nobody here will see the answer
 * @param grant what Redis granted; none for a slot that the process took by itself
 */
export function reportedSlot(reporting: Reporting, id: string, slot: OwnSlot, unobserved = false, grant?: Grant): Slot {
	const { own, journal, session, nextVisit, changed, said: heard } = reporting;
	journal.add(id);
	const due = grant?.due ?? monotonic();
	let onWire = false;
	const probe = grant?.probe ?? false;
	const back = (unsent: boolean, said: object = {}) => {
		journal.forget(id);
		session.report({ type: 'back', id, unsent, probe, ...said }, probe ? 'now' : 'soon');
	};
	return {
		get sentAt() {
			return slot.sentAt;
		},
		get missed() {
			return !onWire && monotonic() - due > MISSED_MS;
		},
		sent: () => {
			onWire = true;
			slot.sent();
			journal.sent(id, slot.sentAt);
			const late = grant ? slot.sentAt - grant.due : 0;
			if (late > LATE_MS || (grant && unobserved)) session.report({ type: 'late', id, unobserved }, 'soon');
		},
		answered: (quota, status) => {
			slot.answered(quota, status);
			if (quota?.minute && status !== 429) heard(quota.minute);
			if (own.account !== undefined) session.move(own.account);
			const said = wordOf(quota, grant?.order);
			if (status === 429) {
				back(false, said);
			} else {
				journal.answered(id);
				const heardSoon = (grant?.order ?? 0) % HEARD_EACH === 0;
				const lateness = slot.lateness();
				const arrived = Math.max(0, monotonic() - slot.sentAt - lateness);
				const urgency = probe ? 'now' : lateness > UNEVEN_MS ? 'soon' : 'later';
				session.report({ type: 'done', id, arrived, probe, passed: status > 0, ...said }, urgency, heardSoon ? Infinity : nextVisit());
			}
			changed();
		},
		unused: () => {
			slot.unused();
			back(true);
			changed();
		},
	};
}

function wordOf(quota: QuotaHeaders | undefined, order: number | undefined): object {
	if (!quota || order === undefined) return {};
	const { minute, day } = quota;
	return { order, minute, day };
}
