package store

import (
	"context"
	"fmt"
	"regexp"
	"time"

	"github.com/redis/go-redis/v9"

	"github.com/weir-run/weir/interpreter/value"
	"github.com/weir-run/weir/interpreter/wire"
)

// Limits of KV.
const (
	MaxKeyLength   = 256
	MaxValueBytes  = 1 << 20 // of a value's wire form; it has to stay under that
	MinTTL         = 1
	MaxTTL         = 31_536_000 // seconds: a year
	MaxListedKeys  = 1000
	DefaultMaxList = 1000 // elements that :append keeps
)

// TokenTTL is how long a write is remembered by its caller's token: as long as it may be tried again.
const TokenTTL = 6 * time.Hour

// InvalidError tells that an operation can't work as it was asked for: another attempt won't either.
type InvalidError struct{ Message string }

func (e *InvalidError) Error() string { return e.Message }

func invalid(format string, args ...any) error {
	return &InvalidError{Message: fmt.Sprintf(format, args...)}
}

// KV keeps EDN values in Redis. Every operation is atomic. A write that carries a token (see Write) takes effect once,
// however often it is repeated within TokenTTL, and answers as it did the first time.
//
// Values are kept as strings in their wire form, those that :append made as Redis lists of them. A key and the tokens of its
// writes share a hash slot, so that this works in a cluster.
type KV struct {
	redis  redis.UniversalClient
	prefix string
}

// DefaultPrefix begins the names of an installation's keys.
const DefaultPrefix = "weir:"

// NewKV keeps values under the prefix, which separates the installations that share a Redis; "" means DefaultPrefix.
func NewKV(client redis.UniversalClient, prefix string) *KV {
	if prefix == "" {
		prefix = DefaultPrefix
	}
	return &KV{redis: client, prefix: prefix}
}

// Write is what all writes have in common.
type Write struct {
	Key   string
	Token string // empty: the write isn't remembered
	TTL   int64  // seconds; 0: the key doesn't expire (or, where a value is only changed, keeps its time)
	Fence Fence  // zero: nothing supersedes the writer
}

var validKey = regexp.MustCompile(fmt.Sprintf(`^[a-zA-Z0-9_\-:]{1,%d}$`, MaxKeyLength))

// CheckKey tells what is wrong with a key, if anything is.
func CheckKey(key string) error {
	if !validKey.MatchString(key) {
		return invalid("a key has 1 to %d characters of a-z A-Z 0-9 _ - : (it is %q)", MaxKeyLength, shown(key))
	}
	return nil
}

func shown(s string) string {
	if r := []rune(s); len(r) > 80 {
		return string(r[:80]) + "..."
	}
	return s
}

func (w Write) check() error {
	if w.TTL != 0 && (w.TTL < MinTTL || w.TTL > MaxTTL) {
		return invalid(":ttl must be between %d and %d seconds, it is %d", MinTTL, MaxTTL, w.TTL)
	}
	return CheckKey(w.Key)
}

// Get returns the value under key, and whether there is one.
func (kv *KV) Get(ctx context.Context, key string) (value.Value, bool, error) {
	if err := CheckKey(key); err != nil {
		return value.Nil, false, err
	}
	raw, exists, err := kv.raw(ctx, key)
	if err != nil || !exists {
		return value.Nil, false, err
	}
	v, err := decode(key, raw)
	return v, err == nil, err
}

// Exists tells whether there is a value under key.
func (kv *KV) Exists(ctx context.Context, key string) (bool, error) {
	if err := CheckKey(key); err != nil {
		return false, err
	}
	n, err := kv.redis.Exists(ctx, kv.dataKey(key)).Result()
	return n > 0, kvError("exists", key, err)
}

// Set puts v under the key: created tells whether there was none before. With ifAbsent an existing value stays.
func (kv *KV) Set(ctx context.Context, w Write, v value.Value, ifAbsent bool) (created bool, err error) {
	if err := w.check(); err != nil {
		return false, err
	}
	text, err := encode(v)
	if err != nil {
		return false, err
	}
	answer, err := kv.run(ctx, setScript, w, text, flag(ifAbsent))
	return answer.is("created"), err
}

// Delete removes the key: deleted tells whether it was there.
func (kv *KV) Delete(ctx context.Context, w Write) (deleted bool, err error) {
	if err := w.check(); err != nil {
		return false, err
	}
	answer, err := kv.run(ctx, deleteScript, w)
	return answer.is("deleted"), err
}

// CompareAndSet puts v under the key if the value there equals expected; an absent key counts as nil.
func (kv *KV) CompareAndSet(ctx context.Context, w Write, expected, v value.Value) (swapped bool, err error) {
	if err := w.check(); err != nil {
		return false, err
	}
	text, err := encode(v)
	if err != nil {
		return false, err
	}
	_, swapped, err = kv.change(ctx, w, false, func(old value.Value, _ bool) (string, bool, error) {
		return text, value.Equal(nil, old, expected), nil
	})
	return swapped, err
}

// change computes a new value from the old one and puts it in place of exactly that, again and again until nobody
// came between. f gives the new text, and whether to write it. The result is the text that stands in the end. With keepTime
// the key lives on as long as it would have.
func (kv *KV) change(ctx context.Context, w Write, keepTime bool, f func(old value.Value, exists bool) (text string, write bool, err error)) (string, bool, error) {
	for {
		raw, exists, err := kv.raw(ctx, w.Key)
		if err != nil {
			return "", false, err
		}
		old := value.Nil
		if exists {
			if old, err = decode(w.Key, raw); err != nil {
				return "", false, err
			}
		}
		text, write, err := f(old, exists)
		if err != nil {
			return "", false, err
		}
		if !write {
			// It may be this very write, done before, that makes it differ.
			text = ""
		}
		answer, err := kv.run(ctx, swapScript, w, flag(exists), raw, text, flag(keepTime))
		switch {
		case err != nil:
			return "", false, err
		case answer.is("swapped"):
			return answer.text(1), true, nil
		case answer.is("refused"):
			return "", false, nil
		}
	}
}

// List returns up to limit keys that begin with prefix, in their order.
func (kv *KV) List(ctx context.Context, prefix string, limit int) ([]string, error) {
	if limit < 1 || limit > MaxListedKeys {
		return nil, invalid(":limit must be between 1 and %d, it is %d", MaxListedKeys, limit)
	}
	if prefix != "" {
		if err := CheckKey(prefix); err != nil {
			return nil, invalid(":prefix: %v", err)
		}
	}
	return kv.scan(ctx, prefix, limit)
}

// dataKey is where Redis has the value. The braces make key and tokens share a slot.
func (kv *KV) dataKey(key string) string { return kv.prefix + "kv:{" + key + "}" }

func (kv *KV) tokenKey(w Write) string { return kv.prefix + "op:{" + w.Key + "}:" + w.Token }

func encode(v value.Value) (string, error) {
	b, err := wire.Marshal(v)
	if err != nil {
		return "", invalid("this value can't be kept: %v", err)
	}
	if len(b) >= MaxValueBytes {
		return "", tooLargeForKV(len(b))
	}
	return string(b), nil
}

func tooLargeForKV(n int) error {
	return invalid("a value must stay under %d bytes, this one has %d", MaxValueBytes, n)
}

func decode(key, raw string) (value.Value, error) {
	v, err := wire.Unmarshal([]byte(raw))
	if err != nil {
		return value.Nil, invalid("the value under %s was not written by Weir: %v", key, err)
	}
	return v, nil
}

func flag(b bool) string {
	if b {
		return "1"
	}
	return ""
}

func kvError(operation, key string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("kv %s %s: %w", operation, key, err)
}
