import { PROBE_DAY_MS } from '../../local/dayCounter';
import { MARGIN, UNSURE_MS } from '../../local/pacer';
import { PATIENCE_MS } from '../../local/probe';
import { LEAST_PER_MINUTE, LONG_QUEUE_MINUTES, PERSON_MS, SHARE } from '../../local/reserve';
import { DAYS_LIFETIME_MS, LIFETIME_MS } from './lifetimes';

/** A process that waits comes back at least this often. */
const LONGEST_WAIT_MS = 150_000;
/** How long an answer may take, about. */
const ANSWER_MS = 120;
/** A process comes for its slot so long before it may be used, one distance and its way to Redis and back aside. */
const EARLY_MS = 120;
/** How much too early a process may come: what it was told is an estimate. */
const TOLERANCE_MS = 100;
/** It may come so much later and still use the slot. */
const LATE_MS = 60;
/** One that has not come so long after it was to is passed over, and forgotten after the second time. */
const OVERDUE_MS = 500;
const GONE_MS = 60_000;
/** A granted slot that its process has not come for is free again so long after its moment. */
const MISSED_MS = 1_000;
/** Queues of several processes are not known to the call. */
const UNSURE_CALLS = 3;
/** A queue may take so much longer by what it leaves to people. */
const RESERVE_COSTS_MS = 10_000;
/** Slots granted in one run at most. */
const MOST_GRANTS = 16;
/** A credential's own minute is counted from the send: so much longer covers the way to Keap. */
const OWN_MARGIN_MS = 1_000;

