import { script } from './run-script.ts'

/*
 * An entry is text: a line of version keys and the tokens they had, then the envelope. It is valid as long as they
 * have them. To invalidate is to delete a version key: whoever needs it next gives it a new token. So a key that Redis
 * evicts invalidates, too, and nothing has to be written when memory is short.
 *
 * MGET instead of GET: of a key of another type it says that it is not there.
 */

/** KEYS: entries. Returns text and PTTL of each, null and -2 for one that is not there or not valid. */
export const readEntries: ReturnType<typeof script> = script(`
local found = {}
for i, key in ipairs(KEYS) do
  local text = redis.call('MGET', key)[1]
  local cut = text and string.find(text, '\\n', 1, true)
  if cut then
    for name, token in string.gmatch(string.sub(text, 1, cut - 1), '([^\\31]+)\\31([^\\31]+)') do
      if redis.call('MGET', name)[1] ~= token then
        text = false
        redis.call('UNLINK', key)
        break
      end
    end
  end
  found[2 * i - 1] = text or false
  found[2 * i] = text and redis.call('PTTL', key) or -2
end
return found`)

/**
 * KEYS: version keys. ARGV: a token for new ones, how long they are needed, '1' to make the first a new one. Returns their
 * tokens.
 */
export const readVersions: ReturnType<typeof script> = script(`
local tokens = {}
if ARGV[3] == '1' then redis.call('UNLINK', KEYS[1]) end
for i, key in ipairs(KEYS) do
  local token = redis.call('MGET', key)[1]
  if not token then
    token = ARGV[1]
    redis.call('SET', key, token, 'PX', ARGV[2])
  else
    local left = redis.call('PTTL', key)
    if left ~= -1 and left < tonumber(ARGV[2]) then redis.call('PEXPIRE', key, ARGV[2]) end
  end
  tokens[i] = token
end
return tokens`)

/**
 * KEYS: the entry; the version of its key and of all patterns, which concern only who is loading; those it lives by.
 * ARGV: envelope, PX or 0, a token for new versions, a channel and a message for it; instead of these two, with a fence,
 * '' and the tokens that all versions must have.
 * Returns 1, or 0 when they have others.
 */
export const writeEntry: ReturnType<typeof script> = script(`
local px = tonumber(ARGV[2])
local line = {}
local tokens = {}
local fenced = ARGV[4] == ''
for i = fenced and 2 or 4, #KEYS do
  tokens[i] = redis.call('MGET', KEYS[i])[1]
  if fenced and tokens[i] ~= ARGV[i + 3] then return 0 end
end
for i = 4, #KEYS do
  if not tokens[i] then
    tokens[i] = ARGV[3]
    redis.call('SET', KEYS[i], tokens[i])
    if px > 0 then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
  elseif px == 0 then
    redis.call('PERSIST', KEYS[i])
  else
    local left = redis.call('PTTL', KEYS[i])
    if left ~= -1 and left < px then redis.call('PEXPIRE', KEYS[i], ARGV[2]) end
  end
  line[#line + 1] = KEYS[i]
  line[#line + 1] = tokens[i]
end
redis.call('UNLINK', KEYS[2])
local text = table.concat(line, '\\31') .. '\\n' .. ARGV[1]
if px == 0 then redis.call('SET', KEYS[1], text) else redis.call('SET', KEYS[1], text, 'PX', ARGV[2]) end
if not fenced then redis.pcall('PUBLISH', ARGV[4], ARGV[5]) end
return 1`)

/** KEYS: a key. ARGV: what it must hold to be deleted. */
export const deleteIf: ReturnType<typeof script> = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('UNLINK', KEYS[1]) end
return 0`)

/**
 * KEYS: any of the node to look at. ARGV: a cursor of SCAN, a pattern. Deletes what matches of some thousand keys, here,
 * so that their names do not travel. Returns the next cursor.
 */
export const deletePage: ReturnType<typeof script> = script(`
local page = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 1000)
for at = 1, #page[2], 1000 do
  redis.call('UNLINK', unpack(page[2], at, math.min(at + 999, #page[2])))
end
return page[1]`)
