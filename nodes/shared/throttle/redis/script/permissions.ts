/** Lua: what the script begins with, and whether the user of Redis may run all that it does. */
export const BEGINNING = `
local call = redis.call
local time = call('TIME')
local now = time[1] * 1000 + time[2] / 1000
if ARGV[1] == '' then
	-- Redis names the command that a user may not run only where it is not called from a script.
	local function try(command, ...)
		local answer = redis.pcall(command, KEYS[1], ...)
		if type(answer) ~= 'table' or not answer.err or string.find(answer.err, 'WRONGTYPE') then return end
		if string.find(string.lower(answer.err), 'unknown') then return { err = "ERR unknown command '" .. command .. "'" } end
		return { err = "NOPERM no permissions to run the '" .. command .. "' command" }
	end
	local missing = try('del') or try('zadd', now, 'x') or try('zcard') or try('zrem', 'y') or try('zrange', 0, 0)
		or try('zremrangebyscore', '-inf', '+inf') or try('hset', 'x', 1) or try('hincrby', 'x', 1) or try('hget', 'x')
		or try('pexpire', 1000) or try('set', 'x', 'PX', 1000) or try('get') or try('del')
	if missing then return missing end
	return 'ready'
end
`;
