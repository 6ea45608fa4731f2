import { DAY_MS, GRACE_MS } from '../local/dayCounter';
import { MINUTE_MS } from '../local/minuteWindow';
import { PATIENCE_MS } from '../local/probe';
import { LEAST_PER_MINUTE, PERSON_MS, SHARE } from '../local/reserve';
import { LONGEST_MEMORY, NARROW_MS, QUIET_MS, UNSEEN, WARY_MS, WIDEN, WIDEST } from '../local/pacer';

/** How long a Redis that has lost its memory grants nothing, for all processes to write theirs back. */
const SETTLE_MS = 1_500;
/** A process that waits looks again at least this often, and this often for the answer of the call that goes ahead. */
const LOOK_MS = 2_000;
const LOOK_AHEAD_MS = 50;
/** A slot is granted no earlier than so long before the first moment it may be used, the distance and the way back aside. */
const EARLY_MS = 20;
/** Milliseconds after which the keys expire, in their order. */
const LIFETIMES = [15 * 60_000, 3 * 60_000, 60_000, 2 * 60_000, 2 * DAY_MS];

/**
 * The one script that keeps the windows of a key in Redis. It runs whole or not at all, and reads no clock but Redis' own:
 * what processes tell is "so many milliseconds ago", what they are told is "in so many milliseconds".
 *
 * KEYS  1 state (hash)   counters, distance, pauses, the last word of Keap's headers
 *       2 log (sorted)   every call that counts in the minute, by the moment it stops to; a lease while it is under way
 *       3 sends (sorted) the last calls by the latest moment they can have arrived
 *       4 peers (sorted) processes that spend from the key, by the moment they are forgotten
 *       5 days (hash)    the calls of each process on the present UTC day
 * ARGV  1 the message (JSON), see `Message` in protocol.ts
 * Gives the fields of `Reply` in protocol.ts, in that order, as texts.
 */
