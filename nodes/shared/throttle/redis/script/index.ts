import { COUNTS } from './counts';
import { DAYS_LIFETIME_MS, LIFETIME_MS } from './lifetimes';
import { ORDER } from './order';
import { BEGINNING } from './permissions';

/** Lua: what is kept, and the answer. */
const END = `
save(KEYS[1], account, ${DAYS_LIFETIME_MS})
save(KEYS[4], key, ${LIFETIME_MS})
if now > account.tidyAt or message.present then
	call('PEXPIRE', KEYS[2], ${LIFETIME_MS})
	call('PEXPIRE', KEYS[3], ${DAYS_LIFETIME_MS})
	call('PEXPIRE', KEYS[5], ${LIFETIME_MS})
end
local slots = {}
for place, grant in ipairs(granted) do slots[place] = { grant[1], math.floor((grant[2] - now) * 1000) / 1000, grant[3], grant[4] } end
return cjson.encode({
	verdict = verdict, born = account.born, wait = wait, slots = #slots > 0 and slots or nil, left = left(), dayLeft = dayLeft(),
	dayResetsAt = midnight, processes = account.peers or 1, place = myPlace, now = now, pausedFor = math.max(0, (key.paused or 0) - now),
	limit = account.limit, dayLimit = account.dayLimit, account = message.moveTo and account.moved or nil,
})
`;

/**
 * The one script that keeps the windows of a key in Redis. It runs whole or not at all, and reads no clock but Redis' own:
 * what processes report is "so many milliseconds ago", what they are answered is "in so many milliseconds".
 *
 * Slots are granted in the order of start-time fair queueing: each process has a tag that grows by one part of its weight
 * with every slot, and the lowest tag is next; a newcomer begins with the tag that was served last. The answer says when it
 * is worth to come again: shortly before the process's next slot, by how many are before it. So nobody polls, whoever is
 * nearer to Redis has no advantage, and a process that does not come is passed over without losing its place.
 *
 * KEYS  1 account (MessagePack)  counters, limits, what Keap's headers last said
 *       2 log (sorted)           every call that counts in the minute, by the moment it stops to; a lease while it is under way
 *       3 days (hash)            the calls of each process on the present UTC day
 *       4 key (MessagePack)      distance, pauses, last sends, who waits
 *       5 peers (sorted)         processes that spend from the account, by the moment they are forgotten
 *       6 own log (sorted)       calls of the credential that asks, where its limits are lower than those of the key
 *       7 own day (hash)         the same for its day and its distance
 * ARGV  1 the message (JSON), see `Message` in protocol.ts; empty to see whether the script can be run
 * Returns the fields of `Reply` in protocol.ts as JSON.
 */
export const SCRIPT = BEGINNING + COUNTS + ORDER + END;