/** Lua: who of those that wait gets the next slots, and when each of them is to come again. */
export const ORDER = `
-- A slot that its process does not use.
local function takeBack(grant, waiter)
	free(grant[1], waiter.name, true)
	spend(-1)
	if grant[4] == 1 and key.probe ~= 'wanted' then key.probe = 'wanted' end
end

-- The waiting processes: slots granted and never fetched are free again; a process that has not come for long is forgotten.
local waiters, backlog = key.waiters, 0
for id, waiter in pairs(waiters) do
	for place = #waiter.grants, 1, -1 do
		if waiter.grants[place][2] < now - ${MISSED_MS} and id ~= (ask and ask.id) then takeBack(table.remove(waiter.grants, place), waiter) end
	end
	if now - waiter.at > ${GONE_MS} or (waiter.wanted == 0 and #waiter.grants == 0 and waiter.tag <= key.v) then waiters[id] = nil
	elseif waiter.class == 2 then backlog = backlog + waiter.backlog end
end

-- The earliest moment of the next slot.
local function due()
	local at = math.max(now, key.paused or 0, account.settle or 0, key.next or 0)
	if normal == 0 then return at end
	local arrivals = {}
	for place, send in ipairs(key.sends) do arrivals[place] = send[2] end
	table.sort(arrivals)
	local before = arrivals[#arrivals - memory + 1]
	if before then at = math.max(at, before + memory * exact + ${UNSURE_MS}) end
	-- After "too fast" every call keeps its distance from the latest arrival of the one before.
	if wary() and #arrivals > 0 then at = math.max(at, arrivals[#arrivals] + key.gap) end
	return at
end

local verdict, wait, granted, mine = 'noted', 0, {}, nil
if stranger then
	verdict = 'stranger'
elseif ask and ask.wanted == 0 then
	for _, grant in ipairs(waiters[ask.id] and waiters[ask.id].grants or {}) do takeBack(grant, waiters[ask.id]) end
	waiters[ask.id] = nil
elseif ask then
	if ask.class == 0 then account.person = now end
	mine = waiters[ask.id]
	if not mine then
		key.joined = key.joined + 1
		mine = { name = me, tag = key.v, joined = key.joined, grants = {}, wanted = 0 }
		waiters[ask.id] = mine
	end
	if mine.class == 2 then backlog = backlog - (mine.backlog or 0) end
	if mine.wanted == 0 then mine.tag = math.max(mine.tag, key.v) end
	mine.class, mine.wanted, mine.weight, mine.backlog = ask.class, ask.wanted, math.max(1, ask.weight), ask.backlog
	mine.at, mine.lead, mine.base, mine.used, mine.unobserved = now, ask.lead, ask.base, 0, ask.unobserved
	if mine.class == 2 then backlog = backlog + mine.backlog end

	-- The credential's own limits, where they are lower than those of the key.
	local own, ownWait, ownLeft = ask.own, 0, math.huge
	local bound = { second = own.perSecond < perSecond, minute = own.perMinute < perMinute, day = own.perDay < perDay }
	local ownGap, narrow = bound.second and 1000 / own.perSecond * ${1 + MARGIN} or 0, bound.second or bound.minute or bound.day
	mine.narrow = narrow
	local ownDayOver, ownNext = false, 0
	if narrow then
		if tonumber(call('HGET', KEYS[7], 'day') or '-1') ~= today then
			call('DEL', KEYS[7])
			call('HSET', KEYS[7], 'day', today, 'total', 0)
		end
		local counted = tonumber(call('HGET', KEYS[7], me) or '0')
		if message.day == today and own.calls > counted then
			call('HSET', KEYS[7], me, own.calls)
			call('HINCRBY', KEYS[7], 'total', own.calls - counted)
		end
		call('ZREMRANGEBYSCORE', KEYS[6], '-inf', ms(now))
		ownLeft = own.perMinute - call('ZCARD', KEYS[6])
		local ownDay = own.perDay - tonumber(call('HGET', KEYS[7], 'total'))
		ownDayOver = ownDay <= 0
		ownLeft = math.min(ownLeft, ownDay)
		if ownDayOver then ownWait = midnight + GRACE - now
		elseif ownLeft <= 0 then ownWait = math.max(1, tonumber(call('ZRANGE', KEYS[6], 0, 0, 'WITHSCORES')[2] or now) - now) end
		if bound.second then
			ownNext = tonumber(call('HGET', KEYS[7], 'next') or '0')
			ownWait = math.max(ownWait, ownNext - now - ask.lead - ${EARLY_MS})
		end
	end

	-- What was granted meanwhile, as far as it can still be used.
	for _, grant in ipairs(mine.grants) do
		if grant[2] >= now + mine.lead - 20 then
			granted[#granted + 1] = grant
		else
			takeBack(grant, mine)
			mine.tag = mine.tag - 1 / mine.weight
		end
	end
	mine.wanted = math.max(0, mine.wanted - #granted)
	if mine.class == 2 then mine.backlog, backlog = mine.backlog - #granted, backlog - #granted end
	mine.grants = {}

	local ahead = 2 * mine.lead + ${EARLY_MS} + key.gap
	-- Who came a little early gets its slot all the same, and need not come again for it.
	local limit = now + ahead + ${TOLERANCE_MS}
	-- When the call ceases to count that is at this place in the log; it may still have to be sent.
	local logged = perMinute - byCount
	local function endOf(place)
		-- A call counts from its answer, so each round is a little longer than a minute.
		local round = math.floor(place / perMinute) * (MINUTE + ${ANSWER_MS})
		place = place % perMinute
		if place >= logged then return now + (place - logged) * key.gap + MINUTE + round end
		return tonumber(call('ZRANGE', KEYS[2], place, place, 'WITHSCORES')[2] or now + MINUTE) + round
	end
	-- Calls that executions leave to people: as many as do not make a short queue take a minute longer, see reserve.ts.
	local reserve = perMinute >= ${LEAST_PER_MINUTE} and math.ceil(perMinute / ${SHARE}) or 0
	if now - (account.person or -math.huge) >= ${PERSON_MS} and backlog <= ${LONG_QUEUE_MINUTES} * perMinute then
		local more = backlog - left()
		if more <= 0 then reserve = 0 end
		-- What processes have said of their queues may be some calls old.
		local ends = reserve > 0 and endOf(math.max(0, more - 1 - ${UNSURE_CALLS}))
		while reserve > 0 do
			local rounds = math.ceil((more + reserve) / (perMinute - reserve))
			if endOf(more - 1 + reserve * rounds) - ends <= ${RESERVE_COSTS_MS} then break end
			reserve = reserve - 1
		end
	end
	-- From when on the minute has room for one more call. Slots are granted ahead of that moment, as those of a second are.
	local function freeAt(class)
		local reserved, at = class == 2 and reserve or 0, now
		-- What is reserved is so again in each minute that passes meanwhile.
		local function endAt(place) return endOf(place + reserved * math.floor(place / perMinute)) end
		if byCount - reserved <= 0 then at = endAt(reserved - byCount) end
		if byWord - reserved <= 0 then at = math.max(at, math.min(account.wordUntil, endAt(reserved - byWord))) end
		return at
	end
	local function ahead_of(one, other)
		if one.class ~= other.class then return one.class < other.class end
		if one.tag ~= other.tag then return one.tag < other.tag end
		return one.joined < other.joined
	end
	local function waitsForProbe() return type(key.probe) == 'number' and now < key.probe + ${PATIENCE_MS} end

	for _ = 1, ${MOST_GRANTS} do
		local next = due()
		if next > limit or mine.wanted <= 0 or dayLeft() <= 0 or waitsForProbe() then break end
		local best, at
		local times = {}
		for _, waiter in pairs(waiters) do
			local class = waiter.class
			times[class] = times[class] or math.max(next, freeAt(class))
			local isMine = waiter == mine
			local comes = isMine or (not waiter.narrow and waiter.at >= now - ${OVERDUE_MS} and waiter.at + waiter.lead + ${LATE_MS} <= times[class])
			local may = waiter.wanted > 0 and times[class] <= limit and (not isMine or (ownWait <= 0 and ownLeft > 0))
			if comes and may and (not best or ahead_of(waiter, best)) then best, at = waiter, times[class] end
		end
		if not best then break end
		if best == mine then at = math.max(at, now + mine.lead, ownNext) end
		local id = best.base .. '.' .. best.used
		best.used, best.wanted, best.backlog = best.used + 1, best.wanted - 1, best.backlog - 1
		key.v = math.max(key.v, best.tag)
		best.tag = best.tag + 1 / best.weight
		account.seq, key.next = account.seq + 1, at + key.gap
		call('ZADD', KEYS[2], ms(at + MINUTE), id)
		call('HINCRBY', KEYS[3], best.name, 1)
		account.total = account.total + 1
		spend(1)
		if now >= midnight - GRACE then account.early = account.early + 1 end
		if account.closed then account.closed, account.dayProbe = now + ${PROBE_DAY_MS}, id end
		sends(id, at)
		local probe = 0
		if key.probe == 'wanted' and not best.unobserved then key.probe, probe = at, 1 end
		local grant = { id, at, account.seq, probe }
		if best == mine then
			granted[#granted + 1] = grant
			if narrow then
				call('ZADD', KEYS[6], ms(at + MINUTE + ${OWN_MARGIN_MS}), id)
				call('HINCRBY', KEYS[7], 'total', 1)
				call('HINCRBY', KEYS[7], me, 1)
				if ownGap > 0 then call('HSET', KEYS[7], 'next', ms(at + ownGap)) end
				ownLeft = ownLeft - 1
				if ownGap > 0 then ownWait = ownGap end
			end
		else
			best.grants[#best.grants + 1] = grant
		end
	end

	-- When to come again: shortly before this process's next slot, which follows from how many are before it.
	verdict = 'wait'
	if mine.wanted > 0 and #granted == 0 and dayLeft() <= 0 then
		verdict = 'day'
		wait = (account.closed and perDay > account.total and account.closed or midnight + GRACE) - now
	elseif mine.wanted > 0 and #granted == 0 and ownWait > 0 then
		verdict, wait = ownDayOver and 'ownDay' or 'held', ownWait
	elseif mine.wanted > 0 then
		local before = 0
		for _, waiter in pairs(waiters) do
			if waiter ~= mine and waiter.wanted > 0 and not waiter.narrow and waiter.at >= now - ${OVERDUE_MS} and ahead_of(waiter, mine) then
				local slots = (mine.tag - waiter.tag) * waiter.weight
				-- Of two processes with the same tag, the one that came first is next.
				if slots % 1 < 0.000001 and waiter.joined < mine.joined then slots = slots + 1 end
				before = before + (waiter.class < mine.class and waiter.wanted or math.min(waiter.wanted, math.ceil(slots - 0.000001)))
			end
		end
		local estimate = due() + before * key.gap
		-- The calls before it spend from the same minute.
		spend(before)
		estimate = math.max(estimate, freeAt(mine.class))
		spend(-before)
		if waitsForProbe() then estimate = math.max(estimate, math.min(key.probe + ${PATIENCE_MS}, now + 150 + ahead) + before * key.gap) end
		wait = math.min(${LONGEST_WAIT_MS}, math.max(10, estimate - ahead + 5 - now, ownWait))
	else
		wait = 0
	end
	mine.at = now + wait
	if verdict == 'held' or verdict == 'ownDay' or (verdict == 'day' and ask.leaves) then waiters[ask.id] = nil end
	if narrow then
		call('PEXPIRE', KEYS[6], ${LIFETIME_MS})
		call('PEXPIRE', KEYS[7], ${DAYS_LIFETIME_MS})
	end
end

`;
