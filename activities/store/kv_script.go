package store

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/redis/go-redis/v9"
)

// joinFunction joins the texts of a table from an index on, by commas. It goes in steps: not every Lua concatenates thousands at once.
const joinFunction = `
local function join(all, from)
  local parts = {}
  for i = from, #all, 1000 do parts[#parts + 1] = table.concat(all, ',', i, math.min(i + 999, #all)) end
  return table.concat(parts, ',')
end
`

// Every script gets KEYS: the value's key, the token's key, and maybe the fence's; ARGV: whether there is a token, its time to live, the
// value's time to live (0: none), the writer's fence, and its own arguments. It answers with an array of strings, the first of which says what
// happened. done(answer) remembers the answer of a write and returns it; long answers are remembered without
// their text, and the value as it is when the write is repeated stands in for that.
const scriptHead = joinFunction + `
local key, token = KEYS[1], KEYS[2]
local remember, tokenTTL, ttl = ARGV[1] ~= '', ARGV[2], tonumber(ARGV[3])
if KEYS[3] and tonumber(redis.call('GET', KEYS[3]) or '0') > tonumber(ARGV[4]) then return {'superseded'} end
local function raw()
  local kind = redis.call('TYPE', key)['ok']
  if kind == 'none' then return false end
  if kind == 'list' then return '[' .. join(redis.call('LRANGE', key, 0, -1), 1) .. ']' end
  return redis.call('GET', key)
end
local function put(text)
  if ttl > 0 then redis.call('SET', key, text, 'EX', ttl) else redis.call('SET', key, text) end
end
local function done(answer)
  if remember then
    local text = answer[2] or ''
    if #text > 1024 then text = '' end
    redis.call('SET', token, answer[1] .. ' ' .. text, 'EX', tokenTTL)
  end
  return answer
end
if remember then
  local seen = redis.call('GET', token)
  if seen then
    local word, text = string.match(seen, '^(%S+) (.*)$')
    if text == '' then text = raw() or '' end
    return {word, text}
  end
end
`

var (
	setScript = newScript(`
local text, ifAbsent = ARGV[5], ARGV[6] ~= ''
local existed = redis.call('EXISTS', key) == 1
if existed and ifAbsent then return {'kept'} end
put(text)
return done({existed and 'replaced' or 'created'})
`)

	deleteScript = newScript(`
if redis.call('DEL', key) == 0 then return {'absent'} end
return done({'deleted'})
`)

	// Arguments: whether there was a value, its text, the new text ('' to write nothing), whether the time to live stays.
	swapScript = newScript(`
local existed, old, text = ARGV[5] ~= '', ARGV[6], ARGV[7]
local now = raw()
if (now ~= false) ~= existed or (existed and now ~= old) then return {'changed'} end
if text == '' then return {'refused'} end
local left = redis.call('PTTL', key)
put(text)
if left > 0 and ARGV[8] ~= '' then redis.call('PEXPIRE', key, left) end
return done({'swapped', text})
`)

	// Argument: the delta. Numbers travel as text: Lua's own are doubles.
	incrementScript = newScript(`
if redis.call('TYPE', key)['ok'] == 'list' then return {'other'} end
local now = redis.call('GET', key)
if now and not string.match(now, '^%-?%d+$') then return {'other'} end
local result = redis.pcall('INCRBY', key, ARGV[5])
if type(result) == 'table' and result.err then return {'other'} end
return done({'number', redis.call('GET', key)})
`)

	// Arguments: the longest list, the most bytes, the text that was taken apart, the number of its pieces, the pieces, the items.
	appendScript = newScript(`
local longest, most, seen, pieces = tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])
local kind = redis.call('TYPE', key)['ok']
local all = {}
if kind == 'string' then
  local now = redis.call('GET', key)
  if now ~= seen then return {'convert', now} end
  for i = 1, pieces do all[i] = ARGV[8 + i] end
elseif kind == 'list' then
  all = redis.call('LRANGE', key, 0, -1)
end
local had = #all
for i = 9 + pieces, #ARGV do all[#all + 1] = ARGV[i] end
local from = math.max(1, #all - longest + 1)
local size = 2
for i = from, #all do size = size + #all[i] + (i > from and 1 or 0) end
if size >= most then return {'large', tostring(size)} end
if #all == 0 then
  if kind == 'none' then put('[]') end
  return done({'list', '[]'})
end
local left = redis.call('PTTL', key)
local first = had + 1
if kind == 'string' then redis.call('DEL', key) first = 1 end
for i = math.max(first, from), #all do redis.call('RPUSH', key, all[i]) end
redis.call('LTRIM', key, -longest, -1)
if ttl > 0 then redis.call('EXPIRE', key, ttl) elseif kind == 'string' and left > 0 then redis.call('PEXPIRE', key, left) end
return done({'list', '[' .. join(all, from) .. ']'})
`)
)

func newScript(body string) *redis.Script { return redis.NewScript(scriptHead + body) }

// answer is what a script says.
type answer []string

func (a answer) is(word string) bool { return len(a) > 0 && a[0] == word }

func (a answer) text(i int) string {
	if i < len(a) {
		return a[i]
	}
	return ""
}

func (kv *KV) run(ctx context.Context, script *redis.Script, w Write, args ...any) (answer, error) {
	args = append([]any{flag(w.Token != ""), int64(TokenTTL.Seconds()), w.TTL, w.Fence.At}, args...)
	keys := []string{kv.dataKey(w.Key), kv.tokenKey(w)}
	fence, err := kv.fenceKeys(ctx, w.Fence)
	if err != nil {
		return nil, fmt.Errorf("kv write %s: %w", w.Key, err)
	}
	out, err := script.Run(ctx, kv.redis, append(keys, fence...), args...).StringSlice()
	if answer(out).is("superseded") {
		return nil, fmt.Errorf("kv write %s: %w", w.Key, ErrSuperseded)
	}
	return out, kvError("write", w.Key, err)
}

var rawScript = redis.NewScript(joinFunction + `
local kind = redis.call('TYPE', KEYS[1])['ok']
if kind == 'none' then return false end
if kind == 'list' then return '[' .. join(redis.call('LRANGE', KEYS[1], 0, -1), 1) .. ']' end
return redis.call('GET', KEYS[1])
`)

// raw reads a value's text.
func (kv *KV) raw(ctx context.Context, key string) (text string, exists bool, err error) {
	text, err = rawScript.RunRO(ctx, kv.redis, []string{kv.dataKey(key)}).Text()
	if err == redis.Nil {
		return "", false, nil
	}
	return text, err == nil, kvError("read", key, err)
}

// eachMaster calls f with every master of a cluster, one after the other.
func eachMaster(ctx context.Context, cluster *redis.ClusterClient, f func(context.Context, redis.Cmdable) error) error {
	var mu sync.Mutex
	err := cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		return f(ctx, node)
	})
	if err != nil {
		return fmt.Errorf("masters of the cluster: %w", err)
	}
	return nil
}

func sortedKeys(set map[string]bool) []string {
	keys := make([]string, 0, len(set))
	for k := range set {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