export const SCRIPT = `
local MINUTE, GRACE, DAY = ${MINUTE_MS}, ${GRACE_MS}, ${DAY_MS}
local message = cjson.decode(ARGV[1])
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local me, normal = message.name, message.gap
local function ms(number) return string.format('%.3f', number) end

local state = {}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do state[fields[i]] = tonumber(fields[i + 1]) or fields[i + 1] end

-- An empty Redis that had been filled before: what it knew is in the processes, and they need a moment to write it back.
local stranger = message.born ~= state.born and not message.known
if not state.born then
	state = { born = me .. '@' .. ms(now), bornAt = now, seq = 0, ended = 0, probe = 'wanted', gap = normal, normal = normal }
	if message.born then
		state.settle = now + ${SETTLE_MS}
		stranger = not message.known
	end
end
-- What is stored has three decimals.
if math.abs(state.normal - normal) > 0.001 then state.normal, state.gap = normal, normal end

local today = math.floor((now - GRACE) / DAY)
if redis.call('HGET', KEYS[5], '#day') ~= ms(today) then
	local early = redis.call('HGET', KEYS[5], '#early') or '0'
	redis.call('DEL', KEYS[5])
	redis.call('HSET', KEYS[5], '#day', ms(today), '#carried', early)
	state.dayOrder, state.dayLimit = nil, nil
end
local midnight = (today + 1) * DAY

state.ended = state.ended + redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ms(now))
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', ms(now))
redis.call('ZADD', KEYS[4], ms(now + MINUTE), me)

if not stranger then
	local known = message.known or {}
	for _, call in ipairs(known) do
		redis.call('ZADD', KEYS[2], ms(now + call[2]), call[1])
		if call[3] < 5000 then redis.call('ZADD', KEYS[3], ms(now - call[3]), call[1]) end
	end
	if #known > 0 and now < state.bornAt + ${SETTLE_MS} then state.settle = state.bornAt + ${SETTLE_MS} end
	local mine = tonumber(redis.call('HGET', KEYS[5], me) or '0')
	if message.day == today and message.calls > mine then redis.call('HSET', KEYS[5], me, message.calls) end
	for _, open in ipairs(message.open) do redis.call('ZADD', KEYS[2], 'XX', ms(now + MINUTE), open) end
	for _, event in ipairs(message.events) do
		local at, what = now - event.ago, event.type
		if what == 'late' then
			redis.call('ZADD', KEYS[3], 'XX', ms(at + (event.blind and normal * ${UNSEEN} or 0)), event.id)
			state.next = math.max(state.next or 0, at + state.gap)
		elseif what == 'back' then
			if redis.call('ZREM', KEYS[2], event.id) == 1 then redis.call('HINCRBY', KEYS[5], me, -1) end
			if event.unsent then redis.call('ZREM', KEYS[3], event.id) end
			if event.probe and state.probe ~= 'wanted' then state.probe = event.unsent and 'wanted' or 'done' end
		elseif what == 'done' then
			redis.call('ZADD', KEYS[2], 'XX', ms(at + MINUTE), event.id)
			redis.call('ZADD', KEYS[3], 'XX', ms(at - event.arrived), event.id)
			if event.probe and state.probe ~= 'wanted' then state.probe = 'done' end
			if event.passed and state.gap > normal and now - (state.spiked or 0) > ${QUIET_MS} then
				state.gap = math.max(normal, state.gap - ${NARROW_MS})
			end
		elseif what == 'pause' then
			state.paused = math.max(state.paused or 0, at + event.ms)
			state.probe = 'wanted'
			if event.tooFast then state.gap, state.spiked = math.min(normal * ${WIDEST}, state.gap * ${WIDEN}), now end
		elseif what == 'dayOver' then
			redis.call('HSET', KEYS[5], '#refused', ms(midnight + GRACE))
		end
		-- The word of an older call never replaces that of a newer one.
		local minute, day = event.minute, event.day
		if event.order and minute and event.order >= (state.order or 0) then
			state.limit = minute.limit or state.limit
			if minute.available then
				state.order, state.available = event.order, minute.available
				state.wordEnded, state.wordUntil = state.ended, at + MINUTE
			end
		end
		if event.order and day and event.order >= (state.dayOrder or 0) then
			state.dayLimit = day.limit or state.dayLimit
			if day.available then state.dayOrder, state.dayAvailable = event.order, day.available end
		end
	end
end

local perMinute, perDay = message.perMinute, message.perDay
if state.limit and state.limit <= message.most[1] then perMinute = state.limit end
if state.dayLimit and state.dayLimit <= message.most[2] then perDay = state.dayLimit end
local left = perMinute - redis.call('ZCARD', KEYS[2])
if state.available and now < state.wordUntil then
	left = math.min(left, state.available - (state.seq - state.order) + (state.ended - state.wordEnded))
end
local dayLeft = perDay
local spent = redis.call('HGETALL', KEYS[5])
for i = 1, #spent, 2 do
	local field, calls = spent[i], tonumber(spent[i + 1])
	if field == '#refused' then
		if now < calls then dayLeft = -math.huge end
	elseif field ~= '#day' and field ~= '#early' then
		dayLeft = dayLeft - calls
	end
end
if state.dayOrder then dayLeft = math.min(dayLeft, state.dayAvailable - (state.seq - state.dayOrder)) end
dayLeft = math.max(0, dayLeft)

local verdict, wait, seq, probe = 'told', 0, 0, 0
local ask = message.ask
if stranger then
	verdict = 'stranger'
elseif ask then
	if ask.person then state.person = now end
	local reserve = ask.reserve
	if ask.execution and perMinute >= ${LEAST_PER_MINUTE} and now - (state.person or -math.huge) < ${PERSON_MS} then
		reserve = math.max(reserve, math.ceil(perMinute / ${SHARE}))
	end
	local due = math.max(now + ask.lead, state.paused or 0, state.settle or 0, state.next or 0)
	local function after(back, distance)
		local call = redis.call('ZREVRANGE', KEYS[3], back - 1, back - 1, 'WITHSCORES')
		if call[2] then due = math.max(due, tonumber(call[2]) + distance) end
	end
	if normal > 0 then
		after(message.memory, message.span)
		-- After "too fast" every call keeps its distance from the latest arrival of the one before.
		if now - (state.spiked or -math.huge) < ${WARY_MS} then after(1, state.gap) end
	end
	verdict, wait = 'wait', due - now
	if dayLeft <= 0 then
		verdict, wait = 'day', midnight + GRACE - now
	elseif left <= reserve then
		local first = redis.call('ZRANGE', KEYS[2], 0, 0, 'WITHSCORES')
		local free = first[2] and tonumber(first[2]) or math.huge
		if state.available and now < state.wordUntil then free = math.min(free, state.wordUntil) end
		wait = math.max(wait, math.min(free - now, ${LOOK_MS}))
	elseif type(state.probe) == 'number' and now < state.probe + ${PATIENCE_MS} then
		wait = math.max(wait, math.min(state.probe + ${PATIENCE_MS} - now, ${LOOK_AHEAD_MS}))
	elseif wait <= state.gap + ask.lead + ${EARLY_MS} then
		verdict, seq = 'go', state.seq + 1
		state.seq, state.next = seq, due + state.gap
		redis.call('ZADD', KEYS[2], ms(due + MINUTE), ask.id)
		redis.call('ZADD', KEYS[3], ms(due), ask.id)
		redis.call('ZREMRANGEBYRANK', KEYS[3], 0, -${LONGEST_MEMORY + 2})
		redis.call('HINCRBY', KEYS[5], me, 1)
		if now >= midnight - GRACE then redis.call('HINCRBY', KEYS[5], '#early', 1) end
		if state.probe == 'wanted' and not ask.blind then state.probe, probe = due, 1 end
		left, dayLeft = left - 1, dayLeft - 1
	else
		wait = wait - state.gap
	end
end

local written = {}
for field, value in pairs(state) do
	written[#written + 1] = field
	written[#written + 1] = type(value) == 'number' and ms(value) or value
end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(written))
for key, ttl in ipairs({ ${LIFETIMES.join(', ')} }) do redis.call('PEXPIRE', KEYS[key], ttl) end
return {
	state.born, verdict, ms(wait), tostring(seq), tostring(probe), tostring(left), tostring(dayLeft),
	ms(midnight), tostring(redis.call('ZCARD', KEYS[4])), ms(math.max(0, (state.paused or 0) - now)),
	tostring(state.limit or ''), tostring(state.dayLimit or ''),
}
`;
