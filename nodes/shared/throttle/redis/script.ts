import { DAY_MS, GRACE_MS, PROBE_DAY_MS } from '../local/dayCounter';
import { ASSURED } from '../local/keyLimits';
import { MINUTE_MS } from '../local/minuteWindow';
import { PATIENCE_MS } from '../local/probe';
import { LEAST_PER_MINUTE, PERSON_MS, SHARE } from '../local/reserve';
import { LONGEST_MEMORY, MARGIN, NARROW_MS, NO_GAP_MS, QUIET_MS, UNSEEN, UNSURE_MS, WARY_MS, WIDEN, WIDEST } from '../local/pacer';

/** How long a Redis that has lost its memory grants nothing, for all processes to write theirs back. */
const SETTLE_MS = 1_500;
/** Redis was out of reach for all when nobody has spoken for so long, and this long it grants nothing then: see `SLOW_MS` in link.ts. */
const SILENT_MS = 1_000;
const REUNITE_MS = 2_300;
/** A process that waits comes back at least this often. */
const LONGEST_WAIT_MS = 30_000;
/** A process comes for its slot so long before it may be used, one distance and its way to Redis and back aside. */
const EARLY_MS = 120;
/** It may come so much later and still use the slot. */
const LATE_MS = 60;
/** One that has not come so long after it was to is passed over, and forgotten after the second time. */
const OVERDUE_MS = 500;
const GONE_MS = 60_000;
/** A granted slot that its process has not come for is free again so long after its moment. */
const MISSED_MS = 1_000;
/** The highest limits that any process has named hold for so long. */
const HIGHEST_MS = 600_000;
/** Slots granted in one run at most. */
const MOST_GRANTS = 16;
/** A credential's own minute is counted from the send: so much longer covers the way to Keap. */
const OWN_MARGIN_MS = 1_000;
/** Milliseconds after which the keys expire. */
const LIFETIME_MS = 15 * 60_000;
const DAYS_LIFETIME_MS = 2 * DAY_MS;

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
export const SCRIPT = `
local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + time[2] / 1000
if ARGV[1] == '' then
	-- Redis names the command that a user may not run only where it is not called from a script.
	local function try(command, ...)
		local answer = redis.pcall(command, KEYS[1], ...)
		if type(answer) ~= 'table' or not answer.err or string.find(answer.err, 'WRONGTYPE') then return end
		return { err = "NOPERM no permissions to run the '" .. command .. "' command" }
	end
	local missing = try('del') or try('zadd', now, 'x') or try('zcard') or try('zrem', 'y') or try('zrange', 0, 0)
		or try('zremrangebyscore', '-inf', '+inf') or try('hset', 'x', 1) or try('hincrby', 'x', 1) or try('hget', 'x')
		or try('pexpire', 1000) or try('set', 'x', 'PX', 1000) or try('get') or try('del')
	if missing then return missing end
	return 'ready'
end
local MINUTE, GRACE, DAY = ${MINUTE_MS}, ${GRACE_MS}, ${DAY_MS}
local message = cjson.decode(ARGV[1])
local me, ask = message.name, message.ask
local function ms(number) return string.format('%.3f', number) end
local function load(name) local text = call('GET', name) return text and cmsgpack.unpack(text) end
local function save(name, value, ttl) call('SET', name, cmsgpack.pack(value), 'PX', ttl) end

local account = load(KEYS[1])
if account and account.moved and not message.moved then return cjson.encode({ verdict = 'moved', born = account.born, account = account.moved }) end

-- Redis was filled before and is empty now: the processes still hold what it knew, and need a moment to write it back.
local stranger = (not account or message.born ~= account.born) and not message.known
if not account then
	account = { born = me .. '@' .. ms(now), bornAt = now, seq = 0, ended = 0, day = 0, total = 0, early = 0, tidyAt = 0 }
	if message.born then account.settle = now + ${SETTLE_MS} else stranger = false end
end
-- Redis was silent for all and is back: the others find that out within seconds, and send by themselves until then.
-- What was sent to it before may have come first.
if now - (account.heardAt or now) > ${SILENT_MS} then account.spokenAgain = now end
account.heardAt = now
if message.known and message.born == account.born and now - (account.spokenAgain or 0) < ${REUNITE_MS} then
	account.settle = math.max(account.settle or 0, account.spokenAgain + ${REUNITE_MS})
end
if message.moveTo then account.moved = message.moveTo end

local today = math.floor((now - GRACE) / DAY)
if account.day ~= today then
	account.total = account.day == today - 1 and account.early or 0
	account.day, account.early = today, 0
	account.dayOrder, account.dayLimit, account.refused, account.closed = nil, nil, nil, nil
	call('DEL', KEYS[3])
end
local midnight = (today + 1) * DAY

-- The distance between two calls, by the highest limits that any process has named of late.
local key = load(KEYS[4]) or { probe = 'wanted', v = 0, joined = 0, sends = {}, waiters = {} }
local function highest(holder, name, value)
	local at = name .. 'At'
	if not holder[name] or value >= holder[name] or now - holder[at] > ${HIGHEST_MS} then holder[name], holder[at] = value, now end
	return holder[name]
end
local perSecond = highest(key, 'perSecond', message.perSecond)
local perMinute, perDay = highest(account, 'perMinute', message.perMinute), highest(account, 'perDay', message.perDay)
local function wary() return now - (key.spiked or -math.huge) < ${WARY_MS} end
local normal, exact, memory
local function pace()
	local rate = wary() and math.min(perSecond, ${ASSURED.perSecond}) or perSecond
	exact = 1000 / rate
	normal = exact < ${NO_GAP_MS} and 0 or exact * ${1 + MARGIN}
	memory = math.min(${LONGEST_MEMORY}, math.max(1, math.floor(rate)))
	-- A widened distance stays widened when the limits change: Keap found the calls too fast.
	if not key.normal or key.normal == 0 or normal == 0 then key.gap = normal else key.gap = normal * key.gap / key.normal end
	key.normal = normal
end
pace()

local function sendOf(id)
	for place, send in ipairs(key.sends) do if send[1] == id then return place, send end end
end
local function arrives(id, at)
	local _, send = sendOf(id)
	if send then send[2] = at end
end
local function sends(id, at)
	key.sends[#key.sends + 1] = { id, at }
	while #key.sends > ${LONGEST_MEMORY + 2} do table.remove(key.sends, 1) end
end
local function free(id, owner, unsent)
	if call('ZREM', KEYS[2], id) == 1 then
		account.total = account.total - 1
		call('HINCRBY', KEYS[3], owner, -1)
	end
	local place = unsent and sendOf(id)
	if place then table.remove(key.sends, place) end
end

account.ended = account.ended + call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ms(now))
local myPlace
if message.present then
	call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ms(now))
	call('ZADD', KEYS[5], ms(now + MINUTE), me)
	-- In an order that all processes agree on.
	myPlace = 0
	for _, peer in ipairs(call('ZRANGE', KEYS[5], 0, -1)) do
		if peer < me then myPlace = myPlace + 1 end
	end
end

if not stranger then
	local known = message.known
	if known then
		for _, each in ipairs(known) do
			call('ZADD', KEYS[2], ms(now + each[2]), each[1])
			if each[3] < 5000 and not sendOf(each[1]) then sends(each[1], now - each[3]) end
		end
		if #known > 0 and now < account.bornAt + ${SETTLE_MS} and account.settle then account.settle = account.bornAt + ${SETTLE_MS} end
		local mine = tonumber(call('HGET', KEYS[3], me) or '0')
		if message.day == today and message.calls > mine then
			call('HSET', KEYS[3], me, message.calls)
			account.total = account.total + message.calls - mine
		end
	end
	for _, open in ipairs(message.open) do call('ZADD', KEYS[2], 'XX', ms(now + MINUTE), open) end
	for _, event in ipairs(message.events) do
		local at, what = now - event.ago, event.type
		if what == 'late' then
			arrives(event.id, at + (event.unobserved and normal * ${UNSEEN} or 0))
			key.next = math.max(key.next or 0, at + key.gap)
		elseif what == 'back' then
			free(event.id, me, event.unsent)
			if event.probe and key.probe ~= 'wanted' then key.probe = event.unsent and 'wanted' or 'done' end
		elseif what == 'done' then
			call('ZADD', KEYS[2], 'XX', ms(at + MINUTE), event.id)
			arrives(event.id, at - event.arrived)
			if event.probe and key.probe ~= 'wanted' then key.probe = 'done' end
			if event.passed and key.gap > normal and now - (key.spiked or 0) > ${QUIET_MS} then
				key.gap = math.max(normal, key.gap - ${NARROW_MS})
			end
			-- Let through although Keap had said that nothing is left of the day.
			if event.passed and account.dayProbe == event.id then account.refused, account.dayOrder, account.closed = nil, nil, nil end
		elseif what == 'pause' then
			key.paused = math.max(key.paused or 0, at + event.ms)
			key.probe = 'wanted'
			if event.tooFast then
				key.spiked = now
				pace()
				key.gap = math.min(normal * ${WIDEST}, key.gap * ${WIDEN})
			end
		elseif what == 'dayOver' then
			account.refused = midnight + GRACE
		end
		-- What an older call's answer said never replaces what a newer one's said.
		local minute, day = event.minute, event.day
		if event.order and minute and event.order >= (account.order or 0) then
			account.limit = minute.limit or account.limit
			if minute.available then
				account.order, account.available = event.order, minute.available
				account.wordEnded, account.wordUntil = account.ended, at + MINUTE
			end
		end
		if event.order and day and event.order >= (account.dayOrder or 0) then
			account.dayLimit = day.limit or account.dayLimit
			if day.available then account.dayOrder, account.dayAvailable = event.order, day.available end
		end
	end
end

-- What is left of minute and day. A lower limit that Keap names always counts; processes follow a higher one themselves.
perMinute = math.min(perMinute, account.limit or math.huge)
perDay = math.min(perDay, account.dayLimit or math.huge)
local left = perMinute - call('ZCARD', KEYS[2])
if account.available and now < account.wordUntil then
	left = math.min(left, account.available - (account.seq - account.order) + (account.ended - account.wordEnded))
end
local function dayLeft()
	local own, byKeap = perDay - account.total, math.huge
	if account.refused and now < account.refused then byKeap = 0
	elseif account.dayOrder then byKeap = account.dayAvailable - (account.seq - account.dayOrder) end
	if byKeap > 0 then account.closed = nil return math.max(0, math.min(own, byKeap)) end
	if not account.closed then account.closed = now + ${PROBE_DAY_MS} end
	return now >= account.closed and math.max(0, math.min(1, own)) or 0
end

-- The waiting processes: slots granted and never fetched are free again; a process that has not come for long is forgotten.
local waiters, backlog = key.waiters, 0
for id, waiter in pairs(waiters) do
	for place = #waiter.grants, 1, -1 do
		local grant = waiter.grants[place]
		if grant[2] < now - ${MISSED_MS} and id ~= (ask and ask.id) then
			free(grant[1], waiter.name, true)
			left = left + 1
			if grant[4] == 1 and key.probe ~= 'wanted' then key.probe = 'wanted' end
			table.remove(waiter.grants, place)
		end
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
			free(grant[1], me, true)
			left = left + 1
			mine.tag = mine.tag - 1 / mine.weight
			if grant[4] == 1 and key.probe ~= 'wanted' then key.probe = 'wanted' end
		end
	end
	mine.wanted = math.max(0, mine.wanted - #granted)
	mine.grants = {}

	local ahead = 2 * mine.lead + ${EARLY_MS} + key.gap
	local limit = now + ahead
	-- Calls that executions leave to people, unless a short queue would take a minute longer by it.
	local reserve = perMinute >= ${LEAST_PER_MINUTE} and math.ceil(perMinute / ${SHARE}) or 0
	if now - (account.person or -math.huge) >= ${PERSON_MS} then
		local minutes = math.ceil((backlog - left) / perMinute)
		if backlog <= left or math.ceil((backlog - left + reserve) / (perMinute - reserve)) > minutes and backlog <= 8 * perMinute then reserve = 0 end
	end
	local function room(class) return left - (class == 2 and reserve or 0) end
	local function ahead_of(one, other)
		if one.class ~= other.class then return one.class < other.class end
		if one.tag ~= other.tag then return one.tag < other.tag end
		return one.joined < other.joined
	end
	local function waitsForProbe() return type(key.probe) == 'number' and now < key.probe + ${PATIENCE_MS} end

	for _ = 1, ${MOST_GRANTS} do
		local at = due()
		if at > limit or mine.wanted <= 0 or dayLeft() <= 0 or waitsForProbe() then break end
		local best
		for _, waiter in pairs(waiters) do
			local isMine = waiter == mine
			local comes = isMine or (not waiter.narrow and waiter.at >= now - ${OVERDUE_MS} and waiter.at + waiter.lead + ${LATE_MS} <= at)
			local may = waiter.wanted > 0 and room(waiter.class) > 0 and (not isMine or (ownWait <= 0 and ownLeft > 0))
			if comes and may and (not best or ahead_of(waiter, best)) then best = waiter end
		end
		if not best then break end
		if best == mine then at = math.max(at, now + mine.lead, ownNext) end
		local id = best.base .. '.' .. best.used
		best.used, best.wanted = best.used + 1, best.wanted - 1
		key.v = math.max(key.v, best.tag)
		best.tag = best.tag + 1 / best.weight
		account.seq, key.next = account.seq + 1, at + key.gap
		call('ZADD', KEYS[2], ms(at + MINUTE), id)
		call('HINCRBY', KEYS[3], best.name, 1)
		account.total, left = account.total + 1, left - 1
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
		local place = before - room(mine.class)
		if place >= 0 then
			local ends = call('ZRANGE', KEYS[2], place, place, 'WITHSCORES')
			local free = tonumber(ends[2]) or now + MINUTE
			if account.available and now < account.wordUntil then free = math.min(free, account.wordUntil) end
			estimate = math.max(estimate, free)
		end
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
	verdict = verdict, born = account.born, wait = wait, slots = #slots > 0 and slots or nil, left = left, dayLeft = dayLeft(),
	dayResetsAt = midnight, processes = call('ZCARD', KEYS[5]), place = myPlace, now = now, pausedFor = math.max(0, (key.paused or 0) - now),
	limit = account.limit, dayLimit = account.dayLimit, account = message.moveTo and account.moved or nil,
})
`;
