//go:build !slim

package embedded

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

// snapshot is the whole of a Redis in one JSON file. Bytes are base64, as JSON
// writes []byte: a value need not be text.
type snapshot struct {
	Format int             `json:"format"`
	Keys   []snapshotEntry `json:"keys"`
}

type snapshotEntry struct {
	Key  []byte   `json:"key"`
	Type string   `json:"type"`
	Data [][]byte `json:"data"`
	// ExpiresAt is in milliseconds of the epoch; zero means never.
	ExpiresAt int64 `json:"expires_at,omitempty"`
}

const snapshotFormat = 1

// dumpScript reads everything at one instant: a script is atomic, a walk over
// the keys is not. Each key yields its name, type, time to live and contents.
var dumpScript = redis.NewScript(`
local reads = {
  string = function(k) return {redis.call('GET', k)} end,
  list = function(k) return redis.call('LRANGE', k, 0, -1) end,
  hash = function(k) return redis.call('HGETALL', k) end,
  set = function(k) return redis.call('SMEMBERS', k) end,
  zset = function(k) return redis.call('ZRANGE', k, 0, -1, 'WITHSCORES') end,
}
local keys = redis.call('KEYS', '*')
table.sort(keys)
local out = {}
for _, k in ipairs(keys) do
  local t = redis.call('TYPE', k)
  if type(t) == 'table' then t = t['ok'] end
  local read = reads[t]
  if read then out[#out + 1] = {k, t, redis.call('PTTL', k), read(k)} end
end
return out`)

// save writes the state beside its file and moves it there when it is whole
// and on the disk, so that a reader sees either the old state or the new one.
func (r *Redis) save(ctx context.Context) error {
	now := time.Now()
	raw, err := dumpScript.Run(ctx, r.client, nil).Slice()
	if err != nil && !errors.Is(err, redis.Nil) {
		return fmt.Errorf("read the state of redis: %w", err)
	}
	state := snapshot{Format: snapshotFormat, Keys: make([]snapshotEntry, 0, len(raw))}
	for _, item := range raw {
		entry, err := entryOf(item, now)
		if err != nil {
			return err
		}
		state.Keys = append(state.Keys, entry)
	}
	text, err := json.Marshal(state)
	if err != nil {
		return fmt.Errorf("encode the snapshot: %w", err)
	}
	if bytes.Equal(text, r.last) {
		return nil
	}
	if err := replaceFile(r.file, text); err != nil {
		return fmt.Errorf("write the snapshot of redis: %w", err)
	}
	r.last = text
	return nil
}

func (r *Redis) load(ctx context.Context) error {
	text, err := os.ReadFile(r.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the snapshot: %w", err)
	}
	var state snapshot
	if err := json.Unmarshal(text, &state); err != nil {
		return fmt.Errorf("the snapshot %s is damaged; move it away to start empty: %w", r.file, err)
	}
	if state.Format != snapshotFormat {
		return fmt.Errorf("the snapshot %s has format %d, this weir reads %d", r.file, state.Format, snapshotFormat)
	}
	now := time.Now().UnixMilli()
	_, err = r.client.TxPipelined(ctx, func(tx redis.Pipeliner) error {
		for _, entry := range state.Keys {
			if entry.ExpiresAt != 0 && entry.ExpiresAt <= now {
				continue
			}
			if err := entry.restore(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("load the snapshot: %w", err)
	}
	return nil
}

func entryOf(item any, now time.Time) (snapshotEntry, error) {
	row, ok := item.([]any)
	if !ok || len(row) != 4 {
		return snapshotEntry{}, fmt.Errorf("read the state of redis: an entry of the unexpected shape %T", item)
	}
	key, _ := row[0].(string)
	kind, _ := row[1].(string)
	ttl, _ := row[2].(int64)
	values, _ := row[3].([]any)
	entry := snapshotEntry{Key: []byte(key), Type: kind, Data: make([][]byte, 0, len(values))}
	if ttl > 0 {
		entry.ExpiresAt = now.UnixMilli() + ttl
	}
	for _, v := range values {
		text, ok := v.(string)
		if !ok {
			return snapshotEntry{}, fmt.Errorf("read the state of redis: key %q holds a %T", key, v)
		}
		entry.Data = append(entry.Data, []byte(text))
	}
	return entry, nil
}

func (e snapshotEntry) restore(ctx context.Context, tx redis.Pipeliner) error {
	if len(e.Data) == 0 {
		return nil
	}
	key := string(e.Key)
	values := make([]any, len(e.Data))
	for i, v := range e.Data {
		values[i] = v
	}
	switch e.Type {
	case "string":
		tx.Set(ctx, key, e.Data[0], 0)
	case "list":
		tx.RPush(ctx, key, values...)
	case "hash":
		tx.HSet(ctx, key, values...)
	case "set":
		tx.SAdd(ctx, key, values...)
	case "zset":
		for i := 0; i+1 < len(e.Data); i += 2 {
			score, err := strconv.ParseFloat(string(e.Data[i+1]), 64)
			if err != nil {
				return fmt.Errorf("key %q: score %q: %w", key, e.Data[i+1], err)
			}
			tx.ZAdd(ctx, key, redis.Z{Score: score, Member: e.Data[i]})
		}
	default:
		return fmt.Errorf("key %q has the unknown type %q", key, e.Type)
	}
	if e.ExpiresAt != 0 {
		tx.PExpireAt(ctx, key, time.UnixMilli(e.ExpiresAt))
	}
	return nil
}

func replaceFile(path string, text []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name()) // gone already once renamed
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if closing := file.Close(); err == nil {
		err = closing
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	return err
}
