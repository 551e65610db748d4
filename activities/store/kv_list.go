package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/interpreter/value"
)

// MaxAppended is how many elements one :append may bring, and keep.
const MaxAppended = 10_000

// Append puts items behind the vector under the key (an empty one if there is none, or nil), keeps the last maxLength
// elements and returns the vector as it is now.
func (kv *KV) Append(ctx context.Context, w Write, items []value.Value, maxLength int) (value.Value, error) {
	if err := w.check(); err != nil {
		return value.Nil, err
	}
	if maxLength < 1 || maxLength > MaxAppended {
		return value.Nil, invalid(":max-length must be between 1 and %d, it is %d", MaxAppended, maxLength)
	}
	if len(items) > MaxAppended {
		return value.Nil, invalid("an append takes up to %d items, these are %d", MaxAppended, len(items))
	}
	texts, err := encodeAll(items)
	if err != nil {
		return value.Nil, err
	}
	// What was set as a vector is handed to the script in pieces, together with the text that they were made of.
	seen, pieces := "", []string(nil)
	for {
		args := append([]any{strconv.Itoa(maxLength), strconv.Itoa(MaxValueBytes), seen, strconv.Itoa(len(pieces))}, anys(pieces)...)
		answer, err := kv.run(ctx, appendScript, w, append(args, anys(texts)...)...)
		switch {
		case err != nil:
			return value.Nil, err
		case answer.is("list"):
			return decode(w.Key, answer.text(1))
		case answer.is("large"):
			n, _ := strconv.Atoi(answer.text(1))
			return value.Nil, tooLargeForKV(n)
		}
		seen = answer.text(1)
		if pieces, err = kv.pieces(w.Key, seen); err != nil {
			return value.Nil, err
		}
	}
}

// pieces takes a vector's text apart into its elements' texts.
func (kv *KV) pieces(key, raw string) ([]string, error) {
	v, err := decode(key, raw)
	if err != nil || v.IsNil() {
		return nil, err
	}
	vector, ok := v.AsVector()
	if !ok {
		return nil, invalid("the value under %s is not a vector (found: %s)", key, value.KindName(v))
	}
	return encodeAll(vector.Slice())
}

func encodeAll(items []value.Value) ([]string, error) {
	texts := make([]string, len(items))
	for i, item := range items {
		var err error
		if texts[i], err = encode(item); err != nil {
			return nil, err
		}
	}
	return texts, nil
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

const scanBatch = 1000

// scan collects keys from every node.
func (kv *KV) scan(ctx context.Context, prefix string, limit int) ([]string, error) {
	before := kv.prefix + "kv:{"
	pattern := globLiteral(before) + prefix + "*"
	found := map[string]bool{}
	each := func(ctx context.Context, node redis.Cmdable) error {
		var cursor uint64
		for len(found) < limit {
			keys, next, err := node.Scan(ctx, cursor, pattern, scanBatch).Result()
			if err != nil {
				return err
			}
			for _, k := range keys {
				if len(found) < limit {
					found[strings.TrimSuffix(strings.TrimPrefix(k, before), "}")] = true
				}
			}
			if cursor = next; cursor == 0 {
				return nil
			}
		}
		return nil
	}
	var err error
	if cluster, ok := kv.redis.(*redis.ClusterClient); ok {
		// One node after the other: the callback of ForEachMaster runs concurrently.
		err = eachMaster(ctx, cluster, each)
	} else {
		err = each(ctx, kv.redis)
	}
	if err != nil {
		return nil, kvError("list", prefix, err)
	}
	return sortedKeys(found), nil
}

func globLiteral(s string) string {
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`, `[`, `\[`).Replace(s)
}
