import { DAY_MS, GRACE_MS, PROBE_DAY_MS } from '../../local/dayCounter';
import { ASSURED } from '../../local/keyLimits';
import { MINUTE_MS } from '../../local/minuteWindow';
import { LONGEST_MEMORY, MARGIN, NARROW_MS, NO_GAP_MS, QUIET_MS, UNSEEN, WARY_MS, WIDEN, WIDEST } from '../../local/pacer';

/** Redis was out of reach for all when nobody has spoken for so long, and this long it grants nothing then: see `SLOW_MS` in link.ts. */
const SILENT_MS = 1_000;
const REUNITE_MS = 2_300;
/** Reports of answers come later: so many moments at which calls ceased to count are remembered. */
const MOST_ENDS = 60;
/** The highest limits that any process has named hold for so long. */
const HIGHEST_MS = 600_000;

/** Lua: what was spent and what is left of the account's minute and day, the distance between two calls, and what processes report of theirs. */
export const COUNTS = `
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
	if message.born then account.settle = now + message.settle else stranger = false end
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

local over = call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ms(now))
account.ends = account.ends or {}
if over > 0 then
	account.ended = account.ended + over
	account.ends[#account.ends + 1] = { now, account.ended }
	if #account.ends > ${MOST_ENDS} then table.remove(account.ends, 1) end
end
-- How many calls had ceased to count at a moment; nothing when that is too long ago.
local function endedAt(moment)
	local ended = #account.ends < ${MOST_ENDS} and (account.ends[1] and account.ends[1][2] or account.ended) or nil
	for _, each in ipairs(account.ends) do if each[1] <= moment then ended = each[2] end end
	return ended
end
local myPlace
if message.present then
	call('ZREMRANGEBYSCORE', KEYS[5], '-inf', ms(now))
	call('ZADD', KEYS[5], ms(now + MINUTE), me)
	-- In an order that all processes agree on.
	myPlace = 0
	local peers = call('ZRANGE', KEYS[5], 0, -1)
	for _, peer in ipairs(peers) do
		if peer < me then myPlace = myPlace + 1 end
	end
	account.peers = #peers
end

if not stranger then
	local known = message.known
	if known then
		for _, each in ipairs(known) do
			call('ZADD', KEYS[2], ms(now + each[2]), each[1])
			if each[3] < 5000 and not sendOf(each[1]) then sends(each[1], now - each[3]) end
		end
		if #known > 0 and now < account.bornAt + message.settle and account.settle then
			account.settle = math.max(account.settle, account.bornAt + message.settle)
		end
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
			local ended = minute.available and endedAt(at)
			if ended then
				account.order, account.available = event.order, minute.available
				account.wordEnded, account.wordUntil = ended, at + MINUTE
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
local byCount, byWord = perMinute - call('ZCARD', KEYS[2]), math.huge
if account.available and now < account.wordUntil then
	byWord = account.available - (account.seq - account.order) + (account.ended - account.wordEnded)
end
local function left() return math.min(byCount, byWord) end
local function spend(calls) byCount, byWord = byCount - calls, byWord - calls end
local function dayLeft()
	local own, byKeap = perDay - account.total, math.huge
	if account.refused and now < account.refused then byKeap = 0
	elseif account.dayOrder then byKeap = account.dayAvailable - (account.seq - account.dayOrder) end
	if byKeap > 0 then account.closed = nil return math.max(0, math.min(own, byKeap)) end
	if not account.closed then account.closed = now + ${PROBE_DAY_MS} end
	return now >= account.closed and math.max(0, math.min(1, own)) or 0
end

`;
